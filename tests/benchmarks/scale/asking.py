"""Questions over an invented collection: how long opening and answering take, and how much memory
is held.

`python -m tests.benchmarks.scale.asking FOLDER` over what `python -m tests.benchmarks.scale FOLDER`
has built. Questions are words of a sentence of the collection, so that answers have citations.
"""

from __future__ import annotations

import random
import re
import sys
import time
from pathlib import Path

import numpy as np

from index import SearchIndex, SentenceEncoder
from index.build import encoded_string
from index.dense import plan_for
from tests.benchmarks.asking import measure, print_sizes
from tests.benchmarks.scale.vectors import Asker, stand_in_of
from tests.benchmarks.shared import print_table, resident_megabytes

QUESTIONS = 210
_LONG_WORD = re.compile(r"\b[A-Za-z]{4,}\b")
_WORDS = 6
_RECALLED = 10


def main(folder: Path) -> None:
    before = resident_megabytes()
    started = time.perf_counter()
    index = SearchIndex(folder / "index")
    index.open_all()
    opened = time.perf_counter() - started
    print(
        f"opened {len(index):,} passages in {opened:.2f} s; resident {before:,.0f} MB before, "
        f"{resident_megabytes():,.0f} after"
    )
    stand_in = stand_in_of(folder)
    asked = _questions(index)
    measure(index, Asker(SentenceEncoder(), stand_in, asked), list(asked))
    print_sizes(index)
    _print_recall(index, stand_in.encode(list(asked.values())))
    index.close()


def _questions(index: SearchIndex) -> dict[str, str]:
    """Questions, and for each the string that was encoded for the passage it was made from."""
    chance = random.Random(11)
    made: dict[str, str] = {}
    while len(made) < QUESTIONS:
        passage = index.passage(chance.randrange(len(index)))
        sentence = chance.choice(passage.sentences).of(passage.article.text)
        words = _LONG_WORD.findall(sentence)
        if len(words) >= _WORDS:
            start = chance.randrange(len(words) - _WORDS + 1)
            made[f"What about {' '.join(words[start : start + _WORDS])}?"] = encoded_string(passage)
    return made


def _print_recall(index: SearchIndex, vectors: np.ndarray) -> None:
    """How many of the nearest passages of exact search the index finds among its own."""
    assert index.vectors is not None
    rows = np.arange(len(index))
    best, hits = [], []
    for start in range(0, len(index), 65_536):
        block = index.vectors.vectors_of(rows[start : start + 65_536])
        best.append(np.asarray(block @ vectors.T).T)
    exact = np.concatenate(best, axis=1)
    for row, cosines in zip(vectors, exact, strict=True):
        nearest = set(np.argpartition(-cosines, _RECALLED)[:_RECALLED].tolist())
        hits.append(len(nearest & set(index.vectors.search(row, _RECALLED)[0].tolist())))
    recall = float(np.mean(hits)) / _RECALLED
    print_table(
        "FAISS",
        ["passages", "index", f"recall@{_RECALLED}"],
        [(f"{len(index):,}", plan_for(len(index)).factory, f"{recall:.3f}")],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
