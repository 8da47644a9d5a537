"""A build of several seconds in a process of its own, which says what it is doing.

python -m tests.index.slow_builder COLLECTION INDEX SECONDS

Every phase gets its share of the seconds, on top of its real work: the disk and the encoder are
made slow, so that a kill at a uniform moment finds each phase at work and not the same one again
and again. At the start of a phase one line with its name is printed; at the end of all, `done`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from index import build, build_index
from index.dense import VectorIndex, encoding
from index.store import Generations, TextStore
from tests.hash_encoder import HashEncoder

# The phases in order, with their share of the seconds. Those with a capital are the steps of the
# progress, the others lie between them.
PHASES = {
    "Reading articles": 0.09,
    "storing texts": 0.09,
    "Cutting passages": 0.05,
    "Preparing the encoder": 0.05,
    "Encoding passages": 0.20,
    "making the vector index": 0.03,
    "Compiling words": 0.05,
    "Writing the index": 0.08,
    "hashing the parts": 0.05,
    "publishing": 0.15,
    "noting in the history": 0.05,
    "remembering": 0.05,
    "removing old generations": 0.06,
}
# Strings to a segment and to a call of the encoder, so that a build of a few hundred articles
# writes as many segments as that of a large collection.
WINDOW, CHUNK = 32, 8
# In a phase that keeps files a flush takes the share of the phase divided by this: publishing
# flushes two dozen files and folders, encoding one file and one folder for each segment.
FLUSHES = {"publishing": 24, "Encoding passages": 20}


class Slow:
    """What makes each phase last, and says which one it is."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.phase = ""

    def begin(self, phase: str) -> None:
        if phase != self.phase:
            self.phase = phase
            print(phase, flush=True)

    def pause(self, phase: str, share: float = 1.0) -> None:
        time.sleep(self.seconds * PHASES[phase] * share)

    @contextmanager
    def step(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """The progress of a build: the pauses are spread over the units of the step."""
        self.begin(label)
        yield lambda done: self.pause(label, done / total)

    def around(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function` as a phase of its own, with half of the pause on either side, unless its
        flushes have it."""
        half = 0 if phase in FLUSHES else 0.5

        def called(*given: Any, **named: Any) -> Any:
            self.begin(phase)
            self.pause(phase, half)
            result = function(*given, **named)
            self.pause(phase, half)
            return result

        return called

    def texts(self, add: Callable[..., int]) -> Callable[..., int]:
        """`TextStore.add` with its pauses inside of the transaction, one for each text."""

        def called(store: TextStore, given: Iterator[str], seen: datetime) -> int:
            self.begin("storing texts")
            texts = list(given)

            def slowly() -> Iterator[str]:
                for text in texts:
                    self.pause("storing texts", 1 / len(texts))
                    yield text

            return add(store, slowly(), seen)

        return called

    def flush(self, flush: Callable[[int], None]) -> Callable[[int], None]:
        """`os.fsync` with a pause before it, in the phases that keep files."""

        def called(handle: int) -> None:
            if self.phase in FLUSHES:
                self.pause(self.phase, 1 / FLUSHES[self.phase])
            flush(handle)

        return called


def main(collection: str, index: str, seconds: str) -> None:
    slow = Slow(float(seconds))
    patch = pytest.MonkeyPatch()
    patch.setattr(encoding, "_WINDOW", WINDOW)
    patch.setattr(encoding, "_CHUNK", CHUNK)
    patch.setattr(TextStore, "add", slow.texts(TextStore.add))
    patch.setattr("os.fsync", slow.flush(os.fsync))
    for phase, owner, name in (
        ("making the vector index", VectorIndex, "build"),
        ("hashing the parts", build, "parts_of"),
        ("publishing", Generations, "publish"),
        ("noting in the history", Generations, "note_in_history"),
        ("remembering", Generations, "remember"),
        ("removing old generations", Generations, "remove_old"),
    ):
        watched = slow.around(phase, getattr(owner, name))
        patch.setattr(owner, name, staticmethod(watched) if name == "build" else watched)
    build_index(Path(collection), Path(index), HashEncoder(), progress=slow)
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
