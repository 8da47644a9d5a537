"""All that the page's scripts load and ask for. Errors become sentences in `interface.server`."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from interface.live import LiveIndex
from interface.page.export_routes import add_export_routes
from interface.page.listing_routes import add_listing_routes
from interface.page.source_routes import add_source_routes
from interface.page.view_routes import add_view_routes

_STATIC = Path(__file__).parent / "static"


def add_page_routes(application: FastAPI, live: LiveIndex) -> None:
    """Static files below `/reading-room`, and the routes of views, lists, sources and exports."""
    # Not /static: gradio has that.
    application.mount("/reading-room", StaticFiles(directory=_STATIC))
    add_view_routes(application, live)
    add_listing_routes(application, live)
    add_source_routes(application, live)
    add_export_routes(application, live)
