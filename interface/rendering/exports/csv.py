"""A conversation as CSV (RFC 4180), for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interface.rendering.cells import address_of, csv_table, titled
from interface.rendering.exports.exchange import Exchange
from interface.rendering.speaking import speaker_lines
from interface.rendering.wording import PASSAGE_SUPPORT, permalink
from retrieval import Answer, Citation

COLUMNS = (
    "question", "support", "number", "article_id", "title", "publisher", "published", "author",
    "url", "page", "start", "end", "sha256", "permalink", "text", "speakers",
)  # fmt: skip


def conversation_csv(exchanges: Sequence[Exchange]) -> str:
    """One line for each citation under a line of column names; an answer without one has a line
    with its question and the support "none".

    Fields are made inert as those of mentions are. A brief's title says what it is about, its
    address and author are its original's.
    """
    return csv_table(COLUMNS, (row for exchange in exchanges for row in _rows(exchange.answer)))


def _rows(answer: Answer) -> Iterator[tuple[str | None, ...]]:
    if answer.abstained:
        yield (answer.question, PASSAGE_SUPPORT["none"], *[None] * (len(COLUMNS) - 2))
    for citation in answer.citations:
        yield (answer.question, *_fields(citation))


def _fields(citation: Citation) -> tuple[str | None, ...]:
    article, passage = citation.article, citation.passage
    metadata = article.metadata
    source = metadata.original if metadata.original and metadata.kind == "brief" else metadata
    return (
        PASSAGE_SUPPORT[citation.support],
        str(citation.number),
        article.article_id,
        titled(metadata),
        metadata.publisher,
        metadata.published,
        source.author,
        address_of(metadata),
        str(article.page_at(passage.span.start) or ""),
        str(passage.span.start),
        str(passage.span.end),
        article.sha256,
        permalink(article, passage.span),
        passage.text,
        " | ".join(line.told for line in speaker_lines(citation)),
    )
