"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# problem: it does not answer so. warning: it answers, and something is not as it should be.
Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """what: the thing, in a word or two. found: how it is. advice: what to do next; None where
    there is nothing to do, or `found` says it already.
    """

    what: str
    level: Level
    found: str
    advice: str | None = None
