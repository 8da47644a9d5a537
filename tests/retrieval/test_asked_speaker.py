"""Whose words a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions.asked_speaker import asked_speaker


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What did Ann Lee say about the ferry?", "Ann Lee"),
        ("What does the Harbour Office think of it?", "Harbour Office"),
        ("What has Mr Lee called for?", "Lee"),
        ("What did Mr. Lee say about the ferry?", "Lee"),
        ("What did A. B. Lee say about the ferry?", "A. B. Lee"),
        ("How did the council respond to the strike?", "council"),
        ("Why did Dame Ann Lee want a new pier?", "Ann Lee"),
        ("What are Ann Lee's views on the pier?", "Ann Lee"),
        ("What is Ann Lee’s current position?", "Ann Lee"),
        ("What are the views of the Harbour Office on night boats?", "Harbour Office"),
        ("According to Ann Lee, who pays?", "Ann Lee"),
        ("Did Ann Lee change her mind about the pier?", "Ann Lee"),
        ("What did people say about it?", "people"),
    ],
)
def test_the_name_is_found(question: str, who: str) -> None:
    assert asked_speaker(question) == who


@pytest.mark.parametrize(
    "question",
    [
        "Where is the ferry?",
        "How many boats sank in 2018?",
        "Who said that the pier is safe?",
        "What happened to Ann Lee?",
        "Ann Lee",
        "",
    ],
)
def test_other_questions_ask_for_nobodys_words(question: str) -> None:
    assert asked_speaker(question) is None


@given(st.text(max_size=200))
def test_the_name_is_taken_from_the_question(question: str) -> None:
    who = asked_speaker(question)
    assert who is None or (who in question and who.strip() == who)
