"""What a request is answered with, and that as JSON, the same however it was asked.

All of this raises what `retrieval` and `index` do, and UnusableFilter.
"""

from __future__ import annotations

from typing import Any

from index import Encoder, SearchIndex
from interface.api.requests import AskRequest, CheckRequest, FindRequest
from interface.live import LiveIndex
from retrieval import (
    Answer,
    Check,
    Mentions,
    answer_as_json,
    ask,
    check_as_json,
    check_text,
    find_mentions,
    mentions_as_json,
)


def answer_to(request: AskRequest, index: SearchIndex, encoder: Encoder | None) -> Answer:
    return ask(
        request.question,
        index,
        encoder,
        limit=request.limit,
        chosen=request.chosen(),
        after=request.after,
        as_asked=request.as_asked,
        order=request.order,
    )


def mentions_for(request: FindRequest, index: SearchIndex, *, is_whole: bool = False) -> Mentions:
    """is_whole: all pages as one."""
    return find_mentions(
        request.terms,
        index,
        chosen=request.chosen(),
        order=request.order,
        page=1 if is_whole else request.page,
        on_a_page=None if is_whole else request.on_a_page,
    )


def check_of(request: CheckRequest, index: SearchIndex, encoder: Encoder | None) -> Check:
    return check_text(request.text, index, encoder, is_whole=not request.draft)


def answer(request: AskRequest, live: LiveIndex) -> dict[str, Any]:
    """What `onrecord ask --json` prints."""
    with live.reading() as index:
        return answer_as_json(answer_to(request, index, live.encoder))


def mentions(request: FindRequest, live: LiveIndex) -> dict[str, Any]:
    """What `onrecord find --json` prints."""
    with live.reading() as index:
        return mentions_as_json(mentions_for(request, index))


def check(request: CheckRequest, live: LiveIndex) -> dict[str, Any]:
    """What `onrecord check --json` prints."""
    with live.reading() as index:
        return check_as_json(check_of(request, index, live.encoder))
