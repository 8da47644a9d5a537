"""What did not become an article: where it is, and why, for a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from corpus.errors import UnreadableFile

# Of each file so many are named; after that only their number is told. A person mends the first
# few and reads again, and ten million bad lines would otherwise take gigabytes to name.
MOST_NAMED = 100

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True, order=True)
class Skip:
    """A file or record that did not become an article: where it is, and why, for a person."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where} {self.reason}"


def uncounted(file: str, number: int) -> Skip:
    """`number` skips of one file beyond those that are named."""
    records = "record" if number == 1 else "records"
    return Skip(
        file,
        f"holds {number:,} more {records} that did not become articles; "
        f"only the first {MOST_NAMED} are named",
    )


def capped(found: Iterator[_Read | Skip], file: str) -> Iterator[_Read | Skip]:
    """What was read of one file, with its first MOST_NAMED skips; one more counts the others.

    An UnreadableFile that `found` raises on its way becomes the file's own skip.
    """
    skips = 0
    try:
        for item in found:
            skips += isinstance(item, Skip)
            if skips <= MOST_NAMED or not isinstance(item, Skip):
                yield item
    except UnreadableFile as error:
        yield Skip(file, str(error))
    if skips > MOST_NAMED:
        yield uncounted(file, skips - MOST_NAMED)
