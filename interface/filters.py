"""Dates, publisher and speaker as a person gives them, read into a filter."""

from __future__ import annotations

from corpus import interval
from index import Filter


class UnusableFilter(ValueError):
    """What was given selects nothing. The message says what to give instead."""


def read_filter(
    first: str | None = None,
    last: str | None = None,
    publisher: str | None = None,
    speaker: str | None = None,
    *,
    named: str = "“{}”",
) -> Filter:
    """The filter; None leaves a side open.

    first, last: dates as `2018`, `2018-04` or `2018-04-10`, both included.
    named: how a message writes the name of what was given, such as `--{}` for an option.
    Raises UnusableFilter.
    """
    for name, value in (("publisher", publisher), ("speaker", speaker)):
        if value is not None and not value.strip():
            raise UnusableFilter(f"{named.format(name)} is empty. Name one, or leave it out.")
    try:
        selected = Filter(
            first_day=interval(first)[0] if first else None,
            last_day=interval(last)[1] if last else None,
            publisher=publisher,
            speaker=speaker,
        )
    except ValueError as error:
        raise UnusableFilter(f"{error}.") from error
    if selected.first_day and selected.last_day and selected.first_day > selected.last_day:
        raise UnusableFilter(
            f"{named.format('from')} {first} is later than {named.format('to')} {last}. "
            "Exchange them."
        )
    return selected
