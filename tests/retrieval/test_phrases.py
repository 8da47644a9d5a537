"""Words in quotation marks: how they are read, and where they stand."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from retrieval.questions.phrases import holds, places, read_phrases


@pytest.mark.parametrize(
    ("asked", "phrases", "rest"),
    [
        ('"flood barrier"', ("flood barrier",), ""),
        ("“flood barrier”", ("flood barrier",), ""),
        ("„flood barrier“", ("flood barrier",), ""),
        ('“flood barrier"', ("flood barrier",), ""),
        ('who held the "flood  barrier" open?', ("flood barrier",), "who held the open?"),
        ('"Sedge Lane" and "wall of wishes"', ("Sedge Lane", "wall of wishes"), "and"),
        ('"Sedge Lane" "Sedge Lane"', ("Sedge Lane",), ""),
        ('never "closed here', (), 'never "closed here'),
        ('"" “…” tram', (), "tram"),
        ("the residents' 'own words'", (), "the residents' 'own words'"),
        ("", (), ""),
    ],
    ids=[
        "straight", "curly", "low and high", "mixed", "among words", "two", "twice the same",
        "never closed", "around nothing", "single marks", "empty",
    ],
)  # fmt: skip
def test_phrases_are_read_out_of_what_was_asked(
    asked: str, phrases: tuple[str, ...], rest: str
) -> None:
    """Double marks of either shape make a phrase; the other words are left as they are."""
    found, left = read_phrases(asked)
    assert (found, " ".join(left.split())) == (phrases, rest)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The FLOOD Barrier held.", "flood barrier"),
        ("The flood\u00a0\n barrier held.", "flood barrier"),
        ("They don’t ask.", "don't ask"),
        ("They don't ask.", "don’t ask"),
        ("The “flood” barrier held.", "flood barrier"),
        ("‘The flood barrier’ held.", "flood barrier held"),
        ("So “the barrier”, he said, “held”.", "barrier, he said, held"),
        ("The residents’ barrier held.", "the residents' barrier"),
        ("Ada Brook’s barrier held.", "Ada Brook"),
        ("Ada Brook's", "ada brook's"),
        ("It cost £1,500 (in all).", "£1,500 (in all)"),
        ("Au cafe\u0301 noir.", "café noir"),
        ("Au café noir.", "cafe\u0301 noir"),
        ("The C.I.A. said so.", "C.I.A. said"),
        ("flood barrier", "flood barrier"),
        ("🛶🛶 flood barrier", "🛶 flood"),
        ("a.*b", ".*b"),
    ],
    ids=[
        "case", "white space", "curly apostrophe", "straight apostrophe", "marks inside",
        "marks at the end", "marks and commas", "plural possessive", "possessive behind",
        "possessive inside", "symbols", "accent apart", "accent composed", "full stops",
        "whole text", "pictures", "no pattern",
    ],
)  # fmt: skip
def test_case_white_space_and_marks_make_no_difference(text: str, phrase: str) -> None:
    """The same words in the same order are the phrase, however they are set."""
    assert holds(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The flood barriers held.", "flood barrier"),
        ("The flood barrier held.", "flood barriers"),
        ("The barrier of the flood held.", "barrier flood"),
        ("The flood’s barrier held.", "flood barrier"),
        ("A flood, barrier and all.", "flood barrier"),
        ("A flood barrier, and all.", "barrier and"),
        ("The flood-barrier held.", "flood barrier"),
        ("The floodbarrier held.", "flood barrier"),
        ("A subflood barrier held.", "flood barrier"),
        ("It cost 1,500 pounds.", "500 pounds"),
        ("It cost 46,000.", "46"),
        ("It cost 2.5 pounds.", "5 pounds"),
        ("O’Brien held.", "Brien held"),
        ("They don’t.", "don"),
        ("At the cafe noir.", "café noir"),
        ("The colour stays.", "color"),
        ("", "flood"),
    ],
    ids=[
        "plural in the text", "plural in the phrase", "order", "possessive inside", "comma",
        "comma behind", "hyphen", "one word", "end of a word", "end of a number",
        "beginning of a number", "decimals", "end of a name", "beginning of a word", "accent",
        "spelling", "empty text",
    ],
)  # fmt: skip
def test_anything_else_is_another_phrase(text: str, phrase: str) -> None:
    """Inflection, spelling, accents, hyphens and punctuation count; part of a word is no word."""
    assert not holds(text, phrase)


def test_places_are_spans_of_the_text() -> None:
    """Each is the words as they stand, in code points, with the marks between them."""
    text = "🛶 The “flood” barrier: flood\n barrier, floods barrier, FLOOD BARRIER’s end"
    spans = list(places(text, "flood barrier"))
    assert spans[0] == Span(7, 21)
    assert [span.of(text) for span in spans] == [
        "flood” barrier",
        "flood\n barrier",
        "FLOOD BARRIER",
    ]


def test_a_phrase_without_words_is_the_callers_mistake() -> None:
    """There is nothing to find, and saying that it stands everywhere would be wrong."""
    with pytest.raises(ValueError, match="holds no word"):
        holds("The ferry sank.", " … ")


_NO_LETTER = st.characters(exclude_categories=["L", "N", "M", "Cs"])


@given(
    before=st.text(_NO_LETTER, max_size=20),
    words=st.lists(
        st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8).filter(
            # Unicode has others for some letters, such as the Kelvin sign, and writes those.
            lambda word: unicodedata.is_normalized("NFC", word)
        ),
        min_size=1, max_size=5,
    ),
    space=st.sampled_from([" ", "\u00a0", "\n", "  \t", " “", "’ ", '" "']),
    after=st.text(_NO_LETTER, max_size=20),
)  # fmt: skip
def test_words_between_spaces_are_found_where_they_were_put(
    before: str, words: list[str], space: str, after: str
) -> None:
    """Whatever stands around them, and whatever white space and marks stand between them."""
    written = space.join(words)
    text = f"{before} {written} {after}"
    start = len(before) + 1
    assert Span(start, start + len(written)) in list(places(text, " ".join(words)))


@given(text=st.text(), asked=st.text(st.sampled_from('ab \n"“”’\u00e9\u0301_.,1'), max_size=30))
def test_what_is_read_can_be_looked_for(text: str, asked: str) -> None:
    """Any phrase that is read has words, and its places lie in the text, in order and apart."""
    for phrase in read_phrases(asked)[0]:
        assert phrase == " ".join(phrase.split())
        spans = list(places(text, phrase))
        assert all(span.end <= len(text) for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert holds(text, phrase) == bool(spans)
