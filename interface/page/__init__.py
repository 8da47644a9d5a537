"""The page: a Gradio chat on our own FastAPI application."""

from interface.page.server import make_application, serve_page

__all__ = ["make_application", "serve_page"]
