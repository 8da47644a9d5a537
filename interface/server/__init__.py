"""The running application: which index answers, our routes, and the Gradio page on `/`."""

from interface.server.application import make_application, serve_page
from interface.server.live import LiveIndex

__all__ = ["LiveIndex", "make_application", "serve_page"]
