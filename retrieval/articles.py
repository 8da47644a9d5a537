"""The articles of the collection as a table: sorted, searched, page by page, counted over time."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal
from weakref import WeakKeyDictionary

from corpus import BRIEF_PUBLISHER, Metadata, Original
from index import CatalogueEntry, Dated, SearchIndex
from retrieval.errors import NoSuchPage

ArticleOrder = Literal["date", "title", "publisher", "words", "passages"]

# Some screens, and quick to draw on a phone.
ARTICLES_ON_A_PAGE = 100
# A plot of two years has enough months to show something, and not too many for a phone.
_MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class ByTime:
    """How many articles are from when.

    unit: what is counted together.
    counts: (`2018` or `2018-04`, articles) for each year or month that has some, in order.
    undated: articles without a date, which are in none of them.
    """

    unit: Literal["year", "month"]
    counts: tuple[tuple[str, int], ...]
    undated: int


@dataclass(frozen=True, slots=True)
class ArticleList:
    """One page of the articles that match.

    words: those that were looked for, as they were typed. order, descending: of all pages.
    entries: those of this page. matching: how many all pages have. total: in the collection.
    page: from 1. pages: at least 1.
    earliest, latest: dates of those that match, ISO 8601 at the precision that is known.
    by_time: of those that match. A brief counts as of the day of its original.
    generation, built: the index that was read.
    """

    words: tuple[str, ...]
    order: ArticleOrder
    descending: bool
    entries: tuple[CatalogueEntry, ...]
    matching: int
    total: int
    page: int
    pages: int
    earliest: str | None
    latest: str | None
    by_time: ByTime
    generation: str
    built: str


def list_articles(
    index: SearchIndex,
    *,
    words: str = "",
    order: ArticleOrder = "date",
    descending: bool = True,
    page: int = 1,
    on_a_page: int = ARTICLES_ON_A_PAGE,
) -> ArticleList:
    """The articles that have every one of the words, or a part of a word that they are, in title,
    publisher, author or id, or in title or publisher of a brief's original; without words all.

    Capitals do not count, nor whether quotation marks are straight or curved; accents do.
    order: titles without their capitals and leading quotation marks. Equal ones are ordered by
        article_id in both directions, and what is not known comes last in both.
    Raises NoSuchPage, and IndexDamaged where the catalogue cannot be read.
    """
    typed = _typed(words)
    wanted = [_folded(word) for word in typed]
    rows = _rows(index)
    matching = [row for row in rows if all(word in row.searched for word in wanted)]
    pages = max(1, -(-len(matching) // on_a_page))
    if not 1 <= page <= pages:
        there = "There is one page" if pages == 1 else f"There are {pages:,} pages"
        raise NoSuchPage(f"{there} of these articles, so none with the number {page}.")
    shown = _ordered(matching, order, descending)[(page - 1) * on_a_page : page * on_a_page]
    entries = (index.catalogue.entry(row.article_id) for row in shown)
    dated = [row for row in matching if row.date is not None]
    return ArticleList(
        words=typed,
        order=order,
        descending=descending,
        entries=tuple(entry for entry in entries if entry is not None),
        matching=len(matching),
        total=len(rows),
        page=page,
        pages=pages,
        earliest=min(dated, key=_FIRST_DAY).date if dated else None,
        latest=max(dated, key=_LAST_DAY).date if dated else None,
        by_time=_by_time([row.date or "" for row in dated], len(matching) - len(dated)),
        generation=index.manifest.generation,
        built=index.manifest.built,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """What an article is found and sorted by; None for what is not known.

    first_day, last_day: `YYYY-MM-DD`, that the date can mean.
    """

    article_id: str
    date: str | None
    first_day: str | None
    last_day: str | None
    title: str | None
    publisher: str | None
    words: int
    passages: int
    searched: str


_FIRST_DAY = attrgetter("first_day", "date")
_LAST_DAY = attrgetter("last_day", "date")

# Metadata of 3,000 articles take 30 ms to read, which nobody who types should wait for with each
# letter; rows of 3,000 have 2 MB. An open index never changes, and takes its rows with it.
_known: WeakKeyDictionary[SearchIndex, tuple[_Row, ...]] = WeakKeyDictionary()


def _rows(index: SearchIndex) -> tuple[_Row, ...]:
    """Of all articles, ordered by article_id."""
    rows = _known.get(index)
    if rows is None:
        dates = index.catalogue.dates()
        rows = tuple(_row(entry, dates[entry.article_id]) for entry in index.catalogue.entries())
        _known[index] = rows
    return rows


def _row(entry: CatalogueEntry, dated: Dated) -> _Row:
    metadata = entry.metadata
    publisher = _publisher(metadata)
    original = metadata.original or Original()
    named = (
        metadata.title, publisher, metadata.author, entry.article_id,
        original.title, original.publisher,
    )  # fmt: skip
    return _Row(
        article_id=entry.article_id,
        date=dated.date,
        first_day=dated.first_day,
        last_day=dated.last_day,
        title=_folded(metadata.title).lstrip("'\" ") or None if metadata.title else None,
        publisher=_folded(publisher) if publisher else None,
        words=entry.words,
        passages=len(entry.rows),
        # No word that is looked for runs from one of them into the next: it has no white space.
        searched="\n".join(_folded(each) for each in named if each),
    )


def _publisher(metadata: Metadata) -> str | None:
    return metadata.publisher or (BRIEF_PUBLISHER if metadata.kind == "brief" else None)


def _typed(words: str) -> tuple[str, ...]:
    """The words, each once, without quotation marks around them."""
    bare = (word.strip("'\"‘’‚‛“”„‟«»") for word in words.split())
    return tuple(dict.fromkeys(word for word in bare if word))


_STRAIGHT = str.maketrans({**dict.fromkeys("‘’‚‛ʼ", "'"), **dict.fromkeys("“”„‟«»", '"')})


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return " ".join(composed.translate(_STRAIGHT).casefold().split())


def _ordered(rows: Iterable[_Row], order: ArticleOrder, descending: bool) -> list[_Row]:
    value = attrgetter(order)
    known: list[_Row] = []
    unknown: list[_Row] = []
    for row in rows:
        (unknown if value(row) is None else known).append(row)
    # Sorting keeps the order of equals, by id, in this direction too.
    known.sort(key=value, reverse=descending)
    return known + unknown


def _by_time(dates: Sequence[str], undated: int) -> ByTime:
    """By month where all are known to the month and lie near each other, else by year."""
    unit: Literal["year", "month"] = "month" if _lie_in_few_months(dates) else "year"
    length = len("2018-04" if unit == "month" else "2018")
    counts = Counter(date[:length] for date in dates)
    return ByTime(unit, tuple(sorted(counts.items())), undated)


def _lie_in_few_months(dates: Sequence[str]) -> bool:
    if not dates or any(len(date) < len("2018-04") for date in dates):
        return False
    first, last = (12 * int(date[:4]) + int(date[5:7]) for date in (min(dates), max(dates)))
    return last - first < _MOST_MONTHS
