"""A question as it is read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import LONGEST_QUESTION, UnusableQuestion
from retrieval.questions.question import question_of, read_question


@pytest.mark.parametrize(
    "asked",
    ["", "   ", "\n\t \u00a0\u2003", "?", "…?!", "« — »", "\x00\x1b\x7f", "\ud800", "🛶 🛶"],
    ids=[
        "empty", "spaces", "all white space", "question mark", "punctuation", "marks and dashes",
        "control characters", "half a surrogate pair", "pictures",
    ],
)  # fmt: skip
def test_a_question_without_a_word_is_refused(asked: str) -> None:
    """Where there is nothing to search for, the message says how to ask."""
    with pytest.raises(UnusableQuestion) as refused:
        read_question(asked)
    assert str(refused.value) == "There is no question. Ask in a few words or a sentence."


def test_a_text_is_no_question() -> None:
    """What is longer than a question can be is refused with both lengths and what to do."""
    with pytest.raises(UnusableQuestion) as refused:
        read_question("tram " * 500)
    assert str(refused.value) == (
        "The question has 2,499 characters; at most 2,000 are read. Ask it in fewer words."
    )


def test_the_longest_question_is_read_whole() -> None:
    """Exactly the greatest length is still a question; one character more is none."""
    longest = "b" * LONGEST_QUESTION
    assert read_question(longest).text == longest
    with pytest.raises(UnusableQuestion, match="2,001 characters"):
        read_question(longest + "b")


def test_length_counts_what_is_read() -> None:
    """White space that is not read does not make a question too long."""
    assert read_question(" " * 5000 + "Who closed the library?\n").text == "Who closed the library?"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("  Who\tclosed \n the   library? ", "Who closed the library?"),
        ("Who\u00a0closed\u2003it?", "Who closed it?"),
        ("Who\x00closed\x1b[31m it\x7f?", "Who closed [31m it ?"),
        ("Who closed \ud83d it?", "Who closed it?"),
        ("Wer schloß die Bücherei?", "Wer schloß die Bücherei?"),
    ],
    ids=["white space", "no-break space", "control characters", "surrogate", "not ASCII"],
)
def test_white_space_and_control_characters_become_single_spaces(asked: str, text: str) -> None:
    """What is searched is one line of visible characters, otherwise as it was asked."""
    assert read_question(asked).text == text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("How many fines did the wardens issue?", ["fines", "wardens", "issue"]),
        ("What did the Chief Warden say?", ["Chief", "Warden", "say"]),
        ("Who’s the mayor?", ["mayor"]),
        ("Who's the mayor, and what's his party?", ["mayor", "party"]),
        ("Where's the library?", ["library"]),
        ("Please tell me about the TRAM strike, thanks", ["TRAM", "strike"]),
        ("Could you explain why the ferry sank?", ["ferry", "sank"]),
        ("Which mayor's office did they give money?", ["mayor's", "office", "money"]),
        ("Hello, I’d like to know whether the ferry sank", ["ferry", "sank"]),
        ("Can you show me anything on trams, please?", ["trams"]),
        ("Please list all the ferries", ["ferries"]),
        ("I'm looking for the show", ["show"]),
        ("What is the library like?", ["library"]),
        ("Do people like lists?", ["people", "like", "lists"]),
        (
            "What did Theresa May and Will Renn tell the WHO?",
            ["Theresa", "May", "Will", "Renn", "WHO"],
        ),
        ("May I ask? Who may vote?", ["ask", "vote"]),
        ("Which raids were in may 2019?", ["raids", "may", "2019"]),
        ("WHO MAY VOTE?", ["VOTE"]),
        ("Who said “who may find me”?", ["said", "who", "may", "find"]),
        ("Who wrote 'Tell Me Why' and \"Can't Will\"?", ["wrote", "Tell", "Why", "Can't", "Will"]),
        ("What were the wardens' and mayors' thanks?", ["wardens", "mayors"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_that_only_ask_are_not_searched_for(asked: str, words: list[str]) -> None:
    """Question words, politeness and stop words carry no weight; the rest stays in order."""
    question = read_question(asked)
    assert [question.word(term) for term in question.terms] == words


@pytest.mark.parametrize(
    "asked",
    ["What is it about?", "Who was that?", "Why?", "How would you know?", "Can you help me?"],
)
def test_a_question_may_have_no_terms(asked: str) -> None:
    """A question of nothing but words that ask is read, and has nothing to match by words."""
    assert read_question(asked).terms == []


def test_each_term_comes_once_in_the_order_of_the_question() -> None:
    """Forms of one word are one term, at the place where it first stands."""
    question = read_question("Did libraries close, is a library closing near the closed port?")
    words = [question.word(term) for term in question.terms]
    assert words == ["libraries", "close", "near", "port"]


@pytest.mark.parametrize(
    ("asked", "term", "word"),
    [
        ("Which Libraries shut?", "librari", "Libraries"),
        ("Who wants 1,500 volunteers?", "1500", "1,500"),
        ("What do paedophiles fear?", "pedophil", "paedophiles"),
        ("What did Renn’s office say?", "renn", "Renn’s"),
        ("Quand ferme le café?", "cafe", "café"),
    ],
    ids=["inflected", "number", "folded", "possessive", "accent"],
)
def test_a_term_is_named_by_the_word_that_was_asked(asked: str, term: str, word: str) -> None:
    """To people a term is shown as they wrote it, never stemmed or folded."""
    assert read_question(asked).word(term) == word


@given(st.text(max_size=300))
def test_any_string_is_read_or_refused(asked: str) -> None:
    """Whatever is typed, reading gives one line and tokens that stand in it, or a refusal."""
    try:
        question = read_question(asked)
    except UnusableQuestion:
        return
    assert question.text == " ".join(question.text.split())
    assert not any(unicodedata.category(character) == "Cc" for character in question.text)
    assert all(token.span.of(question.text).strip() for token in question.tokens)
    assert len(question.terms) == len(set(question.terms))


@pytest.mark.parametrize("words", ["", "?", "tram " * 500], ids=["nothing", "no word", "a text"])
def test_questions_of_others_are_taken_as_they_are(words: str) -> None:
    """What could not be asked is a question all the same where it is measured."""
    assert question_of(words).text == words.strip()


@pytest.mark.parametrize("words", ["Who closes\n the  library?", "trams"])
def test_an_ordinary_question_is_the_same_both_ways(words: str) -> None:
    """Whether it is asked or measured."""
    assert question_of(words) == read_question(words)
