"""Mentions as CSV (RFC 4180), for spreadsheets."""

from __future__ import annotations

import csv
import io

from interface.rendering.cells import address_of, inert, titled
from retrieval import Mentions

COLUMNS = (
    "article_id", "title", "publisher", "published", "url", "page", "start", "end", "sha256",
    "sentence",
)  # fmt: skip


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
                titled(metadata),
                metadata.publisher,
                metadata.published,
                address_of(metadata),
                str(article.page_at(mention.span.start) or ""),
                str(mention.span.start),
                str(mention.span.end),
                article.sha256,
                mention.span.of(article.text),
            )
            lines.writerow(inert(field or "") for field in fields)
    return written.getvalue()
