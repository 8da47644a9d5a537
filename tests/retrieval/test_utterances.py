"""Which quotations are one utterance, and how their wordings differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index import folded_words
from retrieval import Piece
from retrieval.voices.differences import differences
from retrieval.voices.utterances import Words, utterances_among

BRIDGE = "The bridge will stay closed until the cracks in its northern arch are mended"


def said(text: str, person: int | None = 1, *, indirect: bool = False) -> Words:
    return Words(tuple(folded_words(text)), person, indirect)


def test_the_same_words_are_one_utterance_whoever_carries_them() -> None:
    """Capitals, marks and punctuation do not count; eight words suffice, of another speaker too."""
    carried = [
        said(BRIDGE),
        said(f"“{BRIDGE.upper()}!”"),
        said("Something else was said about the ferry and its fares."),
        said(BRIDGE, person=None),
        said(BRIDGE, person=2),
    ]
    assert utterances_among(carried) == [[0, 1, 3, 4], [2]]


def test_nearly_the_same_words_are_one_utterance() -> None:
    """A word changed, a shorter wording that leaves out a part, but six words stay in a row."""
    carried = [
        said(BRIDGE),
        said(BRIDGE.replace("mended", "repaired")),
        said("The bridge will stay closed"),
        said("The bridge will stay closed until the cracks are mended"),
        said("Nobody saw the cracks in its northern arch with eyes of their own before May"),
    ]
    assert utterances_among(carried) == [[0, 1, 3], [2], [4]]


def test_common_turns_of_two_people_are_no_utterance() -> None:
    """Where two are named, or nobody for certain, eight words must follow each other."""
    turn = "out of an abundance of caution"
    carried = [said(turn, 1), said(turn, 2), said(turn, None), said(turn, None), said(turn, 1)]
    assert utterances_among(carried) == [[0, 4], [1], [2], [3]]
    longer = f"{turn} all schools"
    assert utterances_among([said(longer, 1), said(longer, 2), said(longer, None)]) == [[0, 1, 2]]


def test_a_few_words_are_one_utterance_of_one_person_only() -> None:
    """Two people may both say “a tsunami”, and of nobody certain nothing is known."""
    carried = [
        *(said("a tsunami", person) for person in (1, 2, 1, None, None)),
        said("the tsunami", 1),
    ]
    assert utterances_among(carried) == [[0, 2], [1], [3], [4], [5]]


def test_direct_and_indirect_speech_are_never_one() -> None:
    """Reported words are the reporter's."""
    carried = [said(BRIDGE), said(BRIDGE, indirect=True), said(BRIDGE, indirect=True)]
    assert utterances_among(carried) == [[0], [1, 2]]


def test_small_changes_do_not_add_up() -> None:
    """Each wording is compared with the first of its utterance."""
    words = [f"word{n}" for n in range(16)]
    changed = [" ".join([*(f"new{n}" for n in range(4 * k)), *words[4 * k :]]) for k in range(3)]
    assert utterances_among([said(text) for text in changed]) == [[0, 1], [2]]
    assert utterances_among([said(text) for text in changed[1:]]) == [[0, 1]]


TEXTS = st.lists(st.sampled_from("the bridge will stay closed until spring , now".split()),
                 max_size=12).map(" ".join)  # fmt: skip


@given(st.lists(st.builds(said, TEXTS, st.sampled_from([None, 1, 2]), indirect=st.booleans()),
                max_size=8))  # fmt: skip
def test_every_quotation_is_in_one_utterance(carried: list[Words]) -> None:
    """Utterances are disjoint, none is empty, and their order is that of their first places."""
    utterances = utterances_among(carried)
    positions = [position for each in utterances for position in each]
    assert sorted(positions) == list(range(len(carried)))
    assert all(each == sorted(each) for each in utterances)
    assert utterances == sorted(utterances)


def test_wordings_are_compared_word_by_word() -> None:
    """Words of one of them only, in the order of the later one, as they are written."""
    assert differences("We will close 14 bridges — by May.", "We must close 12 bridges by May") == (
        Piece("We", "both"),
        Piece("will", "earlier"),
        Piece("must", "later"),
        Piece("close", "both"),
        Piece("14", "earlier"),
        Piece("12", "later"),
        Piece("bridges by May", "both"),
    )


def test_wordings_with_the_same_words_do_not_differ() -> None:
    """Capitals, quotation marks, dashes and white space are no words."""
    assert differences("“We cannot keep lorries on it.”", "we cannot  keep\nlorries – on it") == ()
    assert differences("", "") == ()


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_wordings(earlier: str, later: str) -> None:
    """What is not only in the one is the other, word for word."""
    pieces = differences(earlier, later)
    if not pieces:
        assert folded_words(earlier) == folded_words(later)
        return
    for text, not_in in ((earlier, "later"), (later, "earlier")):
        kept = " ".join(piece.words for piece in pieces if piece.where != not_in)
        assert folded_words(kept) == folded_words(text)
