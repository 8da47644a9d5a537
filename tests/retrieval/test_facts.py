"""Numbers, dates and names of a claim, and where the same stand in a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from retrieval.checking.claims.facts import facts_of, places_of_fact


def facts(text: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.span.of(text)) for fact in facts_of(text, [Span(0, len(text))])]


def found(claim: str, passage: str) -> list[list[str]]:
    """For each fact of the claim, the words of the passage that are the same."""
    return [
        [span.of(passage) for span in places_of_fact(fact, claim, passage, Span(0, len(passage)))]
        for fact in facts_of(claim, [Span(0, len(claim))])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They made 1,500 arrests.", [("number", "1,500")]),
        ("It cost £2.5m, or 40 per cent.", [("number", "£2.5m"), ("number", "40 per cent")]),
        ("About forty-six of them left.", [("number", "forty-six")]),
        ("It was on 10 April 2018.", [("date", "10 April 2018")]),
        ("It was on April 10, 2018.", [("date", "April 10, 2018")]),
        ("It was in 2018, on a Monday.", [("date", "2018"), ("date", "Monday")]),
        ("On Monday Ann Lee came.", [("date", "Monday"), ("name", "Ann Lee")]),
        ("The University of Skerry’s boats.", [("name", "University of Skerry")]),
        ("Groups were told by Lee.", [("name", "Lee")]),
        ("Lee said nothing.", [("name", "Lee")]),
        ("A B12 vitamin.", [("name", "B12")]),
    ],
)
def test_facts(text: str, expected: list[tuple[str, str]]) -> None:
    """In their order; the capital of a sentence makes no name."""
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("They made 1,500 arrests.", "of 1500 arrests", [["1500"]]),
        ("They made 46 arrests.", "forty-six arrests and 46 fines", [["forty-six", "46"]]),
        ("They made 46 arrests.", "460 arrests, 46% of them, £46", [[]]),
        ("It cost £2.5m.", "a sum of £2,500,000", [["£2,500,000"]]),
        ("Some 40 per cent.", "and 40% more", [["40%"]]),
        ("In April 2018.", "on 10 April 2018", [["10 April 2018"]]),
        ("On 10 April 2018.", "in April 2018", [[]]),
        ("On 2018-04-10.", "on April 10th, 2018", [["April 10th, 2018"]]),
        ("Here Ann Lee spoke.", "Ann Lee, 46. Lee left", [["Ann Lee"]]),
        ("Here Ann Lee spoke.", "Bea Lee left", [[]]),
        ("Here Ann Lee’s boat.", "Ann Lee's boat", [["Ann Lee's"]]),
    ],
)
def test_the_same_fact_in_a_passage(claim: str, passage: str, expected: list[list[str]]) -> None:
    """In figures or words, at least as precise, with the same currency and per cent."""
    assert found(claim, passage) == expected


def test_a_surname_stands_for_a_name_that_the_article_gives_in_full() -> None:
    """In a passage that has the surname alone."""
    text = "Ann Lee came. Then Lee left, and Bea Lee stayed."
    claim = "It was Ann Lee."
    (fact,) = facts_of(claim, [Span(0, len(claim))])
    (place,) = places_of_fact(fact, claim, text, Span(14, len(text)))
    assert (place.start, place.of(text)) == (19, "Lee")


words = st.lists(
    st.sampled_from(
        "10 April May 2018 1,500 £5 m % Lee of the twenty one per cent , . ’s 5G".split()
    )
).map(" ".join)


@given(words, words)
def test_every_fact_is_found_in_its_own_claim(claim: str, passage: str) -> None:
    """Whatever the words are; and none is found outside a passage."""
    for fact in facts_of(claim, [Span(0, len(claim))] if claim else []):
        own = places_of_fact(fact, claim, claim, Span(0, len(claim)))
        assert own
        if passage:
            for span in places_of_fact(fact, claim, passage, Span(0, len(passage))):
                assert span.end <= len(passage)
