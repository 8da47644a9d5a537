"""A closer reading of the leading passages: which sentence answers, and how near it is.

A passage mixes subjects, and its vector is their average; the one sentence that answers is
often far nearer to the question than the passage around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Passage, Span
from index import Encoder, terms

# A second sentence is marked only for what the first one lacks: at least this share of the
# weight of the question's terms.
_WORTH_A_SECOND = 0.25
# Sentences that are encoded for a passage that has none of the question's words.
_MOST_ENCODED = 4


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """How the question's words stand in a passage.

    by_sentence: each sentence with the question's terms in it, in the order of the text.
    coverage: the idf of the terms that the passage holds over the idf of all, 0 to 1.
    sentence_coverage: the same for its best sentence.
    """

    passage: Passage
    by_sentence: tuple[tuple[Span, frozenset[str]], ...]
    coverage: float
    sentence_coverage: float


@dataclass(frozen=True, slots=True)
class Reading:
    """highlights: one or two sentences that match best, in the order of the text; none where
        neither words nor vectors tell.
    cosine: of the best sentence with the question; None without vectors.
    """

    highlights: tuple[Span, ...]
    cosine: float | None


def word_evidence(passage: Passage, weights: Mapping[str, float]) -> WordEvidence:
    """weights: the question's terms with their idf."""
    text = passage.article.text
    by_sentence = tuple(
        (sentence, frozenset(weights.keys() & terms(sentence.of(text))))
        for sentence in passage.sentences
    )
    total = sum(weights.values())
    held = frozenset().union(*(found for _, found in by_sentence))
    best = max(_weight(found, weights) for _, found in by_sentence)
    return WordEvidence(
        passage=passage,
        by_sentence=by_sentence,
        coverage=_weight(held, weights) / total if total else 0.0,
        sentence_coverage=best / total if total else 0.0,
    )


def read_closely(
    found: Sequence[WordEvidence],
    weights: Mapping[str, float],
    vector: NDArray[np.float32] | None,
    encoder: Encoder | None,
) -> list[Reading]:
    """The readings of the passages in `found`, in its order.

    Only the sentence that is best by words is encoded, or, where the passage has none of the
    question's words, its first sentences. All of them in one call.
    """
    candidates = [_candidates(evidence, weights) for evidence in found]
    if vector is None or encoder is None:
        return [
            Reading(_highlights(evidence, weights, sentences[0]) if evidence.coverage else (), None)
            for evidence, sentences in zip(found, candidates, strict=True)
        ]
    strings = [
        sentence.of(evidence.passage.article.text)
        for evidence, sentences in zip(found, candidates, strict=True)
        for sentence in sentences
    ]
    cosines = iter((encoder.encode(strings) @ vector).tolist() if strings else [])
    readings = []
    for evidence, sentences in zip(found, candidates, strict=True):
        cosine, best = max(
            ((next(cosines), sentence) for sentence in sentences),
            key=lambda scored: (scored[0], -scored[1].start),
        )
        readings.append(Reading(_highlights(evidence, weights, best), cosine))
    return readings


def _candidates(evidence: WordEvidence, weights: Mapping[str, float]) -> list[Span]:
    if not evidence.coverage:
        return [sentence for sentence, _ in evidence.by_sentence[:_MOST_ENCODED]]
    return [max(evidence.by_sentence, key=lambda s: (_weight(s[1], weights), -s[0].start))[0]]


def _highlights(
    evidence: WordEvidence, weights: Mapping[str, float], best: Span
) -> tuple[Span, ...]:
    found = next(held for sentence, held in evidence.by_sentence if sentence == best)
    rest = [(s, held - found) for s, held in evidence.by_sentence if s != best]
    chosen = [best]
    if rest:
        second, added = max(rest, key=lambda s: (_weight(s[1], weights), -s[0].start))
        if added and _weight(added, weights) >= _WORTH_A_SECOND * sum(weights.values()):
            chosen.append(second)
    return tuple(sorted(chosen))


def _weight(found: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights[term] for term in sorted(found))
