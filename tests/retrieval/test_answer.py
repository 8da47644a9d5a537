"""What an answer can be at all."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from corpus import Span
from index import SearchIndex
from retrieval import Answer, ask


@pytest.fixture
def answer(wordy_town: SearchIndex) -> Answer:
    return ask("Who closes the library?", wordy_town, None)


def test_an_answer_has_no_field_for_prose() -> None:
    """Besides the question and facts about the search there are only citations."""
    assert [field.name for field in fields(Answer)] == [
        "question", "searched_for", "taken_over", "support", "citations", "scope", "index",
        "speaker", "left_out",
    ]  # fmt: skip


def test_citations_without_support_cannot_exist(answer: Answer) -> None:
    """An answer that says none and cites, or says more and does not, is an error."""
    with pytest.raises(ValueError, match="citations exactly where it has support"):
        replace(answer, support="none")
    with pytest.raises(ValueError, match="citations exactly where it has support"):
        replace(answer, citations=())


def test_a_highlight_outside_its_passage_cannot_exist(answer: Answer) -> None:
    """A highlight that leaves the passage by one character is an error."""
    citation = answer.citations[0]
    span = citation.passage.span
    with pytest.raises(ValueError, match="outside passage"):
        replace(citation, highlights=(Span(span.start, span.end + 1),))


def test_articles_counts_what_is_cited(answer: Answer) -> None:
    """Two passages of one article are one article."""
    citation = answer.citations[0]
    assert replace(answer, citations=(citation, replace(citation, number=2))).articles == 1
