"""Errors of our routes as `{"detail": "a sentence"}`, without a path, a trace, or what was sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from index import IndexProblem
from interface.filters import UnusableFilter
from interface.rendering import INDEX_DAMAGED
from interface.server.wording import NO_SUCH_SPEAKER, NOT_UNDERSTOOD, NOTHING_HERE
from retrieval import RetrievalError, UnknownSpeaker

_log = logging.getLogger(__name__)

# By pydantic's names of errors.
_WRONG = {
    "missing": "is missing",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length:,} characters",
    "string_type": "must be text",
    "string_unicode": "has half a character in it (a lone surrogate)",
    "too_short": "needs at least {min_length} items",
    "too_long": "has more than {max_length} items",
    "list_type": "must be a list",
    "greater_than_equal": "must be at least {ge:,}",
    "less_than_equal": "must be at most {le:,}",
    "literal_error": "must be {expected}",
}
_NUMBERS = ("int_type", "int_parsing", "int_parsing_size", "int_from_float")
_TRUTHS = ("bool_type", "bool_parsing")
# The place of what is wrong begins with where it was sent.
_SENT_IN = ("body", "query", "path", "header")

NO_OBJECT = "The body must be one JSON object, sent as application/json."
UNKNOWN_FIELD = "There is a field that is not known here. The fields are listed at /api."


def add_error_handlers(application: FastAPI) -> None:
    application.add_exception_handler(RequestValidationError, _unfit)
    application.add_exception_handler(HTTPException, _refused)
    for kind in (RetrievalError, UnusableFilter):
        application.add_exception_handler(kind, _unusable)
    application.add_exception_handler(IndexProblem, _damaged)


def sentence_of(problem: Mapping[str, Any]) -> str:
    """What is wrong with a request, of the first of pydantic's errors: “limit” must be at most 50.

    Names fields of ours only, since an unknown one may hold anything.
    """
    kind = problem["type"]
    place = [part for part in problem["loc"] if part not in _SENT_IN]
    if kind == "extra_forbidden":
        return UNKNOWN_FIELD
    if kind == "json_invalid" or not place:
        return NO_OBJECT
    name = "“{}”".format(" ".join(str(part) for part in place if isinstance(part, str)))
    positions = [str(part + 1) for part in place if isinstance(part, int)]
    if positions:
        name += f", item {', '.join(positions)},"
    if kind in _NUMBERS:
        return f"{name} must be a whole number."
    if kind in _TRUTHS:
        return f"{name} must be true or false."
    if kind in _WRONG:
        return f"{name} {_WRONG[kind].format(**problem.get('ctx', {}))}."
    return f"{name} cannot be used. The fields are listed at /api."


def _said(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"detail": sentence}, status, headers)


async def _unfit(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return _said(422, sentence_of(error.errors()[0]))


async def _unusable(_: Request, error: Exception) -> JSONResponse:
    # Its own advice is a command of the command line.
    return _said(422, NO_SUCH_SPEAKER if isinstance(error, UnknownSpeaker) else str(error))


async def _damaged(_: Request, error: Exception) -> JSONResponse:
    _log.error("%s", error)
    return _said(503, INDEX_DAMAGED)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    """An HTTPException of a route has a sentence of ours; one of a library has a status' name."""
    assert isinstance(error, HTTPException)
    detail = str(error.detail)
    if not detail.endswith("."):
        detail = NOTHING_HERE if error.status_code in (404, 405) else NOT_UNDERSTOOD
    return _said(error.status_code, detail, error.headers)
