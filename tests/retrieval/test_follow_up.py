"""What a question takes over from earlier ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import LONGEST_QUESTION
from retrieval.questions.follow_up import FollowUp, follow_up
from retrieval.questions.leaning import leans
from retrieval.questions.question import one_line

FINES = "How many fines were issued in Harrowmere in 2016?"


def taken(asked: str, *earlier: str) -> tuple[str, ...]:
    return follow_up(asked, earlier).taken_over


def test_a_question_that_leans_takes_over_the_subject() -> None:
    """What is searched for is the question, a dash, and the words as they stood."""
    assert follow_up("Who disagreed?", ["What did Idris Vane propose for spotter groups?"]) == (
        FollowUp(
            "Who disagreed? — Idris Vane, propose, spotter groups",
            ("Idris Vane", "propose", "spotter groups"),
        )
    )


def test_a_question_that_stands_alone_takes_over_nothing() -> None:
    """It is searched for as it was asked, whatever came before."""
    asked = "When will the tram drivers of Marlow Bay strike?"
    assert follow_up(asked, [FINES, "And in Pellbrook?"]) == FollowUp(asked, ())


def test_words_that_the_question_has_are_not_taken_over_again() -> None:
    """A phrase whose every word is there already adds nothing."""
    assert taken("And who paid those fines?", FINES) == ("issued", "Harrowmere", "2016")


@pytest.mark.parametrize(
    ("asked", "earlier", "expected"),
    [
        ("And in Pellbrook?", FINES, ("fines", "issued", "2016")),
        ("Pellbrook?", FINES, ("fines", "issued", "2016")),
        ("From Pellbrook", FINES, ("fines", "issued", "2016")),
        ("And what about Pellbrook?", FINES, ("fines", "issued", "2016")),
        ("And in Pellbrook and Marlow Bay?", FINES, ("fines", "issued", "2016")),
        ("And at the Sedge Lane?", "Who spoke in Skerry to Ada Brook?",
         ("spoke", "Ada Brook")),
        ("And by Nora Quillan?", "What was said about vans by Idris Vane?", ("vans",)),
        ("And Nora Quillan?", "What did Idris Vane propose?", ("propose",)),
    ],
    ids=["in", "alone", "from", "what about", "two for one", "at for in", "by for by",
         "person for person"],
)  # fmt: skip
def test_a_name_takes_the_place_of_a_name(
    asked: str, earlier: str, expected: tuple[str, ...]
) -> None:
    """A question of nothing but a name leaves behind the name in whose place it stands."""
    assert taken(asked, earlier) == expected


@pytest.mark.parametrize(
    ("asked", "earlier", "expected"),
    [
        ("And what about Skerry?", "What did Idris Vane say in Pellbrook of fines?",
         ("Idris Vane", "Pellbrook", "fines")),
        ("And what about Pellbrook?", "What did Idris Vane say?", ("Idris Vane",)),
        ("Only from Pellbrook, please.", "Who criticised the spotters?",
         ("criticised", "spotters")),
        ("And how did wardens in Pellbrook react?", FINES,
         ("fines", "issued", "Harrowmere", "2016")),
    ],
    ids=["which of two names", "nothing would be left", "no name", "more than a name"],
)  # fmt: skip
def test_where_nobody_could_tell_what_is_replaced_all_is_taken_over(
    asked: str, earlier: str, expected: tuple[str, ...]
) -> None:
    """Too many words are better than the wrong ones."""
    assert taken(asked, earlier) == expected


@pytest.mark.parametrize(
    ("asked", "year"),
    [
        ("And two years earlier?", "2014"),
        ("And two years before that?", "2014"),
        ("What about 3 years later?", "2019"),
        ("And a year later, in the same place?", "2017"),
        ("And the year before?", "2015"),
        ("And in the previous year?", "2015"),
        ("And the following year?", "2017"),
        ("And the year after that?", "2017"),
        ("And TEN YEARS EARLIER", "2006"),
    ],
)
def test_a_year_is_counted_from_the_one_before(asked: str, year: str) -> None:
    """Arithmetic on the person's own words: the year that is meant takes the other's place."""
    followed = follow_up(asked, [FINES])
    assert year in followed.taken_over
    assert "2016" not in followed.searched_for


@pytest.mark.parametrize(
    ("asked", "earlier", "expected"),
    [
        ("And in 2018?", "Who won in April 2016?", ("won",)),
        ("And in May?", "Who won in April 2016?", ("won", "2016")),
        ("And two years later?", "Who won in April 2016?", ("won", "2018")),
        ("And two years later?", "Who won in 2015 and 2016?", ("won", "2015", "2016")),
        ("And two years later?", "Who won the regatta?", ("won", "regatta")),
        ("And two years before the flood?", "Who won in 2016?", ("won", "2016")),
    ],
    ids=["year for date", "month for month", "counted without month", "from two years",
         "from no year", "from something else"],
)  # fmt: skip
def test_a_date_takes_the_place_of_a_date(
    asked: str, earlier: str, expected: tuple[str, ...]
) -> None:
    """A new year leaves the old date behind, a new month the old month; a year is counted only
    from a single one."""
    assert taken(asked, earlier) == expected


def test_a_conversation_keeps_its_subject() -> None:
    """A third question takes over what the second one added, then what that one took over."""
    assert taken("And two years earlier?", FINES, "And in Pellbrook?") == (
        "Pellbrook", "fines", "issued", "2014",
    )  # fmt: skip
    assert taken("And a year later?", FINES, "And two years earlier?") == (
        "fines", "issued", "Harrowmere", "2015",
    )  # fmt: skip


def test_small_talk_does_not_change_the_subject() -> None:
    """What says nothing of a subject leaves the one there was."""
    assert taken("Who paid those?", FINES, "Thank you!", "That is good to know.") == (
        "fines", "issued", "Harrowmere", "2016",
    )  # fmt: skip


def test_a_question_that_stands_alone_begins_a_new_subject() -> None:
    """What was asked before it is not taken over any more."""
    assert taken("Why?", FINES, "When will the tram drivers strike?") == ("tram drivers strike",)


def test_only_the_latest_words_are_taken_over() -> None:
    """At most sixteen words, those of the latest question first."""
    names = [f"And what about lake{n} dredging{n} plans{n}?" for n in range(12)]
    assert taken("Why?", *names) == (
        "lake11 dredging11 plans11", "lake10 dredging10 plans10", "lake9 dredging9 plans9",
        "lake8 dredging8 plans8", "lake7 dredging7 plans7",
    )  # fmt: skip


@pytest.mark.parametrize(
    "earlier",
    ["", "  ", "\x00\x1b\x07", "\ud800", "?!…", "🛶", "and", "a" * 10_000, "a " * 10_000,
     "Fines " * 5_000, "\n\t"],
    ids=["empty", "spaces", "controls", "surrogate", "marks", "picture", "one word",
         "one long word", "stop words", "many words", "lines"],
)  # fmt: skip
def test_odd_earlier_questions_do_no_harm(earlier: str) -> None:
    """Nothing raises, and what is searched for stays as short as a question must be."""
    followed = follow_up("And why?", [earlier, FINES, earlier])
    assert followed.searched_for.startswith("And why?")
    assert len(followed.searched_for) <= LONGEST_QUESTION


def test_the_longest_question_takes_over_what_still_fits() -> None:
    """The limit of a question holds for what is searched for too."""
    asked = "And why? " + "b" * (LONGEST_QUESTION - len("And why?  — fines, issued"))
    followed = follow_up(asked, [FINES])
    assert followed.taken_over == ("fines", "issued")
    assert len(followed.searched_for) == LONGEST_QUESTION
    assert follow_up("And why? ".ljust(LONGEST_QUESTION, "b"), [FINES]).taken_over == ()


WORDS = """fines Harrowmere Idris Vane 2016 April wardens And what about in from it two years
earlier later Who Why the said groups ? . — Skerry's 1,500""".split()
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
QUESTIONS = st.one_of(LINES, st.text(max_size=60))


@given(asked=QUESTIONS.map(one_line))
def test_without_earlier_questions_a_question_is_searched_for_as_it_is(asked: str) -> None:
    """The first question of a conversation takes over nothing."""
    assert follow_up(asked, []) == FollowUp(asked, ())


@given(asked=QUESTIONS.map(one_line), earlier=st.lists(QUESTIONS, max_size=5))
def test_only_words_of_earlier_questions_are_taken_over(asked: str, earlier: list[str]) -> None:
    """What is taken over stands there character for character, but for a year, which is counted;
    what stands alone takes over nothing."""
    followed = follow_up(asked, earlier)
    lines = [one_line(question) for question in earlier]
    for phrase in followed.taken_over:
        counted = phrase.isdigit() and any("year" in line for line in [*lines, asked])
        assert counted or any(phrase in line for line in lines)
    assert not (followed.taken_over and not leans(asked))
    if followed.taken_over:
        assert followed.searched_for == f"{asked} — {', '.join(followed.taken_over)}"
    else:
        assert followed.searched_for == asked
