"""The web application: our routes first, then the Gradio page on `/`, all behind the guards."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI
from starlette.routing import Mount

from index import Encoder, SearchIndex
from interface.api import add_api_routes, add_description_route
from interface.api.wording import ABOUT, TITLE
from interface.live import LiveIndex
from interface.page.blocks import make_blocks, mount
from interface.page.first_paint import FirstPaint
from interface.page.routes import add_page_routes
from interface.server.errors import add_error_handlers
from interface.server.guards import (
    AT_ONCE,
    WAITING,
    AdmissionControl,
    BoundedBodies,
    FailuresInWords,
    FairShare,
    OnlyGradioRoutesInUse,
    OwnOriginOnly,
    PasswordRequired,
    SafeHeaders,
    WithoutPrefix,
)
from interface.server.health import WarmUp, add_health_routes
from interface.server.quiet import keep_questions_out_of_the_log
from interface.server.settings import Settings

# Seconds that requests under way get when the server is told to stop; an answer takes less than
# one, and a page that holds a connection open would keep the server for ever.
_FAREWELL = 5


def make_application(
    live: LiveIndex, settings: Settings | None = None, warm_up: WarmUp | None = None
) -> FastAPI:
    """The whole application over an open index.

    settings: None serves everybody, below no path. warm_up: what `/readyz` waits for.
    """
    settings = settings or Settings()
    keep_questions_out_of_the_log()
    application = FastAPI(
        title=TITLE,
        description=ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        servers=[{"url": settings.root_path}] if settings.root_path else None,
    )
    _add_guards(application, settings)
    add_error_handlers(application)
    add_health_routes(application, live, warm_up)
    add_api_routes(application, live)
    add_description_route(application, settings.root_path)
    if settings.mcp:
        from interface.api.mcp import add_mcp_route  # of an extra that need not be installed

        add_mcp_route(application, live)
    add_page_routes(application, live)
    _add_gradio(application, live, settings)
    return application


def serve_page(
    index: SearchIndex,
    encoder: Encoder | None,
    listening: socket.socket,
    settings: Settings | None = None,
) -> None:
    """Serve until stopped. The encoder loads while the page already opens."""
    live = LiveIndex(index, encoder)
    warm_up = WarmUp(encoder)
    application = make_application(live, settings, warm_up)
    warm_up.begin()
    configuration = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,  # an address of a source tells what was read
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=_FAREWELL,
    )
    try:
        uvicorn.Server(configuration).run(sockets=[listening])
    finally:
        live.close()


def _add_guards(application: FastAPI, settings: Settings) -> None:
    """Each stands before those above it: a request passes them from the last to the first."""
    application.add_middleware(AdmissionControl)
    application.add_middleware(BoundedBodies)
    application.add_middleware(FairShare)
    application.add_middleware(OwnOriginOnly)
    if settings.credentials is not None:
        application.add_middleware(PasswordRequired, credentials=settings.credentials)
    application.add_middleware(FailuresInWords)
    application.add_middleware(SafeHeaders)
    if settings.root_path:
        application.add_middleware(WithoutPrefix, prefix=settings.root_path)


def _add_gradio(application: FastAPI, live: LiveIndex, settings: Settings) -> None:
    ours = tuple(application.routes)
    blocks = make_blocks(live)
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    mount(application, blocks, root_path=settings.root_path)
    page = application.routes[-1]
    assert isinstance(page, Mount)
    page.app = OnlyGradioRoutesInUse(FirstPaint(page.app), ours)
