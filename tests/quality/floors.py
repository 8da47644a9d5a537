"""The floors of the measures: where they are kept, how they rise, and what falls below them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.quality.measures import FIDELITY

FLOORS = Path(__file__).with_name("floors.json")
# Not in the file and not to be lowered: a citation that is not word for word is never right.
FIDELITY_FLOOR = 1.0
MEASURE_ANEW = "python -m tests.quality --write"


class LoweringRefused(Exception):
    """New floors would be lower than the stored ones."""


@dataclass(frozen=True, slots=True)
class Floors:
    """data: hash of the questions and briefs that they were measured on.
    floors: measure to the least value that passes, 0 to 1; never that of citation fidelity.
    """

    data: str
    floors: Mapping[str, float]

    def __post_init__(self) -> None:
        if FIDELITY in self.floors:
            raise ValueError(f"the floor of {FIDELITY} is {FIDELITY_FLOOR} and is not stored")

    def floor(self, measure: str) -> float:
        """Raises KeyError for a measure that none was stored for."""
        return FIDELITY_FLOOR if measure == FIDELITY else self.floors[measure]


def read_floors(path: Path = FLOORS) -> Floors:
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Floors(stored["data"], stored["floors"])


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    path.write_text(json.dumps(asdict(floors), indent=2) + "\n", encoding="utf-8")


def raised(
    stored: Floors | None, measured: Mapping[str, float], data: str, *, may_lower: bool = False
) -> Floors:
    """Floors at the measured values, rounded down to three places.

    Raises LoweringRefused where a stored floor would sink or vanish, unless `may_lower`; and,
    whatever the flag, where citation fidelity is below its own floor.
    """
    if measured[FIDELITY] < FIDELITY_FLOOR:
        raise LoweringRefused(f"{FIDELITY} is {measured[FIDELITY]:.4f}; no flag allows that.")
    new = {
        measure: math.floor(value * 1000) / 1000
        for measure, value in measured.items()
        if measure != FIDELITY
    }
    before = stored.floors if stored else {}
    lower = [
        f"{measure} from {floor:.3f} to {new[measure]:.3f}"
        if measure in new
        else f"{measure}: gone"
        for measure, floor in before.items()
        if measure not in new or new[measure] < floor
    ]
    if lower and not may_lower:
        raise LoweringRefused(f"This lowers {'; '.join(lower)}. If that is meant, add --lower.")
    return Floors(data, new)


def shortfall(
    floors: Floors, measure: str, scores: Mapping[str, float], value: float
) -> str | None:
    """What to say of a measure that is below its floor, naming the questions that fail, worst
    first; None where it is not.

    scores: question to score. value: their mean.
    """
    floor = floors.floor(measure)
    if value >= floor:
        return None
    failing = sorted((score, question) for question, score in scores.items() if score < 1)
    lines = [f"  {score:.2f}  {question}" for score, question in failing]
    return "\n".join([f"{measure} is {value:.4f}, below its floor {floor:.3f}:", *lines])


def staleness(floors: Floors, data: str) -> str | None:
    """What to say where the floors were measured on other data than `data`, its hash."""
    if floors.data == data:
        return None
    return (
        "The questions or the briefs have changed since the floors were measured "
        f"({floors.data[:12]}, now {data[:12]}). Measure anew: {MEASURE_ANEW}"
    )
