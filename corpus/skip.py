"""What did not become an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Skip:
    """A file or record that did not become an article: where it is, and why, for a person."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where} {self.reason}"
