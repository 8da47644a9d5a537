"""The judged collections that ONRECORD_EVAL names, indexed as the application indexes."""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import Encoder, SearchIndex, build_index_of
from retrieval.evaluation import read_beir
from retrieval.questions.question import Question, question_of
from retrieval.ranking.query import Query, queries_of

SETS = (
    "trecqa",
    "realtimeqa_evidence_dev",
    "squad2_half",
    "clapnq_dev",
    "multihop_rag_500",
    "cranfield",
)
SEED = 7


@dataclass(frozen=True)
class Asked:
    """A question of a set. text: as it stands there. metadata: what the set says of it.
    relevant: ids of the documents that answer it; none for one that has no answer."""

    id: str
    question: Question
    metadata: dict[str, Any]
    relevant: frozenset[str]


@dataclass(frozen=True)
class JudgedSet:
    """A set with its open index. questions: all of them, in an order shuffled by SEED."""

    name: str
    index: SearchIndex
    questions: tuple[Asked, ...]
    judgements: dict[str, dict[str, int]]

    def answerable(self, most: int) -> list[Asked]:
        chosen = [
            asked
            for asked in self.questions
            if asked.relevant and not asked.metadata.get("unanswerable")
        ]
        return chosen[:most]

    def unanswerable(self, most: int) -> list[Asked]:
        return [asked for asked in self.questions if asked.metadata.get("unanswerable")][:most]


def evaluation_folder() -> Path:
    return Path(os.environ["ONRECORD_EVAL"])


def load(name: str, encoder: Encoder, indexes: Path) -> JudgedSet:
    """Index the set in a folder below `indexes`, or what is new of it, and open it."""
    folder = evaluation_folder() / name
    judged = read_beir(folder)
    build_index_of(judged.articles, indexes / name, encoder)
    questions = []
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        relevant = {
            document
            for document, score in judged.judgements.get(record["_id"], {}).items()
            if score >= 1
        }
        questions.append(
            Asked(
                record["_id"],
                question_of(record["text"]),
                record.get("metadata") or {},
                frozenset(relevant),
            )
        )
    random.Random(SEED).shuffle(questions)
    judgements = {query: dict(scores) for query, scores in judged.judgements.items()}
    return JudgedSet(name, SearchIndex(indexes / name), tuple(questions), judgements)


def queries(asked: list[Asked], index: SearchIndex, encoder: Encoder) -> list[Query]:
    """The questions as queries to `index`, in order."""
    return list(queries_of({one.id: one.question for one in asked}, index, encoder).values())
