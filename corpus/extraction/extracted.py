"""What an extractor gives: the text of one article and what the file says about it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Metadata


@dataclass(frozen=True, slots=True)
class Extracted:
    """text: with plain newlines; paragraphs are separated by an empty line, and every page of a
        paged text ends in a form feed (PAGE_END).
    metadata: what the file states, with evidence for what was inferred.
    article_id: the id that the file gives it; None where it gives none.
    """

    text: str
    metadata: Metadata
    article_id: str | None = None
