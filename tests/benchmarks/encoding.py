"""Passages a second: the build's way of encoding against plain sentence-transformers loops.

`python -m tests.benchmarks.encoding` over real passages of the news sample, each way in turn on
the same strings in one run, so that the ratios hold where single figures do not.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np
from sentence_transformers import SentenceTransformer

from corpus import passages_of, read_collection
from index import SentenceEncoder, Silent, word_spans
from index.build import encoded_string
from index.dense import VectorStore, encode_in_windows
from index.dense.encoder import WORD_DIMENSIONS
from index.dense.model_files import _default_folder
from tests.benchmarks.shared import news_collection, print_table

PASSAGES = 1024
ROUNDS = 3


def news_strings() -> list[str]:
    """What is encoded of PASSAGES passages, from all over the sample."""
    with tempfile.TemporaryDirectory() as folder:
        collection = read_collection(news_collection(Path(folder)))
    every = [encoded_string(p) for article in collection.articles for p in passages_of(article)]
    return every[:: len(every) // PASSAGES][:PASSAGES]


def make_ways() -> dict[str, Callable[[Sequence[str]], None]]:
    """Each way of encoding, the build's first."""
    ours = SentenceEncoder()
    plain = SentenceTransformer(str(_default_folder()), device="cpu")

    basis = ours.word_basis(WORD_DIMENSIONS, Silent())

    def build(texts: Sequence[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = VectorStore(Path(folder))
            for window, encoded in encode_in_windows(ours, texts, word_spans, lambda done: None):
                store.add(window, encoded, basis)

    def no_words(texts: Sequence[str]) -> None:
        ordered = sorted(texts, key=len, reverse=True)
        for first in range(0, len(ordered), 128):
            ours.encode(ordered[first : first + 128])

    def loop(texts: Sequence[str]) -> None:
        for first in range(0, len(texts), 32):
            plain.encode(texts[first : first + 32], show_progress_bar=False)

    def one_call(texts: Sequence[str]) -> None:
        plain.encode(list(texts), show_progress_bar=False)

    return {
        f"the build ({ours.identity.precision})": build,
        "the same without vectors of words": no_words,
        "plain loop, batches of 32 (float32)": loop,
        "plain, one call (float32)": one_call,
    }


def main() -> None:
    strings = news_strings()
    ways = make_ways()
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way(strings[:64])  # warm
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started = time.perf_counter()
            way(strings)
            rates[name].append(len(strings) / (time.perf_counter() - started))
    first = rates[next(iter(ways))]
    rows = [
        (name, f"{median(found):.1f}", f"{median(np.divide(first, found)):.2f}")
        for name, found in rates.items()
    ]
    print_table(f"{len(strings):,} passages, {ROUNDS} rounds", ["", "passages/s", "ratio"], rows)


if __name__ == "__main__":
    main()
