"""The routes for programs. What they answer is what the command line prints with `--json`."""

from __future__ import annotations

from math import ceil
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from interface.api.answering import answer, check, mentions
from interface.api.requests import AskRequest, CheckRequest, FindRequest, ListRequest
from interface.api.wording import (
    ARTICLE_ANSWERS,
    ARTICLES_ANSWER,
    ASK_ANSWERS,
    CHECK_ANSWERS,
    ERRORS,
    FIND_ANSWERS,
    NO_SUCH_ARTICLE,
    NO_SUCH_PAGE,
)
from interface.articles import entry_as_json, whole_article_as_json
from interface.live import LiveIndex
from retrieval import NoSuchPage


class Problem(BaseModel):
    """Why there is no answer."""

    detail: str = Field(description="A sentence that says what to do next.")


def add_api_routes(application: FastAPI, live: LiveIndex) -> None:
    """`/api/ask`, `/api/find`, `/api/check`, `/api/articles` and `/api/articles/ID`.

    They raise what `retrieval` and `index` do, which becomes sentences in `interface.server`.
    """
    # JSONResponse, since what is there is JSON already and need not be looked through once more.

    @application.post("/api/ask", tags=["Ask"], responses=_answers(ASK_ANSWERS))
    def ask_route(request: AskRequest) -> JSONResponse:
        """Answer a question with passages quoted from the articles, each with its source."""
        return JSONResponse(answer(request, live))

    @application.post("/api/find", tags=["Find"], responses=_answers(FIND_ANSWERS))
    def find_route(request: FindRequest) -> JSONResponse:
        """List every sentence that holds all of the terms, by article and date."""
        return JSONResponse(mentions(request, live))

    @application.post("/api/check", tags=["Check"], responses=_answers(CHECK_ANSWERS))
    def check_route(request: CheckRequest) -> JSONResponse:
        """Say whether quotations stand in the articles: exactly, altered, or not found."""
        return JSONResponse(check(request, live))

    @application.get("/api/articles", tags=["Articles"], responses=_answers(ARTICLES_ANSWER))
    def list_route(request: Annotated[ListRequest, Query()]) -> JSONResponse:
        """List the articles, ordered by id."""
        with live.reading() as index:
            total = index.catalogue.scope()[0]
            pages = max(1, ceil(total / request.on_a_page))
            if request.page > pages:
                raise NoSuchPage(NO_SUCH_PAGE.format(pages))
            skipped = (request.page - 1) * request.on_a_page
            return JSONResponse(
                {
                    "total": total,
                    "page": request.page,
                    "pages": pages,
                    "articles": [
                        entry_as_json(entry)
                        for entry in index.catalogue.entries(skipped, request.on_a_page)
                    ],
                    "index": {
                        "generation": index.manifest.generation,
                        "built": index.manifest.built,
                    },
                }
            )

    @application.get(
        "/api/articles/{article_id:path}",
        tags=["Articles"],
        responses=_answers(ARTICLE_ANSWERS) | {404: _problem(NO_SUCH_ARTICLE)},
    )
    def article_route(
        article_id: Annotated[
            str, Path(description="The id, percent-encoded; slashes may stay as they are.")
        ],
    ) -> JSONResponse:
        """Show an article: what is known of it, from what, and its text."""
        with live.reading() as index:
            entry = index.catalogue.entry(article_id)
            if entry is None:
                raise HTTPException(404, NO_SUCH_ARTICLE)
            return JSONResponse(whole_article_as_json(entry, index))


def _answers(found: str) -> dict[int | str, dict[str, Any]]:
    """What each route may answer, for the description of the routes."""
    answers: dict[int | str, dict[str, Any]] = {200: {"description": found}}
    answers.update((status, _problem(sentence)) for status, sentence in ERRORS.items())
    return answers


def _problem(sentence: str) -> dict[str, Any]:
    return {"model": Problem, "description": sentence}
