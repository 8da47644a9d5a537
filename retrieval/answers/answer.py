"""An answer: citations and facts about the search. It has no field for prose, on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus import Article, Metadata, Passage, Quotation, Span
from retrieval.answers.cautions import Caution
from retrieval.choosing.support import Support


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place where the same words stand.

    whole: whether those of the whole passage do, exactly or nearly; else those of one of its
        highlighted sentences.
    earliest: of the cluster of its article, that itself where it has no near-copy; empty where
        it is not known, as in an answer that was exported.
    """

    article_id: str
    sha256: str
    span: Span
    whole: bool = True
    earliest: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that are nearly one text.

    earliest: the first of them by date, undated ones last, then by id. metadata: its source.
    articles: how many they are, two at least.
    """

    earliest: str
    metadata: Metadata
    articles: int


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
    elsewhere: other places where the passage stands, or one of its highlights; by the articles'
        dates, undated ones last, then by article_id and span.
    cluster: of its article; None where that has no near-copy.
    quotations: those of the article that the passage has a part of, in the order of the text.
    cautions: words of the highlights that deny, allege, or set a condition.
    """

    number: int
    passage: Passage
    support: Support
    highlights: tuple[Span, ...]
    elsewhere: tuple[Elsewhere, ...]
    scores: Scores
    cluster: Cluster | None = None
    quotations: tuple[Quotation, ...] = ()
    cautions: tuple[Caution, ...] = ()

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
    """Which generation answered.

    parts: how much of each is built, from 0 to 1. Vectors are used from 1.
    vectors: whether the generation has them ("ready"), a build is still at work on them
        ("building"), or was stopped before they were there ("stopped"); "none" where it was built
        to have none.
    """

    generation: str
    built: str
    parts: dict[str, float]
    vectors: Literal["ready", "building", "stopped", "none"] = "ready"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one question.

    searched_for: the question as it was searched. taken_over: what it took from earlier ones.
    speaker: whose words come first, in the question's own words; None where it asks for nobody's,
        or nobody of that name says anything on it.
    left_out: its words that take a side, where it has two.
    citations: best first; empty exactly where support is "none".
    """

    question: str
    searched_for: str
    taken_over: tuple[str, ...]
    support: Support
    citations: tuple[Citation, ...]
    scope: Scope
    index: IndexState
    speaker: str | None = None
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.support == "none") != (not self.citations):
            raise ValueError("an answer has citations exactly where it has support")

    @property
    def abstained(self) -> bool:
        return self.support == "none"

    @property
    def articles(self) -> int:
        """In how many articles the passages that are cited stand: the articles cited, and every
        other one that has such a passage whole."""
        return len(self._texts())

    @property
    def distinct_texts(self) -> int:
        """How many these are when near-copies count once."""
        return len(set(self._texts().values()))

    def _texts(self) -> dict[str, str]:
        """article_id to the earliest article of its cluster."""
        texts = {}
        for citation in self.citations:
            own, cluster = citation.article.article_id, citation.cluster
            texts[own] = cluster.earliest if cluster else own
            for place in citation.elsewhere:
                if place.whole:
                    texts[place.article_id] = place.earliest or place.article_id
        return texts
