"""The running application: our routes, what every request must pass, and the Gradio page on `/`."""

from interface.server.application import make_application, serve_page
from interface.server.settings import Settings

__all__ = [
    "Settings",
    "make_application",
    "serve_page",
]
