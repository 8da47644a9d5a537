"""Floors: they rise freely, sink only by a flag, and belong to the data they were measured on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quality.floors import (
    FLOORS,
    Floors,
    LoweringRefused,
    raised,
    read_floors,
    shortfall,
    staleness,
    write_floors,
)
from tests.quality.measures import FIDELITY, MEASURES

STORED = Floors("old", {"nDCG@10": 0.8, "answered as strong": 0.6})
MEASURED = {"nDCG@10": 0.8127, "answered as strong": 0.6, FIDELITY: 1.0}


def test_a_floor_rises_to_the_measured_value_rounded_down() -> None:
    """To three places, with the hash of the data."""
    assert raised(STORED, MEASURED, "new") == Floors(
        "new", {"nDCG@10": 0.812, "answered as strong": 0.6}
    )


def test_first_floors_need_none_before() -> None:
    assert raised(None, MEASURED, "new").floors["nDCG@10"] == 0.812


def test_a_lower_floor_is_refused_without_the_flag() -> None:
    """Also where another rises and where the data has changed; the message names both values."""
    with pytest.raises(LoweringRefused, match=r"answered as strong from 0\.600 to 0\.599.*--lower"):
        raised(STORED, MEASURED | {"answered as strong": 0.5999}, "new")


def test_a_floor_may_not_vanish_without_the_flag() -> None:
    with pytest.raises(LoweringRefused, match="answered as strong: gone"):
        raised(STORED, {"nDCG@10": 0.9, FIDELITY: 1.0}, "old")


def test_the_flag_lowers_a_floor() -> None:
    lowered = raised(STORED, MEASURED | {"nDCG@10": 0.5}, "new", may_lower=True)
    assert lowered.floors["nDCG@10"] == 0.5


@pytest.mark.parametrize("may_lower", [False, True])
def test_no_flag_lowers_citation_fidelity(*, may_lower: bool) -> None:
    """Nothing is stored while one citation is not word for word."""
    with pytest.raises(LoweringRefused, match=FIDELITY):
        raised(STORED, MEASURED | {FIDELITY: 0.9999}, "new", may_lower=may_lower)


def test_citation_fidelity_is_never_stored(tmp_path: Path) -> None:
    """Its floor is a constant; a file that gives one is refused."""
    assert FIDELITY not in raised(STORED, MEASURED, "new").floors
    assert STORED.floor(FIDELITY) == 1.0
    edited = tmp_path / "floors.json"
    edited.write_text(f'{{"data": "old", "floors": {{"{FIDELITY}": 0.5}}}}')
    with pytest.raises(ValueError, match="not stored"):
        read_floors(edited)


def test_the_stored_floors_are_those_of_all_measures() -> None:
    assert sorted(read_floors(FLOORS).floors) == sorted(MEASURES)


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_floors(STORED, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == STORED


@given(st.floats(0, 1))
def test_what_was_measured_passes_its_own_floor(value: float) -> None:
    """And measuring the same again lowers nothing."""
    floors = raised(None, {"nDCG@10": value, FIDELITY: 1.0}, "new")
    assert shortfall(floors, "nDCG@10", {"Who?": value}, value) is None
    assert raised(floors, {"nDCG@10": value, FIDELITY: 1.0}, "new") == floors


def test_a_measure_below_its_floor_names_the_questions_that_fail_worst_first() -> None:
    scores = {"Who?": 0.6, "When?": 1.0, "Where?": 0.0}
    problem = shortfall(STORED, "nDCG@10", scores, 0.5333)
    assert problem == ("nDCG@10 is 0.5333, below its floor 0.800:\n  0.00  Where?\n  0.60  Who?")


def test_one_altered_citation_is_below_the_floor_of_fidelity() -> None:
    scores = {"Who?": 0.0} | {f"Question {number}?": 1.0 for number in range(99_999)}
    problem = shortfall(STORED, FIDELITY, scores, 0.99999)
    assert problem is not None
    assert problem.endswith("0.00  Who?")


def test_changed_data_is_noticed_and_the_command_named() -> None:
    assert staleness(STORED, "old") is None
    assert "python -m tests.quality --write" in str(staleness(STORED, "new"))
