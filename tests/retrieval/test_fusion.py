"""Fusion: one ranking out of several."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Ranking
from retrieval.ranking.fusion import Weighted, convex_combination, reciprocal_rank_fusion


def ranking(scores: dict[int, float]) -> Ranking:
    rows = sorted(scores, key=lambda row: (-scores[row], row))
    return Ranking(tuple(rows), tuple(scores[row] for row in rows))


SCORES = st.floats(-50, 50, allow_nan=False, width=32)
RANKINGS = st.dictionaries(st.integers(0, 30), SCORES, max_size=12).map(ranking)
SIDES = st.lists(st.builds(Weighted, RANKINGS, st.floats(0, 1, width=32)), max_size=4)


@given(SIDES)
def test_order_of_the_inputs_does_not_matter(sides: list[Weighted]) -> None:
    """Whatever the order of the rankings, the fused one is the same to the last bit."""
    assert len({convex_combination(order) for order in permutations(sides)}) == 1


def test_sums_are_exact() -> None:
    """Weights whose sum depends on the order of adding (.1 + .2 + .3 and .3 + .2 + .1) give one
    score."""
    sides = [Weighted(ranking({1: 5.0}), weight) for weight in (0.1, 0.2, 0.3)]
    assert {convex_combination(order).scores for order in permutations(sides)} == {(0.6,)}


@given(SIDES)
def test_every_row_comes_once(sides: list[Weighted]) -> None:
    """The fused ranking holds each row that any input holds, once, and no other."""
    rows = convex_combination(sides).rows
    assert sorted(rows) == sorted({row for side in sides for row in side.ranking.rows})


@given(SIDES)
def test_scores_descend_and_ties_are_ordered_by_row(sides: list[Weighted]) -> None:
    """Rows come by score, best first, and by number where scores are equal."""
    fused = convex_combination(sides)
    by_score = sorted(zip(fused.rows, fused.scores, strict=True), key=lambda hit: (-hit[1], hit[0]))
    assert by_score == list(zip(fused.rows, fused.scores, strict=True))


@given(SIDES)
def test_scores_lie_between_nothing_and_the_sum_of_the_weights(sides: list[Weighted]) -> None:
    """A normalised score is 0 to 1, so no fused one is below 0 or above all weights together."""
    total = sum(side.weight for side in sides)
    assert all(0 <= score <= total + 1e-9 for score in convex_combination(sides).scores)


def test_two_rankings_by_value() -> None:
    """Each side counts with its weight, normalised between its lowest and highest score."""
    words = Weighted(ranking({7: 12.0, 3: 6.0, 5: 2.0}), 0.4)  # 1, 0.4, 0
    meaning = Weighted(ranking({5: 0.9, 8: 0.7, 7: 0.4}), 0.6)  # 1, 0.6, 0
    fused = convex_combination([words, meaning])
    assert fused.rows == (5, 7, 8, 3)
    assert fused.scores == pytest.approx((0.6, 0.4, 0.36, 0.16))


def test_one_side_alone_decides_where_the_other_weighs_nothing() -> None:
    """With the weights 1 and 0 the first ranking's order and normalised scores remain; rows of
    the other alone come last, with 0."""
    words = ranking({4: 3.0, 9: 2.0, 1: 1.0})
    meaning = ranking({2: 0.8, 9: 0.7, 4: 0.1})
    assert convex_combination([Weighted(words, 1), Weighted(meaning, 0)]) == Ranking(
        (4, 9, 1, 2), (1.0, 0.5, 0.0, 0.0)
    )
    assert convex_combination([Weighted(words, 0), Weighted(meaning, 1)]).rows == (2, 9, 1, 4)


@pytest.mark.parametrize("score", [0.0, -3.5, 1e-30, 41.0], ids=str)
def test_a_single_row_is_the_best_of_its_ranking(score: float) -> None:
    """A ranking of one row has no range, so its row counts as 1, whatever its score."""
    assert convex_combination([Weighted(ranking({6: score}), 0.4)]) == Ranking((6,), (0.4,))


def test_equal_scores_all_count_as_best() -> None:
    """Where a ranking prefers nothing, all of its rows count as 1."""
    tied = Weighted(ranking({3: 2.0, 1: 2.0, 2: 2.0}), 0.5)
    assert convex_combination([tied]) == Ranking((1, 2, 3), (0.5, 0.5, 0.5))


@pytest.mark.parametrize(
    "sides",
    [[], [Weighted(Ranking(), 0.4)], [Weighted(Ranking(), 0.4), Weighted(Ranking(), 0.6)]],
    ids=["no rankings", "one empty", "both empty"],
)
def test_nothing_found_fuses_to_nothing(sides: list[Weighted]) -> None:
    """Empty rankings give an empty one."""
    assert convex_combination(sides) == Ranking()


def test_an_empty_side_leaves_the_other_as_it_is() -> None:
    """A side that found nothing costs the other only its weight."""
    fused = convex_combination([Weighted(Ranking(), 0.4), Weighted(ranking({2: 9.0, 1: 1.0}), 0.6)])
    assert fused == Ranking((2, 1), (0.6, 0.0))


@given(st.lists(RANKINGS, max_size=4))
def test_rrf_is_the_plain_sum(rankings: list[Ranking]) -> None:
    """Each row has the sum of 1 / (60 + rank) over the rankings that hold it, best first, ties by
    row, whatever the order of the rankings."""
    expected: dict[int, float] = {}
    for side in rankings:
        for position, row in enumerate(side.rows):
            expected[row] = expected.get(row, 0.0) + 1 / (60 + position + 1)
    fused = reciprocal_rank_fusion(rankings)
    assert fused.by_row() == pytest.approx(expected)
    assert list(fused.rows) == sorted(fused.rows, key=lambda row: (-fused.by_row()[row], row))
    assert len({reciprocal_rank_fusion(order) for order in permutations(rankings)}) == 1


def test_rrf_by_value() -> None:
    """Scores do not count, places do: first and third against second and second."""
    words = ranking({7: 12.0, 3: 11.9, 5: 2.0})
    meaning = ranking({5: 0.9, 3: 0.2, 8: 0.1})
    fused = reciprocal_rank_fusion([words, meaning])
    assert fused.rows == (5, 3, 7, 8)
    assert fused.scores == pytest.approx((1 / 61 + 1 / 63, 2 / 62, 1 / 61, 1 / 63))
    assert reciprocal_rank_fusion([]) == Ranking()
