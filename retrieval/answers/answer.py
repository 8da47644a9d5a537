"""An answer: citations and facts about the search. It has no field for prose, on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus import Article, Passage, Span

# strong: worded on the page as "likely answer". related: near the subject. none: neither.
Support = Literal["strong", "related", "none"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place where the same words stand."""

    article_id: str
    sha256: str
    span: Span


@dataclass(frozen=True, slots=True)
class Scores:
    """Why a passage was found: its BM25 score, its cosine, the late interaction of its words with
    the question's, and all of them fused.

    A side that did not find the passage among its candidates is None, and so is late interaction
    without vectors of words. For the "why this
    passage" detail only: they compare passages of one answer and mean nothing beyond it.
    """

    lexical: float | None
    dense: float | None
    late: float | None
    fused: float


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage with its source.

    number: from 1, in the order shown.
    highlights: the sentences that match the question best, best first, inside the passage.
    elsewhere: other places with the same words, or nearly the same ones; by article_id.
    """

    number: int
    passage: Passage
    support: Support
    highlights: tuple[Span, ...]
    elsewhere: tuple[Elsewhere, ...]
    scores: Scores

    def __post_init__(self) -> None:
        if not all(self.passage.span.contains(highlight) for highlight in self.highlights):
            raise ValueError(f"a highlight lies outside passage {self.passage.passage_id}")

    @property
    def article(self) -> Article:
        return self.passage.article


@dataclass(frozen=True, slots=True)
class Scope:
    """What was searched.

    earliest, latest: dates of its articles, ISO 8601 at the precision that is known; None where
        no article has a date.
    absent_terms: words of the question that occur nowhere in the collection.
    """

    articles: int
    passages: int
    earliest: str | None
    latest: str | None
    absent_terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which generation answered. parts: how much of each is built, from 0 to 1."""

    generation: str
    built: str
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one question.

    searched_for: the question as it was searched. taken_over: what it took from earlier ones.
    citations: best first; empty exactly where support is "none".
    """

    question: str
    searched_for: str
    taken_over: tuple[str, ...]
    support: Support
    citations: tuple[Citation, ...]
    scope: Scope
    index: IndexState

    def __post_init__(self) -> None:
        if (self.support == "none") != (not self.citations):
            raise ValueError("an answer has citations exactly where it has support")

    @property
    def abstained(self) -> bool:
        return self.support == "none"

    @property
    def articles(self) -> int:
        """How many articles are cited."""
        return len({citation.article.article_id for citation in self.citations})
