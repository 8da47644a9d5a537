"""Which questions have two sides, and what of them is searched for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions.phrases import read_phrases
from retrieval.questions.question import LONGEST_QUESTION, one_line
from retrieval.questions.two_sided import Subject, subject_of
from tests.quality.questions import read_questions

FOR_AND_AGAINST = [
    (
        "wardens work with spotter groups",
        "Should wardens work with spotter groups?",
        "Why should wardens never work with spotter groups?",
        "Why shouldn’t wardens work with spotter groups?",
        "And why should wardens refuse to work with spotter groups?",
        "Should wardens be allowed to work with spotter groups?",
        "Should wardens be banned from work with spotter groups?",
        "Is it right that wardens work with spotter groups?",
        "Is it wrong for wardens to work with spotter groups?",
        "Should it be forbidden for wardens to work with spotter groups?",
    ),
    (
        "wardens working with spotter groups",
        "What speaks for wardens working with spotter groups?",
        "What speaks against wardens working with spotter groups?",
        "What are the benefits of wardens working with spotter groups?",
        "What are the biggest risks of wardens working with spotter groups",
        "Arguments against wardens working with spotter groups",
        "Is there a case for wardens working with spotter groups?",
        "Who supports wardens working with spotter groups?",
        "Who is against wardens working with spotter groups?",
        "Wardens working with spotter groups: pros and cons",
        "For or against wardens working with spotter groups?",
    ),
    (
        "the library closes on Mondays",
        "Is it good that the library closes on Mondays?",
        "Is it a scandal that the library closes on Mondays?",
        "Do you agree that the library closes on Mondays?",
    ),
    (
        "the mayor run the trams in a strike",
        "Was the mayor right to run the trams in a strike?",
        "Why was the mayor wrong to run the trams in a strike?",
    ),
    (
        "spotters the wardens",
        "Do spotters help the wardens?",
        "Do spotters help or hinder the wardens?",
    ),
    ("night patrols", "Are night patrols justified?", "Why are night patrols a terrible idea?"),
    (
        "a fine for drivers who park on the quay",
        "Would a fine for drivers who park on the quay be a good idea?",
        "Is a fine for drivers who park on the quay a mistake?",
    ),
    ("night patrols", "What good can night patrols do?", "What harm do night patrols cause?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "asked"),
    [(subject, each) for subject, *asked in FOR_AND_AGAINST for each in asked],
)
def test_from_either_side_the_same_subject_is_searched_for(subject: str, asked: str) -> None:
    """Behind an ellipsis, which says that something was left out."""
    assert subject_of(asked).searched_for.casefold() == f"… {subject}?".casefold()


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        ("Should wardens patrol?", ("Should",)),
        ("Why should wardens never patrol at night?", ("Why should", "never")),
        ("Why was the mayor wrong to run them?", ("Why was", "wrong to")),
        ("Should towns ban spotters from filming?", ("Should", "ban", "from")),
    ],
)
def test_what_is_left_out_is_told_as_it_stood(asked: str, left_out: tuple[str, ...]) -> None:
    """In order, words next to each other together."""
    assert subject_of(asked).left_out == left_out


@pytest.mark.parametrize(
    "asked",
    [
        "Did the force not answer?",
        "What is the case against Ada Brook?",
        "Is there evidence against him?",
        "What is the case for the prosecution?",
        "How many opposed the plan in the vote?",
        "Who opposed the plan in the vote?",
        "Which councillors support the plan?",
        "What did Ada Brook say against the barrier?",
        "Why did the board refuse to work with spotters?",
        "Should wardens work with spotters, according to Oriel Tansley?",
        "Where should groups hold confrontations?",
        "What should happen when spotters break the law?",
        "What problems did the captain identify?",
        "What is Idris Vane's objection to patrols?",
        "What harm did the captain blame on the buoy?",
        "Is the right to a fair trial breached?",
        "Is it legal to film a driver?",
        "Is the ruling binding on other courts?",
        "Is aspirin safe?",
        "What is the risk of rain on Friday?",
        "What is a main advantage of the Rankine cycle?",
        "Do drivers get help from the union?",
        "Why does the theory fail to explain it?",
        "The advantages of trams",
        "Should?",
        "Is it right?",
        'Should towns ban "spotters from filming" trams?',
    ],
)  # fmt: skip
def test_a_question_without_two_sides_is_unchanged(asked: str) -> None:
    """What was said or done, by whom and how often, what the law is; and where nothing would be
    left, or quoted words would be lost."""
    assert subject_of(asked) == Subject(asked, ())


def test_the_gates_questions_of_fact_have_no_two_sides() -> None:
    """All that have an answer in the starter collection, and those that have none."""
    changed = [each.question for each in read_questions() if subject_of(each.question).left_out]
    assert changed == []


def test_a_ban_itself_has_two_sides() -> None:
    """Only one from doing something says no to it."""
    assert subject_of("Should the town ban spotters?").searched_for == "… the town ban spotters?"


def test_a_denial_in_a_later_clause_stays() -> None:
    """It says which groups, or what they do."""
    asked = "Should groups that never register be fined?"
    assert subject_of(asked).searched_for == "… groups that never register be fined?"


def test_a_question_stays_one_for_and_against_after_a_follow_up() -> None:
    """What was taken over belongs to the subject."""
    assert subject_of("Who opposes it? — trams, Skerry").searched_for == "… it? — trams, Skerry?"


WORDS = st.lists(
    st.sampled_from(
        """should why never not is it right wrong that to for against who supports opposes what are
        the benefits of risks arguments wardens spotters patrols let be allowed banned from Skerry
        do help harm or and pros cons stop working “never work” refuse? good bad a idea — fog,
        according""".split(" ")
    ),
    min_size=1,
    max_size=14,
).map(lambda words: one_line(" ".join(words)))
QUESTIONS = st.one_of(
    WORDS,
    st.text(min_size=1).map(one_line),
    st.sampled_from([each for _, *asked in FOR_AND_AGAINST for each in asked]),
)


@given(QUESTIONS)
def test_what_is_searched_for_has_no_two_sides_any_more(asked: str) -> None:
    """The neutral form of a neutral form is itself."""
    searched_for = subject_of(asked).searched_for
    assert subject_of(searched_for) == Subject(searched_for, ())


@given(QUESTIONS)
def test_no_word_is_added_and_quoted_words_stay(asked: str) -> None:
    """What is searched for and what is left out are the words of the question, each once."""
    subject = subject_of(asked)
    assert read_phrases(subject.searched_for)[0] == read_phrases(asked)[0]
    if subject.left_out:
        strip = str.maketrans("", "", "…?.!,:; ")
        rest = sorted("".join([subject.searched_for, *subject.left_out]).translate(strip))
        assert rest == sorted(asked.translate(strip))
    else:
        assert subject.searched_for == asked


@pytest.mark.parametrize(
    "words", ["should ban x ", "is it a ", "do so ", "x - ", "why not ", "are a "]
)
def test_the_longest_question_costs_milliseconds(words: str) -> None:
    """However it is made: no pattern tries all ways to cut it."""
    subject_of(one_line((words * LONGEST_QUESTION)[:LONGEST_QUESTION]))
