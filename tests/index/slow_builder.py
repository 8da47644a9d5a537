"""A build of several seconds in a process of its own, which says what it is doing.

python -m tests.index.slow_builder COLLECTION INDEX SECONDS [ARTICLE]

With an article it is forgotten instead. Every phase gets its share of the seconds, on top of its
real work: the disk and the encoder are made slow, so that a kill at a uniform moment finds each
phase at work and not the same one again and again. At the start of a phase one line with its name
is printed; at the end of all, `done`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from index import build_index, forget_article
from index.build import forget, publishing
from index.build.parts import vectors
from index.dense import VectorIndex, VectorStore, encoding
from index.lexical import Postings
from index.store import Generations, TextStore
from tests.hash_encoder import HashEncoder

# The phases in order, with their share of the seconds, less where the real work takes long. Those
# with a capital are the steps of the progress, the others lie between them.
PHASES = {
    "Reading articles, bytes": 0.08,
    "storing texts": 0.08,
    "Cutting passages": 0.04,
    "Finding copies": 0.06,
    "saving the postings": 0.07,
    "Encoding passages": 0.20,
    "making the vector index": 0.05,
    "saving the places of words": 0.05,
    "hashing the parts": 0.05,
    "publishing": 0.15,
    "noting in the history": 0.05,
    "remembering": 0.07,
    "removing old generations": 0.05,
}
# Only where there is no basis yet.
FIRST = {"Preparing the encoder": 0.05}
# What forgetting has besides.
FORGETTING = {
    "withdrawing": 0.06,
    "copying vectors": 0.06,
    "erasing generations": 0.06,
    "erasing vectors": 0.06,
    "erasing in the history": 0.06,
    "erasing texts": 0.12,
    "clearing the unused parts": 0.09,
}
_SHARES = PHASES | FIRST | FORGETTING
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
        time.sleep(self.seconds * _SHARES[phase] * share)

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

    def one_by_one(self, phase: str, things: Collection[str]) -> Iterator[str]:
        """The things, a pause before each of them."""
        for thing in things:
            self.pause(phase, 1 / len(things))
            yield thing

    def texts(self, add: Callable[..., int]) -> Callable[..., int]:
        """`TextStore.add` with its pauses inside of the transaction, one for each text."""

        def called(store: TextStore, given: Iterable[str], seen: datetime) -> int:
            self.begin("storing texts")
            return add(store, self.one_by_one("storing texts", list(given)), seen)

        return called

    def erasing(self, erase: Callable[..., None]) -> Callable[..., None]:
        """`TextStore.erase` with its pauses inside of the transaction, one for each text."""

        def called(store: TextStore, hashes: Collection[str]) -> None:
            self.begin("erasing texts")
            erase(store, self.one_by_one("erasing texts", hashes))

        return called

    def flush(self, flush: Callable[[int], None]) -> Callable[[int], None]:
        """`os.fsync` with a pause before it, in the phases that keep files."""

        def called(handle: int) -> None:
            if self.phase in FLUSHES:
                self.pause(self.phase, 1 / FLUSHES[self.phase])
            flush(handle)

        return called


def main(collection: str, index: str, seconds: str, forgotten: str = "") -> None:
    slow = Slow(float(seconds))
    patch = pytest.MonkeyPatch()
    patch.setattr(encoding, "_WINDOW", WINDOW)
    patch.setattr(encoding, "_CHUNK", CHUNK)
    patch.setattr("os.fsync", slow.flush(os.fsync))
    phases: list[tuple[str, Any, str]] = [
        ("saving the postings", Postings, "save"),
        ("making the vector index", VectorIndex, "build"),
        ("saving the places of words", vectors, "save_places"),
        ("hashing the parts", publishing, "parts_of"),
        ("publishing", Generations, "publish"),
        ("noting in the history", Generations, "note_in_history"),
        ("remembering", Generations, "remember"),
        ("removing old generations", Generations, "remove_old"),
    ]
    if forgotten:
        phases += [
            ("withdrawing", forget, "withdraw"),
            ("copying vectors", VectorStore, "without_others"),
            ("erasing generations", Generations, "remove_all_but"),
            ("erasing vectors", VectorStore, "remove_all_but"),
            ("erasing in the history", Generations, "forget_metadata"),
        ]
        patch.setattr(TextStore, "erase", slow.erasing(TextStore.erase))
    patch.setattr(TextStore, "add", slow.texts(TextStore.add))
    for phase, owner, name in phases:
        watched = slow.around(phase, getattr(owner, name))
        patch.setattr(owner, name, staticmethod(watched) if name == "build" else watched)
    if forgotten:
        clear = slow.around("clearing the unused parts", TextStore._end_erasing)

        def clear_after(store: TextStore) -> None:  # it is also looked for at each opening
            if slow.phase == "erasing texts":
                clear(store)

        patch.setattr(TextStore, "_end_erasing", clear_after)
        forget_article(forgotten, Path(index), HashEncoder(), slow)
    else:
        build_index(Path(collection), Path(index), HashEncoder(), progress=slow)
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
