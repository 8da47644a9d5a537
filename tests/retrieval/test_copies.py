"""Which passages are the same report, told again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.choosing.copies import are_copies

REPORT = (
    "A ferry with 40 passengers ran aground off Skerry Point in thick fog late on Friday night, "
    "and nobody was hurt. The harbour master, Lowell Sand, blamed a broken buoy and promised a "
    "swift inquiry. “We will find out what happened,” he told reporters at the quay. Divers will "
    "look at the damaged hull after the weekend, three days before the next scheduled sailing. "
    "Quill and other captains had warned the port about the buoy again and again last winter."
)


def with_change(old: str, new: str) -> str:
    assert old in REPORT
    return REPORT.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("blamed a broken", "blamed broken"),
        ("Friday night, and", "Friday night and"),
        (". The harbour", ".\n\nThe\u00a0harbour"),
        ("“We will find out what happened,”", '"We will find out what happened,"'),
        ("Divers will", "The divers will"),
        (", and nobody was", ". Nobody was"),
        (" and promised", " promised"),
        ("blamed a broken", "Blamed a broken"),
    ],
    ids=["an article", "a comma", "white space", "quotation marks", "an article added",
         "a sentence made two", "a link", "a capital"],
)  # fmt: skip
def test_a_report_with_hardly_a_change_is_a_copy(old: str, new: str) -> None:
    """Words that carry nothing, white space, punctuation and marks make no other report."""
    assert are_copies(REPORT, with_change(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("40 passengers", "90 passengers"),
        ("40 passengers", "passengers"),
        ("three days", "four days"),
        ("he told", "he never told"),
        ("promised a", "promised no"),
        ("nobody was hurt", "nobody was not hurt"),
        ("had warned", "hadn’t warned"),
        ("blamed", "denied"),
        ("Lowell Sand", "Lowell Brook"),
        ("Skerry Point", "Sedge Point"),
        ("Quill and other", "Tansley and other"),
        ("Friday", "Monday"),
        ("Friday night", "night"),
        ("swift", "prompt"),
        ("before the next", "after the next"),
        ("he told", "she told"),
        ("promised", "postponed"),
        ("had warned the port", "the port had warned"),
        ("nobody was hurt", "nobody was reportedly hurt"),
        ("swift ", ""),
        ("a broken", "a hardly broken"),
        ("40 passengers", "£40 passengers"),
        ("40 passengers", "-40 passengers"),
        ("last winter.", "last winter. The claim was false."),
    ],
    ids=["a figure", "a figure left out", "a number word", "never", "no", "not", "n’t", "denied",
         "a name", "a place", "a name that begins a sentence", "a day", "a day left out",
         "another plain word", "after for before", "she for he", "another verb", "another order",
         "a reservation", "an adjective left out", "hardly", "a currency", "a sign",
         "a denial at the end"],
)  # fmt: skip
def test_any_other_change_is_another_statement(old: str, new: str) -> None:
    """However alike the rest is, it says something else."""
    assert not are_copies(REPORT, with_change(old, new))


def test_much_the_same_subject_is_no_copy() -> None:
    """Reports that share names and figures, but not their wording, are two."""
    other = (
        "Off Skerry Point the harbour master blamed thick fog on Friday, when a ferry with 40 "
        "passengers hit the ground. Nobody was hurt."
    )
    assert not are_copies(REPORT, other)
    assert not are_copies(REPORT, REPORT.partition(". ")[0] + ".")


def test_a_few_words_are_copies_only_when_equal() -> None:
    """They have too little in common to be compared."""
    assert are_copies("It sank.", "It sank.")
    assert not are_copies("It sank.", "She sank.")
    assert not are_copies("", "It was.")


def test_a_tenth_of_the_words_may_be_left_out() -> None:
    """More is another report, whatever they are."""
    words = "the divers and the captain saw the damaged hull and the buoy"
    assert are_copies(words, words.replace("the divers", "divers"))
    assert not are_copies(words, words.replace("the ", ""))


WORDS = st.lists(
    st.sampled_from("A the ferry Quill sank 40 90 not three. said: “We fog, harbour don’t".split()),
    max_size=12,
).map(" ".join)
PASSAGES = st.one_of(
    WORDS, st.text(max_size=40), st.builds(lambda words: f"{REPORT} {words}", WORDS)
)


@given(PASSAGES, PASSAGES)
def test_copies_are_copies_of_each_other(first: str, second: str) -> None:
    """Which of the two is looked at first does not matter."""
    assert are_copies(first, second) == are_copies(second, first)


@given(PASSAGES)
def test_every_passage_is_a_copy_of_itself(passage: str) -> None:
    """Also one without a word."""
    assert are_copies(passage, passage)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_figures_are_compared_as_they_stand(first: int, second: int) -> None:
    """Two reports that differ in a figure are copies only where it is the same."""
    told = [with_change("40 passengers", f"{figure} passengers") for figure in (first, second)]
    assert are_copies(*told) is (first == second)
