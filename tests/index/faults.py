"""Every primitive that a build writes with, and a way to make the n-th call of one fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.build import publishing
from index.build.parts import vectors, words
from index.dense import VectorIndex, VectorStore, vector_store
from index.lexical import Postings
from index.store import (
    CatalogueWriter,
    Generations,
    Manifest,
    TextStore,
    files,
    generations,
    manifest,
)
from tests.hash_encoder import HashEncoder

# Name to (owner, attribute). The calls are nested: publishing calls write_durably, which calls
# fsync; each of them is a step that can fail by itself.
PRIMITIVES: dict[str, tuple[Any, str]] = {
    "os.fsync": (os, "fsync"),
    "Path.mkdir": (Path, "mkdir"),
    "Path.replace": (Path, "replace"),
    "Path.write_bytes": (Path, "write_bytes"),
    "flush_file": (generations, "flush_file"),
    "flush_folder of a generation": (generations, "flush_folder"),
    "flush_folder after a rename": (files, "flush_folder"),
    "write_durably of a segment": (vector_store, "write_durably"),
    "sha256_of a segment": (vector_store, "sha256_of"),
    "write_durably of pointer, manifest and notes": (generations, "write_durably"),
    "sha256_of a part": (manifest, "sha256_of"),
    "sha256_of the manifest": (generations, "sha256_of"),
    "TextStore.add": (TextStore, "add"),
    "VectorStore.basis": (VectorStore, "basis"),
    "VectorStore.load": (VectorStore, "load"),
    "VectorStore.add": (VectorStore, "add"),
    "VectorStore.remove_all_but": (VectorStore, "remove_all_but"),
    "HashEncoder.encode": (HashEncoder, "encode"),
    "VectorIndex.build": (VectorIndex, "build"),
    "save_places": (vectors, "save_places"),
    "compile_postings": (words, "compile_postings"),
    "Postings.save": (Postings, "save"),
    "CatalogueWriter": (CatalogueWriter, "__exit__"),
    "parts_of": (publishing, "parts_of"),
    "Manifest.to_json": (Manifest, "to_json"),
    "Generations.prepare": (Generations, "prepare"),
    "Generations.publish": (Generations, "publish"),
    "Generations.note_in_history": (Generations, "note_in_history"),
    "Generations.remember": (Generations, "remember"),
    "Generations.remove_old": (Generations, "remove_old"),
}
# What only a full build does.
FULL_ONLY = {"VectorStore.remove_all_but"}
_STATIC = {"VectorIndex.build"}


class Calls:
    """Calls of the primitives in order; `at` is told before and after each.

    at: gets (number of the call from 1, name, whether it is done) and may raise.
    """

    def __init__(self, at: Callable[[int, str, bool], None]) -> None:
        self.at = at
        self.names: list[str] = []

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Until the patch is undone."""
        for name, (owner, attribute) in PRIMITIVES.items():
            watched = self._watched(name, getattr(owner, attribute))
            monkeypatch.setattr(
                owner, attribute, staticmethod(watched) if name in _STATIC else watched
            )

    def _watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.names.append(name)
            number = len(self.names)
            self.at(number, name, False)
            result = function(*given, **named)
            self.at(number, name, True)
            return result

        return call


class Fault(Calls):
    """Makes the n-th call of a primitive fail.

    error: makes what is raised. after: once the call has done its work. lasting: and every
    later call too. reached: the names of the calls that failed, in order.
    """

    def __init__(
        self,
        failing: int,
        error: Callable[[], Exception],
        *,
        after: bool = False,
        lasting: bool = False,
    ) -> None:
        super().__init__(self._fail)
        self.failing, self.error, self.after, self.lasting = failing, error, after, lasting
        self.reached: list[str] = []

    def _fail(self, number: int, name: str, is_done: bool) -> None:
        due = number == self.failing or (self.lasting and number > self.failing)
        if due and is_done == self.after:
            self.reached.append(name)
            raise self.error()


def no_space() -> OSError:
    return OSError(28, "No space left on device")


def broken() -> RuntimeError:
    return RuntimeError("broken")
