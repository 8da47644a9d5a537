"""The web application: our routes first, then the Gradio page on `/`."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.staticfiles import StaticFiles

from index import Encoder, IndexProblem, SearchIndex
from interface.live import LiveIndex
from interface.page.chat import make_chat, mount
from interface.rendering import INDEX_DAMAGED, view_source
from interface.server.quiet import keep_questions_out_of_the_log

_STATIC = Path(__file__).parents[1] / "page" / "static"
# Relative, so that the page works behind a proxy that puts it under a path.
_HEAD = (
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="referrer" content="no-referrer">'
    '<link rel="stylesheet" href="reading-room/page.css">'
    '<link rel="stylesheet" href="reading-room/voices.css">'
    '<script src="reading-room/reader.js" defer></script>'
)
# Gradio compiles templates in the page, hence 'unsafe-eval'; no other host is ever named.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
# Questions answered at the same time; each keeps a core busy for some tens of milliseconds.
_AT_ONCE = 4
_WAITING = 64

_log = logging.getLogger(__name__)


def make_application(live: LiveIndex) -> FastAPI:
    """The whole application over an open index."""
    keep_questions_out_of_the_log()
    application = FastAPI(title="On the Record", docs_url=None, redoc_url=None, openapi_url=None)
    _add_headers(application)
    _add_routes(application, live)
    chat = make_chat(live)
    chat.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    return mount(application, chat, head=_HEAD)


def serve_page(index: SearchIndex, encoder: Encoder | None, listening: socket.socket) -> None:
    """Serve until stopped. The encoder loads while the page already opens."""
    live = LiveIndex(index, encoder)
    application = make_application(live)
    if encoder is not None:
        threading.Thread(target=encoder.encode, args=(["warm up"],), daemon=True).start()
    configuration = uvicorn.Config(application, log_level="warning", access_log=False)
    try:
        uvicorn.Server(configuration).run(sockets=[listening])
    finally:
        live.close()


def _add_routes(application: FastAPI, live: LiveIndex) -> None:
    # Not /static: gradio has that.
    application.mount("/reading-room", StaticFiles(directory=_STATIC))

    @application.get("/healthz")
    def healthz() -> dict[str, str]:
        with live.reading() as index:
            return {"status": "ok", "generation": index.manifest.generation}

    @application.get("/source")
    def source(article: str, sha256: str, start: int, end: int) -> dict[str, object]:
        """An article in segments for the reader, with the place from start to end marked."""
        try:
            with live.reading() as index:
                view = view_source(index, article, sha256, start, end)
        except IndexProblem as error:
            _log.error("%s", error)
            raise HTTPException(503, INDEX_DAMAGED) from error
        if view is None:
            raise HTTPException(404, "This link fits no article of the collection.")
        return asdict(view)

    # No part of this program takes files, and gradio's route for them is always there.
    @application.post("/gradio_api/upload")
    def upload() -> Response:
        raise HTTPException(403, "Nothing can be uploaded here.")


def _add_headers(application: FastAPI) -> None:
    @application.middleware("http")
    async def headers(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
