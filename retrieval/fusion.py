"""One ranking out of several, by score."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import fsum

from index import Ranking


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
        for row, score in _normalised(side.ranking).items():
            shares.setdefault(row, []).append(side.weight * score)
    fused = {row: fsum(parts) for row, parts in shares.items()}  # exact, so order cannot matter
    rows = sorted(fused, key=lambda row: (-fused[row], row))
    return Ranking(tuple(rows), tuple(fused[row] for row in rows))


def _normalised(ranking: Ranking) -> dict[int, float]:
    if not ranking.scores:
        return {}
    low, high = min(ranking.scores), max(ranking.scores)
    if low == high:
        return dict.fromkeys(ranking.rows, 1.0)
    return {row: (score - low) / (high - low) for row, score in ranking.by_row().items()}
