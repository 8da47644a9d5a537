"""Every question of a judged collection, ranked by every method and measured.

What is measured is the ranking alone: before support, diversity and the folding of copies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from index import Encoder, Progress, Ranking, SearchIndex
from retrieval.evaluation.judged import JudgedCollection
from retrieval.ranking.hybrid import METHODS, Method, rank
from retrieval.ranking.query import queries_of

# Documents in a ranking; no measure here looks further down.
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Evaluation:
    """rankings: for each method and query id the ids of at most 100 documents, best first.
    measures: for each method nDCG@10, R@100 and RR@10, each 0 to 1: means over the queries.
    """

    rankings: Mapping[Method, Mapping[str, tuple[str, ...]]]
    measures: Mapping[Method, Mapping[str, float]]


def evaluate(
    judged: JudgedCollection, index: SearchIndex, encoder: Encoder | None, progress: Progress
) -> Evaluation:
    """Rank the questions of `judged` by every method. `index` holds its articles.

    encoder: the one that the index was built with; None ranks by words alone.
    """
    if encoder is None:
        queries = queries_of(judged.questions, index, None)
    else:
        texts = {question.text for question in judged.questions.values()}
        with progress.step("Encoding questions", len(texts)) as advance:
            queries = queries_of(judged.questions, index, encoder, advance)
    document_of = [entry.article_id for entry in index.catalogue.entries() for _ in entry.rows]
    rankings: dict[Method, dict[str, tuple[str, ...]]] = {method: {} for method in METHODS}
    with progress.step("Ranking documents", len(judged.questions)) as advance:
        for query_id, query in queries.items():
            for method in METHODS:
                ranked = partial(rank, query, index, method)
                rankings[method][query_id] = documents(ranked, document_of)
            advance(1)
    return Evaluation(
        rankings, {method: measured(rankings[method], judged.judgements) for method in METHODS}
    )


def documents(
    rank_rows: Callable[[int], Ranking], document_of: list[str], depth: int = DEPTH
) -> tuple[str, ...]:
    """The leading `depth` documents, each at the place of its best passage.

    rank_rows: gives the best k rows or more, fewer only if there are no more.
    document_of: the id of each row's document.
    """
    k = 2 * depth
    while True:
        rows = rank_rows(k).rows
        found = tuple(dict.fromkeys(document_of[row] for row in rows))
        if len(found) >= depth or len(rows) < k:
            return found[:depth]
        k *= 2


def measured(
    rankings: Mapping[str, tuple[str, ...]], judgements: Mapping[str, Mapping[str, int]]
) -> dict[str, float]:
    """nDCG@10, R@100 and RR@10 as ir-measures computes them: means over the queries judged, of
    which one without a ranking counts as 0. Relevant is a score of 1 or more."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    # Places and not scores, since the library breaks ties of scores by id.
    run = {
        query: {document: -float(place) for place, document in enumerate(ranking)}
        for query, ranking in rankings.items()
    }
    wanted = (nDCG @ 10, R @ 100, RR @ 10)
    means = ir_measures.calc_aggregate(wanted, judgements, run)
    return {str(measure): float(means[measure]) for measure in wanted}
