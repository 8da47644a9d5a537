"""What a request of a program is answered with: JSON, the same however it was asked."""

from __future__ import annotations

from typing import Any

from interface.api.requests import AskRequest, CheckRequest, FindRequest
from interface.live import LiveIndex
from retrieval import (
    answer_as_json,
    ask,
    check_as_json,
    check_text,
    find_mentions,
    mentions_as_json,
)

# They raise what `retrieval` and `index` do, and UnusableFilter.


def answer(request: AskRequest, live: LiveIndex) -> dict[str, Any]:
    """What `onrecord ask --json` prints."""
    with live.reading() as index:
        answered = ask(
            request.question,
            index,
            live.encoder,
            limit=request.limit,
            chosen=request.chosen(),
            after=request.after,
            as_asked=request.as_asked,
            order=request.order,
        )
        return answer_as_json(answered)


def mentions(request: FindRequest, live: LiveIndex) -> dict[str, Any]:
    """What `onrecord find --json` prints."""
    with live.reading() as index:
        found = find_mentions(
            request.terms,
            index,
            chosen=request.chosen(),
            order=request.order,
            page=request.page,
            on_a_page=request.on_a_page,
        )
        return mentions_as_json(found)


def check(request: CheckRequest, live: LiveIndex) -> dict[str, Any]:
    """What `onrecord check --json` prints."""
    with live.reading() as index:
        checked = check_text(request.text, index, live.encoder, is_whole=not request.draft)
        return check_as_json(checked)
