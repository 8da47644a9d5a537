"""Every mention on the page: which page of them is listed, and the list as HTML."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from index import IndexProblem, SearchIndex
from interface.rendering import INDEX_DAMAGED, mentions_html, notice_html
from retrieval import NoSuchPage, Order, UnusableTerms, find_mentions

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LookedFor:
    """The words whose mentions are listed, and which page. Kept by the server for each window."""

    asked: str
    order: Order = "newest"
    page: int = 1

    def on_next_page(self) -> LookedFor:
        return replace(self, page=self.page + 1)

    def in_other_order(self) -> LookedFor:
        return replace(self, order="oldest" if self.order == "newest" else "newest", page=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """html: a page of mentions, or why there is none. has_next_page, has_other_order: whether
    there is more to see, or the same otherwise."""

    html: str
    has_next_page: bool = False
    has_other_order: bool = False


def listed(looked_for: LookedFor, index: SearchIndex) -> Listed:
    """The page of mentions that is looked for."""
    try:
        mentions = find_mentions(
            looked_for.asked, index, order=looked_for.order, page=looked_for.page
        )
    except (UnusableTerms, NoSuchPage) as error:
        return Listed(notice_html(str(error)))
    except IndexProblem as error:
        _log.error("%s", error)
        return Listed(notice_html(INDEX_DAMAGED))
    return Listed(
        mentions_html(mentions),
        has_next_page=mentions.page < mentions.pages,
        has_other_order=mentions.articles > 1,
    )
