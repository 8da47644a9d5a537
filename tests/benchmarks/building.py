"""A whole build of the news sample, and the builds after it, each as its own process.

`python -m tests.benchmarks.building FOLDER` leaves the collection and its index in FOLDER, for
`python -m tests.benchmarks.asking FOLDER/index`. Takes as long as encoding 37,000 passages does.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.shared import news_collection, print_table


def main(folder: Path) -> None:
    collection = news_collection(folder)
    options = ["--corpus", str(collection), "--index", str(folder / "index")]
    rows = [
        _timed("first build", *options, "build"),
        _timed("nothing changed", *options, "build"),
    ]
    extra = collection / "one-more.txt"
    extra.write_text("One more article.\n\nThe harbour opened on Monday after 3 years.\n")
    rows.append(_timed("one article added", *options, "build"))
    extra.unlink()
    _change_two(collection / "articles.jsonl")
    (collection / "another.txt").write_text("The ferry is late.\n\nThe ferry broke on Monday.\n")
    rows.append(_timed("one added, one changed, two removed", *options, "build"))
    rows += [_timed("status", *options, "status"), _timed("--help", "--help")]
    print_table("onrecord, 3,000 articles", ["", "seconds", "peak MB"], rows)


def _change_two(file: Path) -> None:
    """The first article gets a sentence more, and the last one goes."""
    first, *others, _ = file.read_text(encoding="utf-8").splitlines()
    article = json.loads(first)
    article["text"] += " The mayor of Elmbridge counted 40 of them."
    file.write_text("\n".join([json.dumps(article), *others]) + "\n", encoding="utf-8")


def _timed(name: str, *arguments: str) -> tuple[str, str, str]:
    """Wall time and peak memory of one process."""
    command = [sys.executable, "-c", "from interface import main; main()", *arguments]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name} ended with {process.returncode}")
    return name, f"{seconds:.2f}", f"{_megabytes(usage):,.0f}"


def _megabytes(usage: resource.struct_rusage) -> float:
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes on Linux
    return usage.ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main(Path(sys.argv[1]))
