"""A whole build of the news sample, and the builds after it, each as its own process.

`python -m tests.benchmarks.building FOLDER` leaves the collection and its index in FOLDER, for
`python -m tests.benchmarks.asking FOLDER/index`. Takes as long as encoding 37,000 passages does.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from corpus import Span
from index import Encoded, Generations, NoIndex, SentenceEncoder, build_index
from tests.benchmarks.shared import news_collection, print_table

# How many of the 3,000 articles change before a build.
CHANGED = (0, 1, 10, 100)


class _Timed(SentenceEncoder):
    """Adds up how long it encodes."""

    seconds = 0.0

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        started = time.perf_counter()
        try:
            return super().encode_words(strings, words)
        finally:
            self.seconds += time.perf_counter() - started


def main(folder: Path) -> None:
    collection = news_collection(folder)
    index = folder / "index"
    rows = [_timed("first build", collection, index)]
    for number in CHANGED:
        _change(collection / "articles.jsonl", number)
        rows.append(_timed(f"{number} changed", collection, index))
    columns = [
        "", "seconds", "first answers", "encoding", "encoded", "passages", "passages/s", "peak MB",
    ]  # fmt: skip
    print_table("Builds of 3,000 articles", columns, rows)


def _change(file: Path, number: int) -> None:
    """So many articles, from all over the file, get a sentence more."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for at in range(0, len(lines), len(lines) // number) if number else ():
        article = json.loads(lines[at])
        article["text"] += f" The mayor of Elmbridge counted {number} of them."
        lines[at] = json.dumps(article)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _timed(name: str, collection: Path, index: Path) -> tuple[str, ...]:
    command = [sys.executable, "-m", "tests.benchmarks.building", str(collection), str(index)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return (name, *json.loads(told))


def _build(collection: Path, index: Path) -> None:
    """One build in this process; prints the cells of its row."""
    first: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            try:
                Generations(index).pointer()
            except NoIndex:
                continue
            first.append(time.perf_counter() - started)
            return

    watching = threading.Thread(target=watch)
    started = time.perf_counter()
    encoder = _Timed()
    watching.start()
    report = build_index(collection, index, encoder)
    seconds = time.perf_counter() - started
    ended.set()
    watching.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak *= 1 if sys.platform == "darwin" else 1024
    cells = [
        f"{seconds:.1f}", f"{first[0]:.1f}" if first else "", f"{encoder.seconds:.1f}",
        f"{report.encoded:,}", f"{report.passages:,}", f"{report.encoded / seconds:.1f}",
        f"{peak / 1e6:,.0f}",
    ]  # fmt: skip
    print(json.dumps(cells))


if __name__ == "__main__":
    _build(*map(Path, sys.argv[1:])) if len(sys.argv) > 2 else main(Path(sys.argv[1]))
