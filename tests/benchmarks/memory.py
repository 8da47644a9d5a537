"""What a build holds at most: it should grow with the batch and hardly with the collection.

`python -m tests.benchmarks.memory` builds invented collections of several sizes with the tests'
encoder, each in a process of its own. What a row of the index needs (its vector, the counts of its
words) does grow; the real encoder's batch, about 1 GB, comes on top and does not.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from index import build_index
from tests.benchmarks.shared import print_table
from tests.hash_encoder import HashEncoder

_SIZES = (1_000, 4_000, 16_000)
_WORDS = 600


def main() -> None:
    rows = []
    for size in _SIZES:
        with TemporaryDirectory() as folder:
            _invent(Path(folder, "collection"), size)
            command = [sys.executable, "-m", "tests.benchmarks.memory", folder]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        passages, megabytes = told.split()
        rows.append((f"{size:,}", f"{int(passages):,}", megabytes))
    print_table("Peak of a first build", ["articles", "passages", "MB"], rows)


def _invent(collection: Path, size: int) -> None:
    """Articles of words that occur as they do in prose: few of them often, most hardly ever."""
    collection.mkdir()
    chance = random.Random(4)
    vocabulary = [f"w{number:x}" for number in range(50_000)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    for number in range(size):
        words = chance.choices(vocabulary, weights, k=_WORDS)
        sentences = [" ".join(words[at : at + 20]).capitalize() for at in range(0, _WORDS, 20)]
        (collection / f"{number}.txt").write_text(". ".join(sentences) + ".")


def _build(folder: Path) -> None:
    report = build_index(folder / "collection", folder / "index", HashEncoder())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(report.passages, f"{peak * (1 if sys.platform == 'darwin' else 1024) / 1e6:.0f}")


if __name__ == "__main__":
    _build(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
