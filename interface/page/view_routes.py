"""What the page's scripts ask for: what the collection holds, and HTML of answers.

Every answer is found and cut from the articles when it is asked for: nothing that a browser kept is
shown to anybody. Errors become sentences in `interface.server`.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from interface.api.answering import answer_to, check_of, mentions_for
from interface.api.requests import AskRequest, CheckRequest, Filtered, FindRequest
from interface.live import LiveIndex
from interface.page.examples import EXAMPLES
from interface.page.requests import VoicesRequest
from interface.rendering import (
    about_html,
    answer_html,
    check_html,
    chips_html,
    mentions_html,
    voices_html,
)
from retrieval import find_voices


def add_view_routes(application: FastAPI, live: LiveIndex) -> None:
    """`/page/…`."""

    @application.get("/page/start", include_in_schema=False)
    def start() -> dict[str, Any]:
        """What the page shows before anything is asked."""
        with live.reading() as index:
            articles, _, earliest, latest = index.catalogue.scope()
            return {
                "about": about_html(articles, earliest, latest),
                "examples": [
                    question
                    for article_id, question in EXAMPLES
                    if index.catalogue.entry(article_id) is not None
                ],
            }

    @application.post("/page/answer", include_in_schema=False)
    def answer(request: AskRequest) -> dict[str, Any]:
        with live.reading() as index:
            effects = request.effects(index)
            found = answer_to(request, index, live.encoder)
            html = answer_html(found, alone=request.as_asked, filters=effects)
            return {"html": html, "citations": len(found.citations)}

    @application.post("/page/mentions", include_in_schema=False)
    def mentions(request: FindRequest) -> dict[str, Any]:
        with live.reading() as index:
            effects = request.effects(index)
            found = mentions_for(request, index)
            return {
                "html": mentions_html(found, filters=effects),
                "pages": found.pages,
                "articles": found.articles,
            }

    @application.post("/page/voices", include_in_schema=False)
    def voices(request: VoicesRequest) -> dict[str, Any]:
        with live.reading() as index:
            found = find_voices(request.subject, index, live.encoder, chosen=request.chosen())
            return {"html": voices_html(found)}

    @application.post("/page/check", include_in_schema=False)
    def check(request: CheckRequest) -> dict[str, Any]:
        with live.reading() as index:
            found = check_of(request, index, live.encoder)
            return {"html": check_html(found)}

    @application.post("/page/filters", include_in_schema=False)
    def filters(request: Filtered) -> dict[str, Any]:
        """A chip for each filter."""
        with live.reading() as index:
            return {"html": chips_html(request.effects(index))}
