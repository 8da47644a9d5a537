"""One ranking out of several, by score or by rank."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import fsum

from index import Ranking

# The constant of reciprocal rank fusion, as it was published and as everybody compares with it.
_RANK_OFFSET = 60


@dataclass(frozen=True, slots=True)
class Weighted:
    """A ranking and its weight in the fusion."""

    ranking: Ranking
    weight: float


def convex_combination(sides: Collection[Weighted]) -> Ranking:
    """Every row of the rankings with the weighted sum of its normalised scores.

    Scores are normalised between the lowest and the highest of their ranking (0 and 1; 1 where
    all are equal), and a row that a ranking lacks has 0 there: Bruch, Gai and Ingber 2023, "An
    Analysis of Fusion Functions for Hybrid Retrieval". Does not depend on the order of the
    rankings; equal sums are ordered by row.
    """
    shares: dict[int, list[float]] = {}
    for side in sides:
        for row, score in normalised(side.ranking.by_row()).items():
            shares.setdefault(row, []).append(side.weight * score)
    return _summed(shares)


def reciprocal_rank_fusion(rankings: Collection[Ranking]) -> Ranking:
    """Every row of the rankings with the sum of 1 / (60 + its rank), ranks counted from 1.

    A row that a ranking lacks has 0 there: Cormack, Clarke and Buettcher 2009, "Reciprocal Rank
    Fusion outperforms Condorcet and individual Rank Learning Methods". Does not depend on the
    order of the rankings; equal sums are ordered by row.
    """
    shares: dict[int, list[float]] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking.rows, start=1):
            shares.setdefault(row, []).append(1 / (_RANK_OFFSET + rank))
    return _summed(shares)


def best_first(scores: Mapping[int, float]) -> Ranking:
    """The ranking of rows with these scores."""
    rows = sorted(scores, key=lambda row: (-scores[row], row))
    return Ranking(tuple(rows), tuple(scores[row] for row in rows))


def _summed(shares: Mapping[int, list[float]]) -> Ranking:
    # Sums are exact, so that the order of the rankings cannot matter.
    return best_first({row: fsum(parts) for row, parts in shares.items()})


def normalised(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores by row between 0 for the lowest and 1 for the highest; 1 where all are equal."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if low == high:
        return dict.fromkeys(scores, 1.0)
    return {row: (score - low) / (high - low) for row, score in scores.items()}
