"""What a build does to the disk outside of every primitive of `tests.index.faults`.

python -m tests.index.unwatched COLLECTION INDEX [full]

In a process of its own, since what listens to an interpreter cannot be taken away again. Prints
a line for each such act: its kind and the path inside the index.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from index import build_index
from tests.hash_encoder import HashEncoder
from tests.index.faults import Calls

_ACTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "sqlite3.connect"}


def main(collection: str, index: str, kind: str = "") -> None:
    inside = 0

    def count(number: int, name: str, is_done: bool) -> None:
        nonlocal inside
        inside += -1 if is_done else 1

    def listen(event: str, given: tuple[Any, ...]) -> None:
        if event not in _ACTS or inside:
            return
        if event == "open" and not given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
        path = os.fsdecode(given[0]) if isinstance(given[0], (str, bytes, Path)) else ""
        if index in path:
            print(event, path.partition(index)[2].lstrip("/"))

    Calls(count).watch(pytest.MonkeyPatch())
    sys.addaudithook(listen)
    build_index(Path(collection), Path(index), HashEncoder(), full=kind == "full")


if __name__ == "__main__":
    main(*sys.argv[1:])
