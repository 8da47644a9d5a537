"""The program's own words about the table of articles. None says anything about the world."""

from __future__ import annotations

from corpus import BRIEF_PUBLISHER, Metadata
from interface.rendering.wording import (
    PUBLISHER_UNKNOWN,
    counted,
    date_in_words,
    dates_between,
    published_line,
)
from retrieval import ArticleList, ArticleOrder, ByTime

COLUMNS: dict[ArticleOrder, str] = {
    "title": "Title",
    "publisher": "Publisher",
    "date": "Date",
    "words": "Words",
    "passages": "Passages",
}
SEARCHED = "Titles, publishers, authors and ids are searched here; Ask searches the texts."
OF_ORIGINAL = "(original)"
PAGES = "Pages of the table"
PREVIOUS, NEXT = "Previous page", "Next page"


def articles_summary(listing: ArticleList) -> str:
    """`12 of 30 articles, April 2017 to July 2024`, or `30 articles, …` where nothing is sought."""
    if not listing.total:
        return "There are no articles in this collection"
    if not listing.matching:
        words = [f"“{word}”" for word in listing.words]
        sought = " and ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])
        return f"No article has {sought} in title, publisher, author or id"
    articles = counted(listing.total, "article")
    if listing.words:
        articles = f"{listing.matching:,} of {articles}"
    return f"{articles}, {dates_between(listing.earliest, listing.latest) or 'none with a date'}"


def table_name(listing: ArticleList) -> str:
    """What a screen reader calls the table."""
    towards = "descending" if listing.descending else "ascending"
    return f"Articles by {COLUMNS[listing.order].lower()}, {towards}"


def page_line(listing: ArticleList) -> str:
    """`Page 2 of 3`."""
    return f"Page {listing.page:,} of {listing.pages:,}"


def publisher_line(metadata: Metadata) -> str:
    if metadata.kind == "brief":
        return metadata.publisher or BRIEF_PUBLISHER
    return metadata.publisher or PUBLISHER_UNKNOWN


def is_of_original(metadata: Metadata) -> bool:
    """Whether the date that an article is sorted by is that of a brief's original."""
    return metadata.published is None and metadata.dated is not None


def dated_line(metadata: Metadata) -> str:
    """The date that an article is sorted by, as far as it is known."""
    return date_in_words(metadata.dated) if is_of_original(metadata) else published_line(metadata)


def plot_name(by_time: ByTime) -> str:
    """`Articles by year`."""
    return f"Articles by {by_time.unit}"


def undated_line(by_time: ByTime) -> str:
    """`3 articles without a date are not drawn`, or nothing."""
    if not by_time.undated:
        return ""
    verb = "is" if by_time.undated == 1 else "are"
    return f"{counted(by_time.undated, 'article')} without a date {verb} not drawn"


def bar_line(when: str, articles: int) -> str:
    """`April 2018: 12 articles`."""
    return f"{date_in_words(when)}: {counted(articles, 'article')}"
