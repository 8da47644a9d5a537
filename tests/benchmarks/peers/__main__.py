"""Prepares the inputs, runs each contender, prints the tables; see the package."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from retrieval.evaluation.evaluate import measured as measures_of
from tests.benchmarks.judged_sets import SETS
from tests.benchmarks.peers.contract import ENTRIES, Asked, Built, Entry, Inputs, Ranked
from tests.benchmarks.peers.environment import peers_python
from tests.benchmarks.peers.inputs import (
    write_articles,
    write_asked_over,
    write_questions,
    write_set,
)
from tests.benchmarks.peers.report import Measured, print_report
from tests.benchmarks.shared import evaluation_data

_ROOT = Path(__file__).parents[3]
# Processes at work, on average over a minute, from which on figures are doubtful: where torch's
# threads wait for the processor, a question takes half a second instead of 20 ms.
_BUSY = 0.5


def main(folder: Path, articles: int, index: Path | None, sets: list[str], queries: int) -> None:
    evaluation_data()
    python = peers_python(folder / "environment")
    inputs = Inputs(folder)
    write_articles(inputs, articles)
    write_questions(inputs)
    for name in sets:
        write_set(inputs, name, queries)
    ours = ENTRIES[0]
    asked_index = index or inputs.place(ours.name, "built")
    inputs.write("settings", {"sets": sets, "index": str(asked_index)})
    _wait_for_quiet()
    # Ours is built first, since its index is the one that questions are asked over.
    built = {ours: Built(**_run(ours, "build", inputs, python))}
    write_asked_over(inputs, asked_index)
    for peer in ENTRIES[1:]:
        built[peer] = Built(**_run(peer, "build", inputs, python))
    if len({each.passages for each in built.values()}) > 1:
        sys.exit(f"The contenders were built with different passages: {built}")
    results = [_measured(entry, built[entry], inputs, python) for entry in ENTRIES]
    print_report(results, sets, len(inputs.read("asked_over")))


def _wait_for_quiet() -> None:
    """Until the machine is idle, so that what prepared the inputs does not count; at most three
    minutes, after which it warns."""
    for _ in range(18):
        if os.getloadavg()[0] < _BUSY:
            return
        time.sleep(10)
    print("Something else runs on this machine, so the figures are doubtful.", file=sys.stderr)


def _measured(entry: Entry, built: Built, inputs: Inputs, python: Path) -> Measured:
    """All but the build."""
    answered = None
    if entry.is_ours:
        answered = Asked(**_run(entry, "answer", inputs, python))
    else:
        _run(entry, "load", inputs, python)
    asked = Asked(**_run(entry, "ask", inputs, python))
    gains = {}
    if inputs.settings["sets"]:
        for name, rankings in Ranked(**_run(entry, "rank", inputs, python)).rankings.items():
            judgements = inputs.read(f"set-{name}")["judgements"]
            found = {query: tuple(ranking) for query, ranking in rankings.items()}
            gains[name] = measures_of(found, judgements)["nDCG@10"]
    return Measured(entry, built, asked, answered, gains)


def _run(entry: Entry, task: str, inputs: Inputs, python: Path) -> Any:
    """What one process measures; its messages go to stderr."""
    print(f"{entry.label}: {task}", file=sys.stderr, flush=True)
    interpreter = sys.executable if entry.is_ours else str(python)
    module = "tests.benchmarks.peers.run_one"
    done = subprocess.run(
        [interpreter, "-m", module, entry.name, task, str(inputs.folder)],
        check=False,
        cwd=_ROOT,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.PIPE,
    )
    if done.returncode:
        sys.exit(f"{entry.label}: {task} ended with {done.returncode}")
    return json.loads(done.stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers", description=__doc__)
    parser.add_argument("folder", type=Path, help="for the environment, the inputs, the indexes")
    parser.add_argument("--articles", type=int, default=300, help="that are built with (300)")
    parser.add_argument(
        "--index",
        type=Path,
        help="ask over this index, such as tests.benchmarks.building leaves; else over the "
        "passages of those articles",
    )
    parser.add_argument("--sets", nargs="*", choices=SETS, default=SETS, help="judged sets (all)")
    parser.add_argument("--queries", type=int, default=500, help="at most, of each set (500)")
    given = parser.parse_args()
    main(
        given.folder.absolute(),
        given.articles,
        given.index and given.index.absolute(),
        list(given.sets),
        given.queries,
    )
