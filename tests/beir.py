"""A tiny folder in BEIR layout, of our own invention."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FERRY = "A ferry ran aground off Skerry Point in fog."
DOCUMENTS = (
    {"_id": "ferry", "title": "Ferry aground", "text": FERRY, "metadata": {"page": 3}},
    {"_id": "mill", "title": "", "text": "The mill at Wexcombe opens on Friday."},
    {"_id": "barrier", "title": "", "text": "The flood barrier at Sedge Lane held."},
    {"_id": "tram", "title": "", "text": "Tram drivers in Marlow Bay will strike."},
)
QUERIES = (
    {"_id": "q1", "text": "ferry in fog", "metadata": {}},
    {"_id": "q2", "text": "flood barrier"},
    {"_id": "q3", "text": "nobody judged this"},
    {"_id": "q4", "text": "nothing is relevant to this"},
)
JUDGEMENTS = (("q1", "ferry", 2), ("q1", "tram", 1), ("q2", "mill", 1), ("q4", "mill", 0))

# By words q1 finds only the ferry, q2 only the barrier:
# nDCG@10 (2 / (2 + 1/log2 3) + 0) / 2, R@100 (1/2 + 0) / 2, RR@10 (1 + 0) / 2.
LEXICAL = {"nDCG@10": 0.380094, "R@100": 0.25, "RR@10": 0.5}


def lines(records: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def qrels(judgements: Iterable[tuple[object, ...]]) -> str:
    rows = [("query-id", "corpus-id", "score"), *judgements]
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def write_beir(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the tiny data into `folder`, with `files` in place of its own (None: not there)."""
    content: dict[str, str | bytes | None] = {
        "corpus.jsonl": lines(DOCUMENTS),
        "queries.jsonl": lines(QUERIES),
        "qrels/test.tsv": qrels(JUDGEMENTS),
    }
    for name, written in (content | dict(files or {})).items():
        if written is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written if isinstance(written, bytes) else written.encode())
    return folder
