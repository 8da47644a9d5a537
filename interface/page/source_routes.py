"""What the reader asks for: articles in segments, and what stands around a citation."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query

from interface.live import LiveIndex
from interface.rendering import neighbours_html, view_article, view_source

# Other places of the same answer that are marked too; the longest answers have 50 citations.
MOST_MARKS = 200

_NOT_HERE = "This link fits no article of the collection."
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")

_Also = Annotated[list[str] | None, Query(max_length=MOST_MARKS)]


def add_source_routes(application: FastAPI, live: LiveIndex) -> None:
    """`/source`, `/article` and `/neighbours`. Where the index is damaged they raise IndexProblem,
    which becomes a sentence in `interface.server`."""

    @application.get("/source", include_in_schema=False)
    def source(
        article: str, sha256: str, start: int, end: int, also: _Also = None
    ) -> dict[str, Any]:
        """An article with the place from start to end marked, and as many of the places `also`,
        each `START-END`, as there are in it."""
        with live.reading() as index:
            return _shown(view_source(index, article, sha256, start, end, _places(also or ())))

    @application.get("/article", include_in_schema=False)
    def whole(article: str, sha256: str | None = None) -> dict[str, Any]:
        """An article with nothing marked; without a hash its current version."""
        with live.reading() as index:
            return _shown(view_article(index, article, sha256))

    @application.get("/neighbours", include_in_schema=False)
    def neighbours(article: str, sha256: str, start: int, end: int) -> dict[str, Any]:
        """HTML of the passages before and after a place, each null where there is none."""
        with live.reading() as index:
            return _shown(neighbours_html(index, article, sha256, start, end))


def _shown(view: Any) -> dict[str, Any]:
    if view is None:
        raise HTTPException(404, _NOT_HERE)
    return asdict(view)


def _places(also: list[str] | tuple[str, ...]) -> list[tuple[int, int]]:
    found = [_PLACE.fullmatch(place) for place in also]
    return [(int(each[1]), int(each[2])) for each in found if each]
