"""Levels of support."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.support import answer_support, passage_support

LEVELS = ["none", "related", "strong"]
NEARNESS = st.floats(-1, 1)
COVERAGE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("nearness", "coverage", "level"),
    [
        (0.80, 0.0, "strong"),
        (0.7999, 0.0, "related"),
        (0.67, 0.5, "strong"),
        (0.65, 0.5, "related"),
        (0.53, 1.0, "strong"),
        (0.51, 1.0, "related"),
        (0.50, 0.0, "related"),
        (0.4999, 0.0, "none"),
        (0.42, 0.5, "related"),
        (0.41, 0.5, "none"),
        (0.36, 0.89, "related"),
        (0.35, 0.89, "none"),
        (-1.0, 0.89, "none"),
        (-1.0, 0.9, "related"),
        (0.33, 1.0, "related"),
        (1.0, 1.0, "strong"),
    ],
)
def test_levels_by_nearness_and_coverage(nearness: float, coverage: float, level: str) -> None:
    """nearness + .28 coverage from .80 on is strong, nearness + coverage / 6 from .50 on or nine
    tenths of the question's information is related, anything else is none."""
    assert passage_support(nearness, coverage) == level


@pytest.mark.parametrize(
    ("coverage", "level"),
    [(0.0, "none"), (0.3999, "none"), (0.40, "related"), (0.7, "related"), (1.0, "related")],
)
def test_levels_by_words_alone(coverage: float, level: str) -> None:
    """Without vectors a passage with two fifths of the question's information is related, and
    even one with all of it is no likely answer."""
    assert passage_support(None, coverage) == level


@given(NEARNESS, NEARNESS, COVERAGE, COVERAGE)
def test_more_evidence_is_never_less_support(
    nearness: float, other: float, coverage: float, further: float
) -> None:
    """The level does not fall when nearness and coverage rise."""
    low = passage_support(min(nearness, other), min(coverage, further))
    high = passage_support(max(nearness, other), max(coverage, further))
    assert LEVELS.index(low) <= LEVELS.index(high)


@pytest.mark.parametrize(
    ("citations", "level"),
    [
        ([], "none"),
        (["related"], "related"),
        (["strong"], "strong"),
        (["related", "strong", "related"], "strong"),
        (["related", "related"], "related"),
    ],
    ids=["no citation", "one related", "one strong", "mixed", "all related"],
)
def test_an_answer_is_as_good_as_its_best_citation(citations: list[str], level: str) -> None:
    """One strong citation makes a strong answer, wherever it stands."""
    assert answer_support(citations) == level
