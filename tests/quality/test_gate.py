"""The gate: no measure of the answers on the starter collection is below its floor."""

from __future__ import annotations

import pytest

from tests.quality.floors import read_floors, shortfall, staleness
from tests.quality.measures import (
    FIDELITY,
    MEASURES,
    Scores,
    float32_encoder,
    means,
    measured,
)
from tests.quality.questions import data_hash, read_pairs, read_questions


@pytest.fixture(scope="module")
def scores() -> Scores:
    """Of every question, asked once."""
    _, scores = measured(read_questions(), read_pairs(), float32_encoder())
    return scores


def test_the_floors_were_measured_on_these_questions_and_briefs() -> None:
    """Whoever changes the data measures anew."""
    problem = staleness(read_floors(), data_hash())
    assert problem is None, problem


@pytest.mark.encoder
@pytest.mark.parametrize("measure", [*MEASURES, FIDELITY])
def test_no_measure_is_below_its_floor(scores: Scores, measure: str) -> None:
    """The message names the questions that fail."""
    problem = shortfall(read_floors(), measure, scores[measure], means(scores)[measure])
    assert problem is None, problem
