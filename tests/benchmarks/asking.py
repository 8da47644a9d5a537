"""How long a warm question takes, from its text to the rendered answer, and what takes it.

`python -m tests.benchmarks.asking INDEX` over an index of the news sample, such as
`python -m tests.benchmarks.building INDEX` leaves behind.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import SearchIndex, SentenceEncoder
from interface.rendering import answer_html
from retrieval import ask
from tests.benchmarks.shared import milliseconds, print_table, questions, resident_megabytes

QUESTIONS = 250


class _Clocked:
    """An encoder that adds up the time spent in it for each question."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self.identity = encoder.identity
        self.calls: list[float] = []

    def encode(self, strings: Any) -> NDArray[np.float32]:
        started = time.perf_counter()
        vectors = self._encoder.encode(strings)
        self.calls.append(time.perf_counter() - started)
        return vectors


def main(folder: Path) -> None:
    index = SearchIndex(folder)
    encoder = _Clocked(SentenceEncoder())
    asked = questions(QUESTIONS + 5)
    for question in asked[:5]:  # warm: model, memory maps, FAISS
        answer_html(ask(question, index, encoder))
    stages: dict[str, list[float]] = defaultdict(list)
    levels: dict[str, int] = defaultdict(int)
    for question in asked[5:]:
        encoder.calls.clear()
        started = time.perf_counter()
        answer = ask(question, index, encoder)
        answered = time.perf_counter()
        answer_html(answer)
        rendered = time.perf_counter()
        stages["encoding the question"].append(encoder.calls[0])
        stages["encoding sentences"].append(sum(encoder.calls[1:]))
        stages["search, fusion, reading"].append(answered - started - sum(encoder.calls))
        stages["rendering"].append(rendered - answered)
        stages["whole"].append(rendered - started)
        levels[answer.support] += 1
    rows = [(name, *milliseconds(seconds)) for name, seconds in stages.items()]
    title = f"{len(asked) - 5} questions over {len(index):,} passages, {encoder.identity.precision}"
    print_table(title, ["ms", "median", "p95", "largest"], rows)
    print(f"support: {dict(levels)}; resident {resident_megabytes():,.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
