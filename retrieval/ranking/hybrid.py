"""From a question to a ranking of passages, by one method or another.

`hybrid` is what answers are made from; the others are what it is compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from corpus import Metadata
from index import Filter, Ranking, Rankings, SearchIndex, terms
from retrieval.ranking.fusion import (
    Weighted,
    best_first,
    convex_combination,
    normalised,
    reciprocal_rank_fusion,
)
from retrieval.ranking.query import Query
from retrieval.ranking.reading import LATE_DECIMALS, Reading, read_closely

Method = Literal["lexical", "dense", "rrf", "hybrid"]
METHODS: tuple[Method, ...] = get_args(Method)

# Candidates that each side brings to the fusion.
_CANDIDATES = 100
# How many of the fused passages are compared word by word, and how many of those are ordered by
# their best sentence.
_COMPARED = 50
_READ = 20

# Weights beside a fused score of 0 to 1. nDCG@10, up to 500 questions of each set
# (python -m tests.benchmarks.ranking):
#                      TREC QA  RealTime  SQuAD 2  CLAP NQ  MultiHop  Cranfield   mean
# words                   .626      .661     .901     .877      .737       .514   .719
# vectors                 .670      .759     .824     .983      .679       .515   .738
# RRF, k=60               .675      .748     .889     .963      .775       .545   .766
# fused by score          .709      .785     .912     .987      .793       .553   .790
# and late interaction    .746      .790     .937     .987      .802       .567   .805
# and all below           .784      .787     .942     .986      .830       .566   .816
# all but word vectors    .759      .777     .929     .984      .825       .562   .806
# Weights that a search chose on five of the sets gave the sixth, each in turn, a mean of .810.
_LEXICAL_WEIGHT = 0.35
_LATE = 0.75
_BEST_SENTENCE = 0.5
_EXPECTED = 0.2
_TITLE = 0.2
_PUBLISHER = 0.5
# Without word vectors: a sentence that holds all of the question's words.
_SENTENCE_WORDS = 0.4
# Capitals that begin a publisher's name and name more than the publisher.
_PLACES = frozenset(["EU", "UK", "UN", "US", "USA"])
# A question of more terms than this describes rather than asks, and late interaction, which looks
# at each word by itself, counts in proportion less.
_SHORT = 8


@dataclass(frozen=True, slots=True)
class HybridRanking:
    """ranking: the candidates of both sides with their scores, best first.
    sides: the rankings by words and by vectors that it was made from.
    late: the late interaction of the rows that were compared word by word, 0 to 1.
    leaders: the reading of the leading passages, by row, best first; of articles that share a
        passage only the row that ranks best.
    """

    ranking: Ranking
    sides: Rankings
    late: Mapping[int, float]
    leaders: Mapping[int, Reading]


def rank(query: Query, index: SearchIndex, method: Method, k: int) -> Ranking:
    """The rows that `method` finds, best first: at least `k`, or all that it can find.

    Reciprocal rank fusion is that of the best `k` rows of each side.
    """
    terms_asked = query.question.terms
    match method:
        case "lexical":
            return index.search(None, terms_asked, k).lexical
        case "dense":
            return index.search(query.vector, (), k).dense
        case "rrf":
            sides = index.search(query.vector, terms_asked, k)
            return reciprocal_rank_fusion((sides.lexical, sides.dense))
        case "hybrid":
            ranking = rank_hybrid(query, index).ranking
            if len(ranking) >= k:
                return ranking
            return _continued(ranking, _fused(index.search(query.vector, terms_asked, k)))


def rank_hybrid(
    query: Query,
    index: SearchIndex,
    *,
    read: int = 0,
    chosen: Filter | None = None,
    among: Sequence[int] | None = None,
) -> HybridRanking:
    """The candidates of both sides by fused score; the leaders again by late interaction and
    what their article says of itself; the first of those by their best sentence.

    read: passages that are to be read at least; the order of the first does not depend on it.
    chosen, among: the only articles, and rows, that may be found; None allows all.
    """
    sides = index.search(query.vector, query.question.terms, _CANDIDATES, chosen, among)
    fused = _fused(sides)
    # Of each row its article and its passage.
    named = index.catalogue.named(fused.rows)
    passages = _passages(fused, named)
    compared = [row for rows in passages[:_COMPARED] for row in rows]
    late = late_interaction(query, index, compared)
    score = fused.by_row()
    share = min(1.0, _SHORT / max(len(query.question.terms), 1))
    for row, nearness in normalised(late).items():
        score[row] += _LATE * share * nearness
    for row, bonus in _bonuses(query, index, {row: named[row][0] for row in compared}).items():
        score[row] += bonus
    # What was compared stays above what was not, and what its best sentence moves above the rest.
    by_words = _continued(best_first({row: score[row] for row in compared}), fused)
    in_order = _passages(by_words, named)
    words = index.words if late else None
    to_read = index.passages(rows[0] for rows in in_order[: max(_READ, read)])
    readings = {row: read_closely(passage, row, query, words) for row, passage in to_read.items()}
    leading = in_order[:_READ]
    matches = normalised({rows[0]: readings[rows[0]].match for rows in leading})
    for rows in leading:
        reading = readings[rows[0]]
        gain = _EXPECTED * {True: 1, False: -1, None: 0}[reading.has_expected]
        if late:
            gain += _BEST_SENTENCE * share * matches[rows[0]]
        else:
            gain += _SENTENCE_WORDS * reading.sentence_coverage
        for row in rows:
            score[row] += gain
    # What is read beyond that has a late interaction too, which does not move it.
    late |= late_interaction(
        query, index, [row for rows in passages[_COMPARED:read] for row in rows]
    )
    ranking = best_first({row: score[row] for rows in leading for row in rows})
    ranking = _continued(ranking, by_words)
    leaders = {row: readings[row] for row in ranking.rows if row in readings}
    return HybridRanking(ranking, sides, late, leaders)


def _fused(sides: Rankings) -> Ranking:
    return convex_combination(
        (Weighted(sides.lexical, _LEXICAL_WEIGHT), Weighted(sides.dense, 1 - _LEXICAL_WEIGHT))
    )


def late_interaction(query: Query, index: SearchIndex, rows: Iterable[int]) -> dict[int, float]:
    """For each row the best cosine of each of the question's words with one of the passage's or
    its title's, weighted by idf; empty where there are no word vectors."""
    rows = list(rows)
    if query.words is None or index.words is None or not len(query.words):
        return {}
    best = index.words.best_cosines(query.words, rows) @ query.word_weights
    return dict(zip(rows, np.round(best, LATE_DECIMALS).tolist(), strict=True))


def _bonuses(query: Query, index: SearchIndex, article_of: Mapping[int, str]) -> dict[int, float]:
    """What the articles of the rows add: words of the question in their title, and a publisher
    that the question names."""
    of_article: dict[str, float] = {}
    entries = index.catalogue.entries_of(article_of.values())
    for article_id in set(article_of.values()):
        metadata = entries[article_id].metadata if article_id in entries else Metadata()
        title = frozenset(terms(metadata.title or ""))
        named = any(names_outlet(query.question.text, outlet) for outlet in metadata.outlets)
        of_article[article_id] = _TITLE * query.coverage(title) + _PUBLISHER * named
    return {row: of_article[article_id] for row, article_id in article_of.items()}


def names_outlet(question: str, outlet: str) -> bool:
    """Whether the question has the publisher's name, or the capitals that it is known by: BBC for
    BBC News, but not UK for the UK Supreme Court. Of a name of several words "The" may be
    missing; alone a Times or a Post could be another one's."""
    bare = outlet.removeprefix("The ")
    short = bare.split()[0]
    names = {bare} if " " in bare else {outlet, f"the {bare}"}
    if short.isupper() and len(short) > 1 and short not in _PLACES:
        names.add(short)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question) for name in names)


def _passages(ranking: Ranking, named: Mapping[int, tuple[str, str]]) -> list[list[int]]:
    """The passages of a ranking, each with its rows, best first: an agency's story that many
    articles carry leaves room for others. named: article_id and passage_id of each row."""
    rows_of: dict[str, list[int]] = {}
    for row in ranking.rows:
        _, passage_id = named[row]
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
        # So bracketed that rounding lifts none of them above the lowest.
        leaders.scores + tuple(lowest - (highest - score) for _, score in rest),
    )
