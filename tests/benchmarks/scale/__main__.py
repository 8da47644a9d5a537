"""Build an invented collection and its index: `python -m tests.benchmarks.scale FOLDER ARTICLES`.

2,500 articles make about 33,000 passages, 18,600 about 250,000 and 75,000 a million, which take
three quarters of an hour and 10 GB. Prints what each step of the build takes.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index import SentenceEncoder, build_index
from tests.benchmarks.scale.collection import read_sample, real_strings, write_collection
from tests.benchmarks.scale.vectors import learn
from tests.benchmarks.shared import print_table

_REAL_STRINGS = 1500


class _Timed:
    """Notes how long each step of a build takes; see `index.Progress`."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []

    @contextmanager
    def step(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        started = time.perf_counter()
        yield lambda done: None
        self.steps.append((label, f"{time.perf_counter() - started:.1f}"))


def main(folder: Path, articles: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    sample = read_sample()
    encoder = learn(real_strings(sample, _REAL_STRINGS), SentenceEncoder(), folder)
    write_collection(folder / "articles", sample, articles)
    timed = _Timed()
    started = time.perf_counter()
    report = build_index(folder / "articles", folder / "index", encoder, progress=timed)
    whole = ("the whole build", f"{time.perf_counter() - started:.1f}")
    print_table(
        f"{report.articles:,} articles, {report.passages:,} passages, stand-in vectors",
        ["step", "seconds"],
        [*timed.steps, whole],
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak {peak * (1 if sys.platform == 'darwin' else 1024) / 1e6:,.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
