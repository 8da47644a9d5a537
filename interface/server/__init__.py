"""The running application: our routes, what every request must pass, and the Gradio page on `/`."""

from interface.server.application import make_application, serve_page

__all__ = ["make_application", "serve_page"]
