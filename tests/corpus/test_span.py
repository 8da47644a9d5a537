"""A span is a stretch of a text in code points, never empty."""

import pytest

from corpus import Span
from corpus.span import trimmed

TEXT = "The \U0001f426 sang.\u00a0"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        pytest.param(0, 3, "The", id="at the beginning"),
        pytest.param(4, 5, "\U0001f426", id="a character outside the basic plane is one"),
        pytest.param(6, 12, "sang.\u00a0", id="up to the very end"),
    ],
)
def test_a_span_gives_the_words_that_stand_at_it(start, end, words):
    """Offsets count code points, and the end is exclusive."""
    assert Span(start, end).of(TEXT) == words


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(3, 3, id="empty"),
        pytest.param(4, 3, id="backwards"),
        pytest.param(-1, 3, id="before the text"),
    ],
)
def test_a_span_that_names_no_words_does_not_exist(start, end):
    """An empty, backward or negative span raises ValueError with its numbers."""
    with pytest.raises(ValueError, match=f"0 <= start < end, not {start}-{end}"):
        Span(start, end)


def test_a_span_beyond_the_text_is_an_error_and_not_fewer_words():
    """Slicing a shorter text raises ValueError instead of giving what is there."""
    with pytest.raises(ValueError, match="lies outside a text of 4 code points"):
        Span(2, 5).of("pond")


@pytest.mark.parametrize(
    ("other", "contains", "overlaps"),
    [
        pytest.param(Span(10, 20), True, True, id="itself"),
        pytest.param(Span(12, 18), True, True, id="inside"),
        pytest.param(Span(9, 20), False, True, id="beginning earlier"),
        pytest.param(Span(10, 21), False, True, id="ending later"),
        pytest.param(Span(5, 10), False, False, id="ending where it begins"),
        pytest.param(Span(20, 25), False, False, id="beginning where it ends"),
        pytest.param(Span(5, 25), False, True, id="around it"),
    ],
)
def test_spans_that_only_touch_do_not_overlap(other, contains, overlaps):
    """A span contains what lies inside its ends and overlaps what shares a character with it."""
    span = Span(10, 20)
    assert (span.contains(other), span.overlaps(other)) == (contains, overlaps)
    assert other.overlaps(span) == overlaps


def test_spans_order_by_start_then_by_end():
    """Sorting spans gives the order in which they stand in the text."""
    assert sorted([Span(4, 9), Span(0, 9), Span(4, 6)]) == [Span(0, 9), Span(4, 6), Span(4, 9)]


def test_trimming_takes_white_space_of_every_kind_off_both_ends():
    """No-break spaces, line separators and tabs at the ends go; those inside stay."""
    text = "\u00a0\u2028 the\u00a0pond \t\n\u3000"
    found = trimmed(text, 0, len(text))
    assert found is not None
    assert found.of(text) == "the\u00a0pond"


def test_trimming_stays_inside_the_given_bounds():
    """Only the given stretch of the text is looked at."""
    assert trimmed("a pond here", 1, 7) == Span(2, 6)


def test_trimming_nothing_but_white_space_leaves_nothing():
    """There is no span of no words."""
    assert trimmed("a \u00a0\n b", 1, 4) is None
