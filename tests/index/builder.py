"""A build in a process of its own that stops at a chosen step, so that it can be killed there.

python -m tests.index.builder COLLECTION INDEX STEP [full]

STEP: the number of a call of a primitive; a primitive's name and the number of its call, such as
`HashEncoder.encode:2`; or `never`. At the step it prints `at NAME` and waits for ever; a build
that ends prints `done`.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from index import build_index
from index.dense import encoding
from tests.hash_encoder import HashEncoder
from tests.index.faults import Calls


def main(collection: str, index: str, step: str, kind: str = "") -> None:
    counts: Counter[str] = Counter()

    def stop(number: int, name: str, is_done: bool) -> None:
        counts[name] += not is_done
        if not is_done and step in (str(number), f"{name}:{counts[name]}"):
            print(f"at {name}", flush=True)
            signal.pause()

    encoding._WINDOW = 1  # one flush for each string, as a large collection has many
    Calls(stop).watch(pytest.MonkeyPatch())
    build_index(Path(collection), Path(index), HashEncoder(), full=kind == "full")
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
