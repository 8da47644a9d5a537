"""From a question to a ranking of passages, by one method or another.

`hybrid` is what answers are made from; the others are what it is compared with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from index import Encoder, Filter, Ranking, Rankings, SearchIndex
from retrieval.fusion import Weighted, best_first, convex_combination, reciprocal_rank_fusion
from retrieval.question import Question
from retrieval.reading import Reading, WordEvidence, read_closely, word_evidence

Method = Literal["lexical", "dense", "rrf", "hybrid"]
METHODS: tuple[Method, ...] = get_args(Method)

# Candidates that each side brings to the fusion.
_CANDIDATES = 100
# How many of the fused candidates are read at all, unless more are asked for. At 20, reading
# takes a tenth of an answer.
_EXAMINED = 20
# How many of those have a sentence encoded for them, half of the time that an answer takes.
_READ_CLOSELY = 3
# The share of words in the fused score. nDCG@10 on up to 500 answerable questions of each set:
#              words  vectors  RRF k=60   .30   .40   .50
# TREC QA       .626     .669      .685  .702  .710  .702
# RealTime QA   .658     .759      .742  .788  .781  .768
# SQuAD 2       .912     .815      .896  .910  .924  .927
# CLAP NQ       .898     .984      .950  .989  .989  .977
# MultiHop-RAG  .738     .680      .775  .784  .802  .807
# Cranfield     .531     .506      .561  .552  .560  .563
_LEXICAL_WEIGHT = 0.4
# What a sentence that holds all of the question's words is worth beside a fused score of 0 to 1.
# nDCG@10 at .0, .3 and .5, sets as above: .710 .721 .724, .781 .779 .771, .924 .937 .946,
# .989 .984 .978, .802 .804 .803, .560 .566 .568. The cosine of that sentence is worth its own
# value: with it SQuAD 2 gains another .014, TREC QA loses .005, the others move by less.
_SENTENCE_WORDS = 0.3


@dataclass(frozen=True, slots=True)
class HybridRanking:
    """ranking: the candidates of both sides with their scores, best first.
    sides: the rankings by words and by vectors that it was made from.
    leaders: what was read in the leading passages, by row; of articles that share a passage only
        the row that ranks best.
    """

    ranking: Ranking
    sides: Rankings
    leaders: Mapping[int, tuple[WordEvidence, Reading]]


def rank(
    question: Question,
    vector: NDArray[np.float32] | None,
    index: SearchIndex,
    encoder: Encoder | None,
    method: Method,
    k: int,
) -> Ranking:
    """The rows that `method` finds, best first: at least `k`, or all that it can find.

    vector: of the question, norm 1, shape (dimensions,); None leaves the dense side empty.
    Reciprocal rank fusion is that of the best `k` rows of each side.
    """
    match method:
        case "lexical":
            return index.search(None, question.terms, k).lexical
        case "dense":
            return index.search(vector, (), k).dense
        case "rrf":
            sides = index.search(vector, question.terms, k)
            return reciprocal_rank_fusion((sides.lexical, sides.dense))
        case "hybrid":
            ranking = rank_hybrid(question, vector, index, encoder).ranking
            if len(ranking) >= k:
                return ranking
            return _continued(ranking, _fused(index.search(vector, question.terms, k)))


def rank_hybrid(
    question: Question,
    vector: NDArray[np.float32] | None,
    index: SearchIndex,
    encoder: Encoder | None,
    *,
    shown: int = 0,
    chosen: Filter | None = None,
) -> HybridRanking:
    """The candidates of both sides by fused score; the leaders ordered again by how well one of
    their sentences holds the question's words, and the first few by how near that sentence is.

    shown: leaders that are to be shown; the order of the first ones does not depend on it.
    """
    weights = {term: index.postings.idf(term) for term in question.terms}
    sides = index.search(vector, question.terms, _CANDIDATES, chosen)
    fused = _fused(sides)
    score = fused.by_row()
    # The rows of each leading passage, best first: what is read in one holds for its copies.
    rows_of = _leading(fused, index, max(_EXAMINED, shown))
    found = {rows[0]: word_evidence(index.passage(rows[0]), weights) for rows in rows_of}
    for rows in rows_of:
        for row in rows:
            score[row] += _SENTENCE_WORDS * found[rows[0]].sentence_coverage
    rows_of.sort(key=lambda rows: (-score[rows[0]], rows[0]))
    # As many as are read closely, however few are shown: the first must not depend on that.
    read = rows_of[: max(shown, _READ_CLOSELY)]
    evidence = [found[rows[0]] for rows in read]
    readings = read_closely(evidence[:_READ_CLOSELY], weights, vector, encoder)
    readings += read_closely(evidence[_READ_CLOSELY:], weights, None, None)
    leaders = {}
    for rows, held, reading in zip(read, evidence, readings, strict=True):
        leaders[rows[0]] = (held, reading)
        for row in rows:
            score[row] += reading.cosine or 0.0
    return HybridRanking(best_first(score), sides, leaders)


def _fused(sides: Rankings) -> Ranking:
    return convex_combination(
        (Weighted(sides.lexical, _LEXICAL_WEIGHT), Weighted(sides.dense, 1 - _LEXICAL_WEIGHT))
    )


def _leading(fused: Ranking, index: SearchIndex, most: int) -> list[list[int]]:
    """The leading `most` passages, each with its rows, best first: an agency's story that many
    articles carry leaves room for others."""
    rows_of: dict[str, list[int]] = {}
    for row in fused.rows:
        if len(rows_of) == most:
            break
        _, passage_id, _ = index.catalogue.passage(row)
        rows_of.setdefault(passage_id, []).append(row)
    return list(rows_of.values())


def _continued(leaders: Ranking, deeper: Ranking) -> Ranking:
    """`leaders`, and below them those of `deeper` that they lack, in its order."""
    known = set(leaders.rows)
    rest = [(row, score) for row, score in deeper.by_row().items() if row not in known]
    lowest = leaders.scores[-1] if leaders.scores else 0.0
    highest = rest[0][1] if rest else 0.0
    return Ranking(
        leaders.rows + tuple(row for row, _ in rest),
        leaders.scores + tuple(lowest - highest + score for _, score in rest),
    )
