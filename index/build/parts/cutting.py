"""What follows from the text of one article alone: passages, quotations, terms, fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Article, Passage, Span, passages_of, quotations_of
from index.copies import Fingerprint, fingerprint_for
from index.lexical import terms
from index.store import pack


@dataclass(frozen=True, slots=True)
class Cut:
    """An article, cut up.

    sentences: of each passage, in row order, which is that of the passage_id as a string.
    terms: of each passage, in order, repetitions kept.
    quotations: as `index.store.pack` gives them.
    """

    sentences: tuple[tuple[Span, ...], ...]
    terms: tuple[list[str], ...]
    quotations: str
    fingerprint: Fingerprint

    def passages(self, article: Article) -> list[Passage]:
        """article: the one that was cut."""
        return [Passage(article, spans) for spans in self.sentences]


def cut(article: Article) -> Cut:
    """Cut an article by the rules of today. Nothing depends on its title or its source."""
    passages = sorted(passages_of(article), key=lambda passage: passage.passage_id)
    return Cut(
        sentences=tuple(passage.sentences for passage in passages),
        terms=tuple(terms(passage.text) for passage in passages),
        quotations=pack(quotations_of(article)),
        fingerprint=fingerprint_for(article, passages, {}),
    )


def unquoted_terms(article: Article) -> Iterator[str]:
    """The terms of its title and of its furniture, which are never quoted."""
    yield from terms(article.metadata.title or "")
    for item in article.furniture:
        yield from terms(item.span.of(article.text))


def encoded_string(passage: Passage) -> str:
    """The exact string that is encoded for a passage: its article's title gives it context,
    and is never shown as part of it."""
    title = passage.article.metadata.title
    return f"{title}\n{passage.text}" if title else passage.text
