"""The table of articles as HTML. Every datum is escaped here, once, and nowhere before."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

from corpus import Metadata
from index import CatalogueEntry
from interface.rendering.articles.timeline import timeline_html
from interface.rendering.articles.wording import (
    COLUMNS,
    NEXT,
    OF_ORIGINAL,
    PAGES,
    PREVIOUS,
    SEARCHED,
    articles_summary,
    dated_line,
    is_of_original,
    page_line,
    publisher_line,
    table_name,
)
from interface.rendering.wording import UNTITLED, about_line, brief_line, counted, original_title
from retrieval import ArticleList, ArticleOrder

# How cells look.
_KIND: dict[ArticleOrder, str] = {
    "title": "title",
    "publisher": "publisher",
    "date": "date",
    "words": "count",
    "passages": "count",
}
# What is sorted from the greatest down at first: the newest and the longest.
_FALLING: tuple[ArticleOrder, ...] = ("date", "words", "passages")


def articles_html(listing: ArticleList) -> str:
    """The count, the plot, the table, the way to other pages."""
    verdict = f'<p class="verdict">{escape(articles_summary(listing))}.</p>'
    scope = f'<p class="scope">{SEARCHED}</p>' if listing.words else ""
    if not listing.matching:
        return f'<div class="answer none">{verdict}{scope}</div>'
    return (
        f'<div class="answer listing">{verdict}{timeline_html(listing.by_time)}{_table(listing)}'
        f"{_pages(listing)}{scope}</div>"
    )


def _address(listing: ArticleList, *, by: ArticleOrder, descending: bool, page: int = 1) -> str:
    """`#articles?words=…&by=date&down=1&page=1`: the same words, sorted and turned to so."""
    given = {"words": " ".join(listing.words)} if listing.words else {}
    given |= {"by": by, "down": str(int(descending)), "page": str(page)}
    return f"#articles?{urlencode(given)}"


def _table(listing: ArticleList) -> str:
    # On a phone rows become blocks, which takes the roles away that tables have of themselves.
    head = "".join(_column(listing, by) for by in COLUMNS)
    rows = "".join(_row(entry) for entry in listing.entries)
    return (
        f'<table class="articles" role="table"><caption class="hidden">{table_name(listing)}'
        f'</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _column(listing: ArticleList, by: ArticleOrder) -> str:
    is_sorted = by == listing.order
    descending = not listing.descending if is_sorted else by in _FALLING
    sort = arrow = ""
    if is_sorted:
        towards, shape = ("descending", "▼") if listing.descending else ("ascending", "▲")
        sort = f' aria-sort="{towards}"'
        arrow = f'<span class="arrow" aria-hidden="true">{shape}</span>'
    link = escape(_address(listing, by=by, descending=descending))
    return (
        f'<th class="{_KIND[by]}" scope="col" role="columnheader"{sort}>'
        f'<a class="sort" href="{link}">{COLUMNS[by]}{arrow}</a></th>'
    )


def _row(entry: CatalogueEntry) -> str:
    metadata = entry.metadata
    link = escape(f"#article/{quote(entry.article_id, safe='')}")
    title = escape(metadata.title or UNTITLED)
    note = f' <span class="note">{OF_ORIGINAL}</span>' if is_of_original(metadata) else ""
    return (
        '<tr role="row"><th class="title" scope="row" role="rowheader">'
        f'<a class="cite" href="{link}">{title}</a>{_about(metadata)}</th>'
        f'<td class="publisher" role="cell">{escape(publisher_line(metadata))}</td>'
        f'<td class="date" role="cell">{escape(dated_line(metadata))}{note}</td>'
        f"{_count(entry.words, 'word')}{_count(len(entry.rows), 'passage')}</tr>"
    )


def _about(metadata: Metadata) -> str:
    brief = brief_line(metadata)
    if brief is None:
        return ""
    told = f"{brief} {original_title(metadata)}{about_line(metadata)}"
    return f'<span class="original">{escape(told)}</span>'


def _count(number: int, noun: str) -> str:
    """A number, with its noun for where no head of a column stands above it."""
    unit = counted(number, noun).partition(" ")[2]
    return (
        f'<td class="count" role="cell">{number:,}'
        f'<span class="unit" aria-hidden="true"> {unit}</span></td>'
    )


def _pages(listing: ArticleList) -> str:
    if listing.pages == 1:
        return ""
    before = _page(listing, listing.page - 1, PREVIOUS)
    after = _page(listing, listing.page + 1, NEXT)
    return (
        f'<div class="pages" role="navigation" aria-label="{PAGES}">{before}'
        f"<span>{page_line(listing)}</span>{after}</div>"
    )


def _page(listing: ArticleList, page: int, words: str) -> str:
    if not 1 <= page <= listing.pages:
        return ""
    link = _address(listing, by=listing.order, descending=listing.descending, page=page)
    return f'<a href="{escape(link)}">{words}</a>'
