"""The gate: no measure of the answers on the starter collection is below its floor."""

from __future__ import annotations

import pytest

from tests.quality.floors import read_floors, shortfall, staleness
from tests.quality.measures import (
    FIDELITY,
    MEASURES,
    Scores,
    answers_to,
    float32_encoder,
    means,
    scores_of,
)
from tests.quality.questions import data_hash, read_briefs, read_questions


@pytest.fixture(scope="module")
def scores() -> Scores:
    """Of every question, asked once."""
    asked = read_questions()
    return scores_of(asked, answers_to(asked, float32_encoder()), read_briefs())


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
