"""Files and a printable page of answers, and tables of mentions.

What comes from the browser is what was asked; every answer is found and cut from the articles anew.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Form, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from interface.api.answering import answer_to, mentions_for
from interface.api.requests import FindRequest
from interface.live import LiveIndex
from interface.page.requests import ExportRequest
from interface.rendering import (
    Exchange,
    conversation_csv,
    conversation_json,
    conversation_markdown,
    conversation_print,
    filter_line,
    mentions_csv,
    web_address,
)

# Nothing of the printable page runs or loads, whatever an article says.
_PRINT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox allow-modals"
)
_FILES = {
    "markdown": ("text/markdown; charset=utf-8", "on-the-record.md"),
    "json": ("application/json", "on-the-record.json"),
    "csv": ("text/csv; charset=utf-8", "on-the-record.csv"),
}


def add_export_routes(application: FastAPI, live: LiveIndex) -> None:
    """`/page/export`, `/page/print` and `/page/mentions.csv`."""

    @application.post("/page/export", include_in_schema=False)
    def export(request: ExportRequest) -> Response:
        exchanges = _exchanges(request, live)
        page = web_address(request.page)
        if request.format == "markdown":
            return _file("markdown", conversation_markdown(exchanges, page))
        if request.format == "csv":
            return _file("csv", conversation_csv(exchanges))
        if request.format == "json":
            return _file("json", conversation_json(exchanges))
        return _printable(exchanges, page)

    @application.post("/page/print", include_in_schema=False)
    def printable(request: Annotated[str, Form()]) -> Response:
        """The same for a form of the page, which opens it beside itself."""
        try:
            asked = ExportRequest.model_validate_json(request)
        except ValidationError as error:
            raise RequestValidationError(error.errors(include_input=False)) from error
        return _printable(_exchanges(asked, live), web_address(asked.page))

    @application.post("/page/mentions.csv", include_in_schema=False)
    def mentions_as_csv(request: FindRequest) -> Response:
        """All pages as one table."""
        with live.reading() as index:
            return _file("csv", mentions_csv(mentions_for(request, index, is_whole=True)))


def _exchanges(request: ExportRequest, live: LiveIndex) -> list[Exchange]:
    """All of one generation, so that what is taken away together belongs together."""
    with live.reading() as index:
        return [
            Exchange(
                answer_to(asked, index, live.encoder),
                tuple(filter_line(effect) for effect in asked.effects(index)),
            )
            for asked in request.asked
        ]


def _printable(exchanges: list[Exchange], page: str | None) -> HTMLResponse:
    return HTMLResponse(
        conversation_print(exchanges, page), headers={"Content-Security-Policy": _PRINT_POLICY}
    )


def _file(kind: str, content: str) -> Response:
    media_type, name = _FILES[kind]
    return Response(
        content.encode(),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
