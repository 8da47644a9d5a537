"""How long a warm question takes, from its text to the rendered answer, what takes it, and how
large the parts of the index are.

`python -m tests.benchmarks.asking INDEX` over an index of the news sample, such as
`python -m tests.benchmarks.building INDEX` leaves behind.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from index import Encoder, SearchIndex, SentenceEncoder, WordVectors
from index.dense import segments_of
from index.layout import WORDS
from interface.rendering import answer_html
from retrieval import ask
from retrieval.choosing.candidates import Candidates
from retrieval.ranking import hybrid as ranking
from tests.benchmarks.shared import milliseconds, print_table, questions, resident_megabytes

QUESTIONS = 200
_WARMING = 10


class _Clock:
    """Adds up the time spent in functions, by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def watch(self, stage: str, owner: Any, name: str) -> None:
        """Replace the function with one that is timed, for as long as the process lives."""
        function: Callable[..., Any] = getattr(owner, name)

        def timed(*arguments: Any, **options: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                self.spent[stage] += time.perf_counter() - started

        setattr(owner, name, timed)


def main(folder: Path) -> None:
    index = SearchIndex(folder)
    index.open_all()
    encoder = SentenceEncoder()
    measure(index, encoder, questions(QUESTIONS + _WARMING))
    print_sizes(index)


def measure(index: SearchIndex, encoder: Encoder, asked: Sequence[str]) -> None:
    """Print how long the questions take behind the first ten, which warm model, memory maps and
    FAISS, and the memory that is held at the end."""
    clock = _Clock()
    clock.watch("encoding the question", type(encoder), "encode_words")
    clock.watch("search by words and vectors", SearchIndex, "search")
    clock.watch("late interaction of 50", WordVectors, "best_cosines")
    clock.watch("titles and publishers", ranking, "_bonuses")
    clock.watch("reading 20, highlights", ranking, "read_closely")
    module = sys.modules["retrieval.ask"]
    clock.watch("support", Candidates, "leaders")
    clock.watch("copies and diversity", module, "select")
    for question in asked[:_WARMING]:
        answer_html(ask(question, index, encoder))
    stages: dict[str, list[float]] = defaultdict(list)
    levels: dict[str, int] = defaultdict(int)
    for question in asked[_WARMING:]:
        clock.spent.clear()
        started = time.perf_counter()
        answer = ask(question, index, encoder)
        answered = time.perf_counter()
        answer_html(answer)
        rendered = time.perf_counter()
        for stage, seconds in clock.spent.items():
            stages[stage].append(seconds)
        stages["fusion, passages, scope"].append(answered - started - sum(clock.spent.values()))
        stages["rendering"].append(rendered - answered)
        stages["whole"].append(rendered - started)
        levels[answer.support] += 1
    rows = [(name, *milliseconds(seconds)) for name, seconds in stages.items()]
    title = f"{len(asked) - _WARMING} questions over {len(index):,} passages"
    print_table(title, ["ms", "median", "p95", "largest"], rows)
    print(f"support: {dict(levels)}; resident {resident_megabytes():,.0f} MB")


def print_sizes(index: SearchIndex) -> None:
    """Megabytes of each part, and bytes a passage."""
    parts: dict[str, int] = defaultdict(int)
    for part in index.manifest.parts:
        parts[part.path.split("/")[0]] += part.bytes
    parts["articles.db"] = (index.index / "articles.db").stat().st_size
    if index.words is not None:
        words = sum(int(segment.nbytes) for segment in index.words.segments)
        stored = index.index / "vectors"
        names = segments_of(index.folder / WORDS)
        whole = sum(path.stat().st_size for path in stored.rglob("*.npy") if path.name in names)
        parts["segments: word vectors"] = words
        parts["segments: the rest"] = whole - words
    rows = [
        (name, f"{size / 1e6:,.1f}", f"{size / max(len(index), 1):,.0f}")
        for name, size in sorted(parts.items())
    ]
    print_table("index", ["part", "MB", "bytes a passage"], rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
