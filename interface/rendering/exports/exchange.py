"""A question with its answer, as it stands in a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval import Answer


@dataclass(frozen=True, slots=True)
class Exchange:
    """filters: that the question was asked with, each in fixed words, such as `From April 2018`."""

    answer: Answer
    filters: tuple[str, ...] = ()
