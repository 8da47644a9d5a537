"""Mentions as CSV (RFC 4180), for spreadsheets."""

from __future__ import annotations

import csv
import io
import re

from corpus import Metadata
from interface.rendering.wording import about_line, brief_line, original_title
from retrieval import Mentions

COLUMNS = (
    "article_id", "title", "publisher", "published", "url", "page", "start", "end", "sha256",
    "sentence",
)  # fmt: skip

# What a spreadsheet takes for a formula and runs, and what would be taken for it once more after
# an apostrophe was removed.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def mentions_csv(mentions: Mentions) -> str:
    """One line for each mention under a line of column names.

    A field that a spreadsheet would run gets an apostrophe in front, so that a cell never computes
    what an article says; see docs/mentions.md. A brief's title says what it is about, and its
    address is the original's.
    """
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(COLUMNS)
    for group in mentions.by_article:
        article = group.article
        metadata = article.metadata
        for mention in group.mentions:
            fields = (
                article.article_id,
                _title(metadata),
                metadata.publisher,
                metadata.published,
                _address(metadata),
                str(article.page_at(mention.span.start) or ""),
                str(mention.span.start),
                str(mention.span.end),
                article.sha256,
                mention.span.of(article.text),
            )
            lines.writerow(_inert(field or "") for field in fields)
    return written.getvalue()


def _title(metadata: Metadata) -> str | None:
    brief = brief_line(metadata)
    if brief is None:
        return metadata.title
    return f"{brief} {original_title(metadata)}{about_line(metadata)}"


def _address(metadata: Metadata) -> str | None:
    if metadata.kind == "brief":
        return metadata.original.url if metadata.original else None
    return metadata.url


def _inert(field: str) -> str:
    return f"'{field}" if _FORMULA.match(field) else field
