"""Lists that the page shows: the table of articles, the speakers, and names to choose from.

Errors become sentences in `interface.server`.
"""

from __future__ import annotations

from typing import Annotated, Any
from weakref import WeakKeyDictionary

from fastapi import FastAPI, Query

from index import SearchIndex
from interface.live import LiveIndex
from interface.rendering import articles_html, speakers_html
from retrieval import ArticleOrder, list_articles, list_speakers

# Characters of what is searched by, as the boxes of the page allow them.
_LONGEST = 200
_MOST_PAGES = 1_000_000
# Speakers in the table: some screens.
_LISTED = 100
# Names that a browser is given to suggest: enough for who is quoted often, and some 20 kB.
_SUGGESTED = 500

_Words = Annotated[str, Query(max_length=_LONGEST)]
_Page = Annotated[int, Query(ge=1, le=_MOST_PAGES)]


def add_listing_routes(application: FastAPI, live: LiveIndex) -> None:
    """`/page/articles`, `/page/speakers` and `/page/choices`."""

    @application.get("/page/articles", include_in_schema=False)
    def articles(
        words: _Words = "", by: ArticleOrder = "date", down: bool = True, page: _Page = 1
    ) -> dict[str, Any]:
        with live.reading() as index:
            listing = list_articles(index, words=words, order=by, descending=down, page=page)
            return {"html": articles_html(listing)}

    @application.get("/page/speakers", include_in_schema=False)
    def speakers(name: _Words = "") -> dict[str, Any]:
        with live.reading() as index:
            found = list_speakers(index, name.strip() or None, limit=_LISTED)
            return {"html": speakers_html(found)}

    # On 30,000 articles they take a second to gather, and an open index never changes.
    gathered: WeakKeyDictionary[SearchIndex, dict[str, Any]] = WeakKeyDictionary()

    @application.get("/page/choices", include_in_schema=False)
    def choices() -> dict[str, Any]:
        """What the filters suggest: publishers in order, and speakers, the most quoted first."""
        with live.reading() as index:
            known = gathered.get(index)
            if known is None:
                known = _choices(index)
                gathered[index] = known
            return known


def _choices(index: SearchIndex) -> dict[str, Any]:
    people = list_speakers(index, limit=_SUGGESTED).people
    return {
        "publishers": index.catalogue.publishers(),
        # Two people of one name are one choice.
        "speakers": list(dict.fromkeys(known.person.title for known in people)),
    }
