"""Which articles, and which of their passages, a search may find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """All that is given must hold; without anything, every article passes.

    first_day, last_day: `YYYY-MM-DD`. An article passes if its date can lie between them: a
        date known to the month passes with any day of that month, an unknown date never.
    publisher: that of the article or of a brief's original, in any case.
    speaker: a name, or words of one: only passages in which somebody who bears it speaks; see
        `Catalogue.people_named`.
    """

    first_day: str | None = None
    last_day: str | None = None
    publisher: str | None = None
    speaker: str | None = None

    def __bool__(self) -> bool:
        return self != Filter()
