"""A closer reading of a leading passage: which sentence answers, and how well it matches.

A passage mixes subjects; the one sentence that answers is often far nearer to the question than
the passage around it. Words are compared in the context of the passage, so that a sentence that
says "it" is still known to speak of the trams.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus import Passage, Span
from index import WordVectors, terms, terms_with_starts
from retrieval.questions.expected import has_expected
from retrieval.ranking.query import Query

# Of a late interaction. Vectors in bytes tell no more, and the last bits of a product of matrices
# depend on where in it a word stands: equal words are to match equally.
LATE_DECIMALS = 4
# What a sentence gains where it has the number, date or name that the question asks for, and
# loses where it has none, beside a late interaction of 0 to 1. First highlights that hold the
# answer, right paragraph given, on SQuAD 2 (1,000 questions) and CLAP NQ (299): .890 and .756
# without it, .898 and .786 with it.
_EXPECTED = 0.08
# A second sentence is marked where it matches nearly as well as the first: the share of the
# first one's match that it needs.
_NEARLY_AS_WELL = 0.6
# By words alone, a second sentence is marked for what the first one lacks: at least this share
# of the question's information.
_WORTH_A_SECOND = 0.25


@dataclass(frozen=True, slots=True)
class Reading:
    """How a passage matches a question.

    terms: of the passage's sentences. title_terms: of its article's title.
    matches: of each of its sentences: the late interaction, or by words alone the share of the
        question's information in it; 0 to 1. match: of its best sentence.
    sentence_coverage: the largest share of the question's information that one sentence holds.
    has_expected: whether the best sentence has what the question asks for (a number, a date, a
        name); None where the question does not say.
    highlights: one or two sentences, best first; none where neither words nor vectors tell.
    """

    passage: Passage
    terms: frozenset[str]
    title_terms: frozenset[str]
    match: float
    matches: tuple[float, ...]
    sentence_coverage: float
    has_expected: bool | None
    highlights: tuple[Span, ...]

    @property
    def terms_in_context(self) -> frozenset[str]:
        """Of the passage and of the title above it."""
        return self.terms | self.title_terms


def read_closely(passage: Passage, row: int, query: Query, words: WordVectors | None) -> Reading:
    """The reading of the passage of `row`. Without `words`, or where the query has none, by the
    question's terms alone."""
    text = passage.article.text
    sentences = [sentence.of(text) for sentence in passage.sentences]
    found, starts = terms_with_starts(passage.text)
    title = terms(passage.article.metadata.title or "")
    # Of each sentence its first term, and behind the last one the end.
    begins = [sentence.start - passage.span.start for sentence in passage.sentences]
    firsts = [*np.searchsorted(starts, begins).tolist(), len(found)]
    held = [frozenset(found[first:end]) for first, end in pairwise(firsts)]
    coverages = np.array([query.coverage(found) for found in held])
    if words is not None and query.words is not None and len(query.words):
        cosines = words.cosines(query.words, row)[:, len(title) :]
        matches = _late_interactions(cosines, firsts, query)
        is_late = True
    else:
        matches, is_late = coverages, False
    kind, asked = query.expected, frozenset(query.idf)
    fits = [kind is not None and has_expected(sentence, kind, asked) for sentence in sentences]
    signs = np.where(fits, 1.0, -1.0) if kind else np.zeros(len(fits))
    ratings = matches + _EXPECTED * signs
    best = int(np.argmax(ratings))
    marked = _nearly_as_good(ratings) if is_late else _by_words(held, coverages, query)
    return Reading(
        passage=passage,
        terms=frozenset().union(*held),
        title_terms=frozenset(title),
        match=float(matches[best]),
        matches=tuple(matches.tolist()),
        sentence_coverage=float(coverages.max()),
        has_expected=fits[best] if kind else None,
        highlights=tuple(passage.sentences[number] for number in marked),
    )


def _late_interactions(
    cosines: NDArray[np.float32], firsts: Sequence[int], query: Query
) -> NDArray[np.float64]:
    """For each sentence the best cosine of each of the question's words with a word of it,
    weighted by idf; 0 where it has no word.

    cosines: shape (the question's words, the passage's). firsts: the first word of each sentence,
        and the end of the last.
    """
    matches = np.zeros(len(firsts) - 1)
    for number, (first, end) in enumerate(pairwise(firsts)):
        mine = cosines[:, first:end]
        if mine.shape[1]:
            matches[number] = float(mine.max(axis=1) @ query.word_weights)
    return np.round(matches, LATE_DECIMALS)


def _nearly_as_good(ratings: NDArray[np.float64]) -> list[int]:
    order = np.argsort(-ratings, kind="stable").tolist()
    return [order[0]] + [
        number for number in order[1:2] if ratings[number] >= _NEARLY_AS_WELL * ratings[order[0]]
    ]


def _by_words(
    held: list[frozenset[str]], coverages: NDArray[np.float64], query: Query
) -> list[int]:
    best = int(np.argmax(coverages))
    if not coverages[best]:
        return []
    added = [query.coverage(found - held[best]) for found in held]
    second = int(np.argmax(added))
    return [best, second] if added[second] >= _WORTH_A_SECOND else [best]
