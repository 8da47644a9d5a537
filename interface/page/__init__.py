"""The page: a Gradio chat on our own FastAPI application."""

from interface.page.live import LiveIndex
from interface.page.server import make_application, serve_page

__all__ = ["LiveIndex", "make_application", "serve_page"]
