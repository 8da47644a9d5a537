"""Filters of a request: what they let pass, and what they are said to cut."""

from __future__ import annotations

import pytest

from index import SearchIndex
from interface.api.requests import Filtered
from interface.filters import UnusableFilter


@pytest.mark.parametrize("publisher", ["Skerry Herald", " Skerry Herald ", "skerry herald"])
def test_what_is_cut_is_what_is_not_searched(town_index: SearchIndex, publisher: str) -> None:
    """With white space around a name too: articles left out and articles searched are all."""
    given = Filtered(publisher=publisher)
    (effect,) = given.effects(town_index)
    searched = town_index.catalogue.scope(given.chosen())[0]
    assert (effect.name, effect.value) == ("publisher", publisher.strip())
    assert 0 < searched < effect.articles
    assert effect.left_out == effect.articles - searched


@pytest.mark.parametrize("given", [{}, {"publisher": "  "}, {"speaker": "", "from": ""}], ids=str)
def test_what_is_empty_is_no_filter(town_index: SearchIndex, given: dict[str, str]) -> None:
    """As an empty field of a form is none; nothing is told of it."""
    filtered = Filtered.model_validate(given)
    assert not filtered.chosen()
    assert filtered.effects(town_index) == ()


def test_dates_that_contradict_are_refused(town_index: SearchIndex) -> None:
    """In the same words where they are asked with and where they are told."""
    filtered = Filtered.model_validate({"from": "2020", "to": "2019"})
    for read in (filtered.chosen, lambda: filtered.effects(town_index)):
        with pytest.raises(UnusableFilter, match="“from” 2020 is later than “to” 2019"):
            read()
