"""A question made ready for comparison with passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus import Span
from index import Encoder, SearchIndex, encode_in_windows
from retrieval.questions.expected import Expected, expected_in
from retrieval.questions.question import Question


@dataclass(frozen=True)
class Query:
    """A question with what an index knows of its words.

    idf: of each of its terms in the collection.
    vector: of the whole question, norm 1; None searches by words alone.
    words: vectors of its `question.tokens`, projected as those of the index; float32, shape
        (tokens, axes); None where the index has no word vectors.
    """

    question: Question
    idf: Mapping[str, float]
    vector: NDArray[np.float32] | None
    words: NDArray[np.float32] | None

    @cached_property
    def information(self) -> float:
        """The idf of all terms together."""
        return sum(self.idf.values())

    @cached_property
    def word_weights(self) -> NDArray[np.float32]:
        """The idf of each token's term over that of all tokens; they sum to 1."""
        weights = np.array([self.idf[token.term] for token in self.question.tokens], np.float32)
        return weights / max(float(weights.sum()), float(np.finfo(np.float32).tiny))

    @cached_property
    def expected(self) -> Expected | None:
        """What kind of thing would answer, where the question says so."""
        return expected_in(self.question.text)

    def coverage(self, terms: frozenset[str]) -> float:
        """The share of the question's information that `terms` hold, 0 to 1."""
        if not self.information:
            return 0.0
        return sum(idf for term, idf in self.idf.items() if term in terms) / self.information


def query_of(question: Question, index: SearchIndex, encoder: Encoder | None) -> Query:
    """The query of a question that was just asked; encodes it where the index has vectors."""
    if encoder is None or index.vectors is None:
        return prepared(question, index, None, None)
    spans = [token.span for token in question.tokens]
    encoded = encoder.encode_words([question.text], [spans])
    return prepared(question, index, encoded.vectors[0], encoded.words[0])


def queries_of(
    questions: Mapping[str, Question],
    index: SearchIndex,
    encoder: Encoder | None,
    advance: Callable[[int], None] = lambda done: None,
) -> dict[str, Query]:
    """The queries of many questions, by the same keys in the same order, encoded together.

    advance: called with the number of questions encoded since.
    """
    if encoder is None:
        return {key: prepared(question, index, None, None) for key, question in questions.items()}
    by_text = {question.text: question for question in questions.values()}

    def spans(text: str) -> list[Span]:
        return [token.span for token in by_text[text].tokens]

    ready: dict[str, Query] = {}
    for window, encoded in encode_in_windows(encoder, by_text, spans, advance):
        for text, vector, words in zip(window, encoded.vectors, encoded.words, strict=True):
            ready[text] = prepared(by_text[text], index, vector, words)
    return {key: ready[question.text] for key, question in questions.items()}


def prepared(
    question: Question,
    index: SearchIndex,
    vector: NDArray[np.float32] | None,
    words: NDArray[np.float32] | None,
) -> Query:
    """The query of a question that is already encoded.

    words: the vectors of its tokens as the encoder gives them; None where there are none.
    """
    projected = None
    if words is not None and index.words is not None:
        projected = index.words.projected(words)
    return Query(
        question=question,
        idf={term: index.postings.idf(term) for term in question.terms},
        vector=vector if index.vectors is not None else None,
        words=projected,
    )
