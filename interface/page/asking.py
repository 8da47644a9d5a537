"""Asking the index what a request of the page says."""

from __future__ import annotations

from index import SearchIndex
from interface.api.requests import AskRequest, Filtered
from interface.filters import FilterEffect, filter_effects
from interface.live import LiveIndex
from retrieval import Answer, ask


def effects_of(request: Filtered, index: SearchIndex) -> tuple[FilterEffect, ...]:
    """What each filter cuts. Raises UnusableFilter and UnknownSpeaker."""
    return filter_effects(request.first, request.last, request.publisher, request.speaker, index)


def answer_to(request: AskRequest, index: SearchIndex, live: LiveIndex) -> Answer:
    """The answer. Raises what `ask` does, and UnusableFilter."""
    return ask(
        request.question,
        index,
        live.encoder,
        limit=request.limit,
        chosen=request.chosen(),
        after=request.after,
        as_asked=request.as_asked,
        order=request.order,
    )
