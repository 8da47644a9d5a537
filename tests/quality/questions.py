"""The questions that the gate asks, the briefs that they are asked of, and the hash of all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpus
from corpus import Article, Span

BRIEFS = Path(corpus.__file__).parent / "articles"
QUESTIONS = Path(__file__).with_name("questions.jsonl")
PAIRS = Path(__file__).with_name("two_sided.jsonl")


@dataclass(frozen=True, slots=True)
class Answerable:
    """A question that the collection answers.

    relevant: article ids with 2 where the article answers, 1 where it answers partly.
    answers: figures, names or short phrases; a citation that answers holds one of them.
    sentences: for each article that answers, words that stand in it once, in a sentence that
        answers.
    """

    question: str
    relevant: Mapping[str, int]
    answers: tuple[str, ...]
    sentences: Mapping[str, tuple[str, ...]]

    def answering_words(self, article: Article) -> list[Span]:
        """Where the words of `sentences` stand in the article; empty where it does not answer."""
        words = self.sentences.get(article.article_id, ())
        starts = [article.text.index(phrase) for phrase in words]
        return [
            Span(start, start + len(phrase)) for start, phrase in zip(starts, words, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """A question that the collection does not answer.

    is_near: it sounds as if the collection could answer it; else it is about something else.
    """

    question: str
    is_near: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A question as it is put by somebody in favour, and by somebody against."""

    in_favour: str
    against: str


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """In the order of the file."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Pair(line["for"], line["against"]) for line in lines]


def read_questions(path: Path = QUESTIONS) -> list[Answerable | Unanswerable]:
    """In the order of the file."""
    return [_question(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def read_briefs(folder: Path = BRIEFS) -> dict[str, str]:
    """Article id to text, as the files hold it: read here without the program's own reader."""
    return {
        path.stem: path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        for path in sorted(folder.glob("*.md"))
    }


def data_hash(questions: Path = QUESTIONS, briefs: Path = BRIEFS, pairs: Path = PAIRS) -> str:
    """SHA-256 over the names and hashes of the files of questions and of every brief."""
    files = [questions, pairs, *sorted(briefs.glob("*.md"))]
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _question(line: Mapping[str, Any]) -> Answerable | Unanswerable:
    if "refuse" in line:
        return Unanswerable(
            line["question"], {"other subject": False, "near subject": True}[line["refuse"]]
        )
    return Answerable(
        question=line["question"],
        relevant=line["relevant"],
        answers=tuple(line["answer"]),
        sentences={article: tuple(words) for article, words in line["sentence"].items()},
    )
