"""Writes what all contenders read. Runs in the project's environment."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np

from corpus import passages_of, read_collection
from index import SearchIndex
from index.build import encoded_string
from index.layout import VECTORS
from retrieval.evaluation import read_beir
from tests.benchmarks.judged_sets import SEED, evaluation_folder
from tests.benchmarks.peers.contenders.encoder import plain_encoder
from tests.benchmarks.peers.contract import WARMING, Inputs
from tests.benchmarks.shared import questions

QUESTIONS = 200


def write_articles(inputs: Inputs, count: int) -> None:
    """`count` articles from all over the news sample, and the strings of their passages."""
    packed = evaluation_folder() / "news_sample" / "articles.jsonl.gz"
    lines = gzip.decompress(packed.read_bytes()).splitlines(keepends=True)
    inputs.collection.mkdir(parents=True, exist_ok=True)
    chosen = lines[:: max(len(lines) // count, 1)][:count]
    (inputs.collection / "articles.jsonl").write_bytes(b"".join(chosen))
    articles = read_collection(inputs.collection).articles
    inputs.write(
        "passages", [encoded_string(each) for one in articles for each in passages_of(one)]
    )


def write_questions(inputs: Inputs) -> None:
    inputs.write("questions", questions(WARMING + QUESTIONS))


def write_asked_over(inputs: Inputs, folder: Path) -> None:
    """Strings and vectors of the passages of the index in `folder`, so that no peer has to encode
    them again."""
    index = SearchIndex(folder)
    strings = [encoded_string(index.passage(row)) for row in range(len(index))]
    inputs.write("asked_over", strings)
    vectors = faiss.read_index(str(index.folder / VECTORS)).reconstruct_n(0, len(index))
    np.save(inputs.folder / "inputs" / "asked_over.npy", vectors)
    index.close()


def write_set(inputs: Inputs, name: str, most: int) -> None:
    """A judged set with at most `most` answerable queries, those that `tests.benchmarks.ranking`
    measures; of each document its title and text as one passage."""
    folder = evaluation_folder() / name
    judged = read_beir(folder)
    strings = [
        f"{article.metadata.title}\n{article.text}" if article.metadata.title else article.text
        for article in judged.articles
    ]
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    random.Random(SEED).shuffle(records)
    chosen = [
        record["_id"]
        for record in records
        if record["_id"] in judged.judgements
        and not (record.get("metadata") or {}).get("unanswerable")
    ][:most]
    queries = {query: judged.questions[query].text for query in chosen}
    written = {
        "documents": [article.article_id for article in judged.articles],
        "strings": strings,
        "queries": queries,
        "judgements": {query: judged.judgements[query] for query in chosen},
        "document_vectors": _vectors_of(strings, inputs.folder / "vectors"),
        "query_vectors": _vectors_of(list(queries.values()), inputs.folder / "vectors"),
    }
    inputs.write(f"set-{name}", written)


def _vectors_of(strings: Sequence[str], folder: Path) -> str:
    """The name of the file in `folder` with the vectors of these strings, encoded where it is not
    there: float32, shape (strings, dimensions)."""
    folder.mkdir(exist_ok=True)
    name = f"{hashlib.sha256(json.dumps(strings).encode()).hexdigest()}.npy"
    if not (folder / name).exists():
        print(f"Encoding {len(strings):,} strings", file=sys.stderr)
        unfinished = folder / "unfinished.npy"
        np.save(unfinished, plain_encoder().encode(strings, show_progress_bar=False))
        unfinished.rename(folder / name)
    return name
