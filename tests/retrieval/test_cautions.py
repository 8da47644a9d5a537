"""Words that deny, allege, or set a condition are named where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from retrieval.answers.cautions import cautions_in


def told(text: str) -> list[tuple[str, str]]:
    whole = (Span(0, len(text)),)
    return [(caution.kind, caution.span.of(text)) for caution in cautions_in(text, whole)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("If the pier is mended, boats will call.", [("condition", "If")]),
        ("Boats call unless it blows.", [("condition", "unless")]),
        ("The council denied that the pier was shut.", [("denial", "denied")]),
        ("Its denial came on Friday.", [("denial", "denial")]),
        ("There is no evidence that it sank.", [("denial", "no evidence that")]),
        ("The alleged theft of a buoy.", [("allegation", "alleged")]),
        ("He was accused of it, and denies it.", [("allegation", "accused"), ("denial", "denies")]),
    ],
)
def test_a_cue_is_named_with_its_kind(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The tariff rose.",  # a word that begins like a cue's end
        "It looked as if it would rain.",
        "What if it rains?",
        "Boats will call even if it blows.",
        "The ferry reached Denholm.",
        "A specific date was set.",
    ],
)
def test_other_words_are_no_cue(sentence: str) -> None:
    assert told(sentence) == []


def test_only_the_sentences_asked_for_are_read() -> None:
    """In the order of the text, whatever order the sentences come in."""
    text = "If one. If two. If three."
    found = cautions_in(text, [Span(16, 25), Span(0, 7)])
    assert [caution.span for caution in found] == [Span(0, 2), Span(16, 18)]


@given(st.text(min_size=1))
def test_every_cue_lies_in_its_sentence(text: str) -> None:
    sentence = Span(0, len(text))
    assert all(sentence.contains(caution.span) for caution in cautions_in(text, [sentence]))
