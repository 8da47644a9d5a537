"""Dates, publisher and speaker as a person gives them, read into a filter; and what each cuts."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import interval
from index import Filter, SearchIndex
from retrieval import require_speaker


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


@dataclass(frozen=True, slots=True)
class FilterEffect:
    """What one filter cuts.

    name: `from`, `to`, `publisher` or `speaker`. value: as it was given.
    left_out: articles of the collection that it alone leaves out. articles: all of them.
    """

    name: str
    value: str
    left_out: int
    articles: int


def filter_effects(
    first: str | None,
    last: str | None,
    publisher: str | None,
    speaker: str | None,
    index: SearchIndex,
) -> tuple[FilterEffect, ...]:
    """What each filter that is given cuts, in this order. Raises UnusableFilter, also where the
    filters contradict each other, and UnknownSpeaker."""
    given = {"from": first, "to": last, "publisher": publisher, "speaker": speaker}
    chosen = read_filter(first, last, publisher, speaker)
    if not chosen:
        return ()
    require_speaker(chosen, index)
    alone = {
        "from": Filter(first_day=chosen.first_day),
        "to": Filter(last_day=chosen.last_day),
        "publisher": Filter(publisher=chosen.publisher),
        "speaker": Filter(speaker=chosen.speaker),
    }
    articles = index.catalogue.scope()[0]
    return tuple(
        FilterEffect(name, value, articles - index.catalogue.scope(alone[name])[0], articles)
        for name, value in given.items()
        if value
    )
