"""The words of a text as quotations are compared, and what differs between two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from retrieval.checking.words.alignment import align
from retrieval.checking.words.differences import Compared, compared
from retrieval.checking.words.folding import Folded, fold, pattern_of

_LETTERS = "abs AS1é\u0301,.…-–’‘'“”\"%£\n\u00a0\u00ad\u200b["
texts = st.text(_LETTERS, max_size=30)
words = st.lists(st.sampled_from("a b c the not 4 46 5 A , .".split()), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He said “no” twice", "He said ‘no’ twice"),
        ("He said «no» twice", 'He said "no" twice'),
        ("a – b", "a--b"),
        ("a−5", "a-5"),
        ("so called", "so\u00a0 \ncalled"),
        ("O’Brien’s", "O'Brien's"),
        ("wait … now", "wait . . . now"),
        ("caf\u00e9", "cafe\u0301"),
        ("hel\u00adlo", "hello"),
        ("by ‘hunters’ here", "by “hunters” here"),
        ("the ‘unnecessary risks’ of it", "the “unnecessary risks” of it"),
    ],
)
def test_equal(one: str, other: str) -> None:
    """Marks, dashes, white space, and how a character is typed."""
    assert fold(one).words == fold(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We", "we"), ("1,000", "1000"), ("10.5", "105"), ("re-sign", "resign"),
        ("any one", "anyone"), ("its", "it's"), ("colour", "color"), ("a, b", "a b"),
        ("the hunters’ van", "the hunters van"), ("café", "cafe"), ("5%", "5"), ("x²", "x2"),
        ("‘the hunters’ van is bad’", "the hunters van is bad"),
    ],
)  # fmt: skip
def test_not_equal(one: str, other: str) -> None:
    """Case, figures, spelling, punctuation, apostrophes."""
    assert fold(one).words != fold(other).words


@given(texts)
def test_folding_again_changes_nothing(text: str) -> None:
    """The folded words, put together, fold to themselves."""
    folded = fold(text)
    assert fold(" ".join(folded.words)).words == folded.words


@given(texts)
def test_words_map_back_to_the_text(text: str) -> None:
    """Each span is in the text, in order, and folds to its word alone."""
    folded = fold(text)
    ends = [0, *(span.end for span in folded.spans)]
    assert all(end <= span.start for end, span in zip(ends, folded.spans, strict=False))
    assert all(span.end <= len(text) for span in folded.spans)
    for word, span in zip(folded.words, folded.spans, strict=True):
        assert fold(span.of(text)).words in ((word,), (f"{word}'",))


@given(texts, st.data())
def test_the_pattern_finds_every_place(text: str, data: st.DataObject) -> None:
    """Whatever a part of a text is, its pattern finds where it begins."""
    folded = fold(text)
    if len(folded) == 0 or "\u0301" in text:
        return
    first = data.draw(st.integers(0, len(folded) - 1))
    part = folded.part(first, first + 3)
    starts = [found.start() for found in pattern_of(part.words).finditer(text)]
    assert any(start <= part.spans[0].start for start in starts)


def test_spans_that_are_left_out() -> None:
    """A caption between two paragraphs has no words."""
    assert fold("one two three", but=[Span(4, 7)]).words == ("one", "three")


@given(words, words)
def test_differences_applied_to_one_side_give_the_other(one: list[str], other: list[str]) -> None:
    """Whatever the two are: with each difference undone, the quotation is the source."""
    quoted, source = " ".join(one), " ".join(other)
    outcome = compare(quoted, source)
    if outcome is None:
        return
    undone, at = "", 0
    for each in outcome.differences:
        undone += quoted[at : each.drafted_at] + " "
        undone += each.source.of(source) if each.source else ""
        undone += " "
        at = each.drafted.end if each.drafted else each.drafted_at
    undone += quoted[at:]
    (piece,) = outcome.pieces
    assert fold(undone).words == fold(piece.of(source)).words


@given(words, st.data())
def test_a_part_has_no_difference(source: list[str], data: st.DataObject) -> None:
    """Any slice of a text aligns with it at no cost."""
    first = data.draw(st.integers(0, len(source) - 1))
    last = data.draw(st.integers(first + 1, len(source)))
    alignment = align(source[first:last], source)
    assert alignment is not None
    assert alignment.cost == 0


@given(words, st.data())
def test_a_changed_figure_always_costs(source: list[str], data: st.DataObject) -> None:
    """No alignment takes one figure for another, or leaves it out, for nothing."""
    at = data.draw(st.integers(0, len(source)))
    alignment = align([*source[:at], "7", *source[at:]], source)
    assert alignment is None or alignment.cost > 0


def test_what_is_left_out_where_an_ellipsis_stands_is_a_cut() -> None:
    """It is no difference, however long."""
    source = "we will not under any circumstances close it"
    outcome = compare("we will close it", source, cuts=(2,))
    assert outcome is not None
    assert outcome.differences == ()
    (cut,) = outcome.cuts
    assert cut.span.of(source) == "not under any circumstances"
    assert [span.of(source) for span in cut.negations] == ["not"]
    assert [piece.of(source) for piece in outcome.pieces] == ["we will", "close it"]


def compare(quoted: str, source: str, cuts: tuple[int, ...] = ()) -> Compared | None:
    ours, theirs = fold(quoted), fold(source)
    alignment = align(ours.words, theirs.words, cuts)
    if alignment is None:
        return None
    first, last = alignment.pairs[0][1], alignment.pairs[-1][1] + 1
    return compared(ours, theirs, alignment, cuts, first, last)


def test_nothing_to_align() -> None:
    """An empty side has no alignment."""
    assert align([], ["a"]) is None
    assert align(["a"], []) is None
    assert len(Folded((), ())) == 0
