"""The question set: every answer stands in the brief that is said to answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Article, read_collection, sentence_spans
from tests.quality.questions import (
    BRIEFS,
    PAIRS,
    QUESTIONS,
    Answerable,
    Unanswerable,
    data_hash,
    read_briefs,
    read_pairs,
    read_questions,
)

ASKED = read_questions()
ANSWERABLE = [each for each in ASKED if isinstance(each, Answerable)]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {article.article_id: article for article in read_collection(BRIEFS).articles}


def test_no_question_is_asked_twice() -> None:
    """Scores are kept by question."""
    assert sorted({each.question for each in ASKED}) == sorted(each.question for each in ASKED)


def test_every_pair_asks_from_both_sides() -> None:
    """Twenty at least, and no question twice."""
    asked = [question for pair in read_pairs() for question in (pair.in_favour, pair.against)]
    assert len(set(asked)) == len(asked) >= 40


def test_every_brief_answers_a_question(articles: dict[str, Article]) -> None:
    """None is left out, and none is named that is not there."""
    assert {name for each in ANSWERABLE for name in each.sentences} == set(articles)
    assert {name for each in ANSWERABLE for name in each.relevant} == set(articles)


def test_there_are_questions_to_refuse_of_both_kinds() -> None:
    """About something else altogether, and near enough to be mistaken for answerable."""
    refused = [each for each in ASKED if isinstance(each, Unanswerable)]
    assert min(sum(each.is_near for each in refused), sum(not each.is_near for each in refused)) > 9


@pytest.mark.parametrize("asked", ANSWERABLE, ids=lambda asked: asked.question)
def test_an_answer_stands_in_a_sentence_that_answers(
    asked: Answerable, articles: dict[str, Article]
) -> None:
    """An article has grade 2 exactly where it has answering sentences; their words stand in it
    once; one of them holds an answer; and no answer stands in none."""
    assert set(asked.relevant.values()) <= {1, 2}
    assert {name for name, grade in asked.relevant.items() if grade == 2} == set(asked.sentences)
    found = set()
    for name, words in asked.sentences.items():
        text = articles[name].text
        assert {phrase: text.count(phrase) for phrase in words} == dict.fromkeys(words, 1)
        spans = asked.answering_words(articles[name])
        sentences = [
            sentence.of(text)
            for sentence in sentence_spans(text, 0, len(text))
            if any(sentence.overlaps(span) for span in spans)
        ]
        held = {answer for answer in asked.answers if any(answer in each for each in sentences)}
        assert held, f"no answer stands in the sentences of {name}"
        found |= held
    assert found == set(asked.answers)


def test_briefs_are_read_as_the_program_reads_them(articles: dict[str, Article]) -> None:
    """The gate's own reader, which fidelity is measured against, agrees on every text."""
    assert read_briefs() == {name: article.text for name, article in articles.items()}


def test_the_hash_changes_with_a_question_a_brief_or_a_name(tmp_path: Path) -> None:
    """And with nothing else: the same files elsewhere have the same hash."""
    questions, briefs = tmp_path / QUESTIONS.name, tmp_path / "briefs"
    pairs = tmp_path / PAIRS.name
    briefs.mkdir()
    questions.write_bytes(QUESTIONS.read_bytes())
    pairs.write_bytes(PAIRS.read_bytes())
    for path in BRIEFS.glob("*.md"):
        (briefs / path.name).write_bytes(path.read_bytes())
    hashes = [data_hash(questions, briefs, pairs)]
    assert hashes == [data_hash()]

    brief = min(briefs.glob("*.md"))
    brief.write_bytes(brief.read_bytes() + b"\nMore.\n")
    hashes.append(data_hash(questions, briefs, pairs))
    brief.rename(briefs / "renamed.md")
    hashes.append(data_hash(questions, briefs, pairs))
    pairs.write_bytes(pairs.read_bytes().replace(b"Should", b"May", 1))
    hashes.append(data_hash(questions, briefs, pairs))
    questions.write_bytes(questions.read_bytes().replace(b"How many", b"How few", 1))
    hashes.append(data_hash(questions, briefs, pairs))
    assert len(set(hashes)) == 5
