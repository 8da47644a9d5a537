"""Mentions as CSV (RFC 4180), for spreadsheets."""

from __future__ import annotations

from corpus import Article
from interface.rendering.cells import address_of, csv_table, titled
from retrieval import Mention, Mentions

COLUMNS = (
    "article_id", "title", "publisher", "published", "url", "page", "start", "end", "sha256",
    "sentence",
)  # fmt: skip


def mentions_csv(mentions: Mentions) -> str:
    """One line for each mention under a line of column names.

    A brief's title says what it is about, and its address is the original's.
    """
    return csv_table(
        COLUMNS,
        (
            _fields(group.article, mention)
            for group in mentions.by_article
            for mention in group.mentions
        ),
    )


def _fields(article: Article, mention: Mention) -> tuple[str | None, ...]:
    metadata = article.metadata
    return (
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
