"""Writing and publishing a generation; twice where its vectors take long.

What is known by words takes seconds, and vectors may take hours. Where nothing answers by vectors
yet, the words are published alone, as a generation that says so, and the vectors follow in another.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import NameRules
from index.build.gathering import Gathered
from index.build.parts import Before, Strings, encoding_ahead, write_vectors, write_words
from index.build.rules import rules_of_today
from index.dense import Encoder, Kept, VectorStore
from index.layout import CATALOGUE, TEXTS, has_vectors
from index.progress import Progress
from index.store import (
    Catalogue,
    Change,
    Generations,
    Manifest,
    Remembered,
    TextStore,
    forget_encoding,
    note_encoding,
)
from index.store.manifest import FILE as MANIFEST
from index.store.manifest import parts_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Strings to encode from which the words are published first: half a minute of work on two cores.
_WORTH_TWO = 2048
# The share of passages whose vectors are kept from which the index before answers better meanwhile
# than one without any.
_ENOUGH_KEPT = 0.5
# Articles from which strings are encoded while others are still cut.
_WORTH_AHEAD = 200


@dataclass(frozen=True, slots=True)
class Published:
    """encoded: how many strings the encoder was given. previous: the generation that was current
    before this one, None for the first."""

    manifest: Manifest
    encoded: int
    previous: str | None


@dataclass(frozen=True, slots=True)
class Publishing:
    """vectors: None for a generation without. settings: remembered with the first publish."""

    index: Path
    read: Gathered
    rules: NameRules
    vectors: tuple[Encoder, VectorStore] | None
    settings: Remembered
    now: datetime
    progress: Progress

    def run(
        self,
        current: Manifest | None,
        before: Before | None,
        changes: tuple[Change, ...],
        *,
        full: bool,
        alone: bool,
    ) -> Published:
        """Write a generation and make it current.

        current: the one that answers. before: what can be taken from it.
        full: encode every string, also those whose vectors are kept.
        alone: take vectors from segments that hold nothing but what this generation needs; they
            are written where there are none.
        """
        previous = current.generation if current else None
        with self._prepared(self.now) as folder, TextStore(self.index / TEXTS) as texts:
            keys, ahead = self._write_words(folder, texts, before)
            if self.vectors is None:
                return Published(self._publish(folder, len(keys), changes), 0, previous)
            encoder, store = self.vectors
            basis = store.basis(encoder, self.progress)  # a store that has lost it begins anew
            among = set() if full else store.without_others(set(keys)) if alone else None
            # What was encoded ahead is new, also for a full build.
            kept = store.load(keys, None if ahead else among)
            if not self._is_worth_two(kept, current, changes, alone=alone):
                # The words of a build that was stopped may answer already.
                is_resumed = current is not None and not has_vectors(current) and not changes
                telling = current if is_resumed else None
                encoded = ahead + self._write_vectors(folder, texts, keys, kept, basis, telling)
                complete = self._publish(folder, len(keys), changes)
                if telling is not None:
                    forget_encoding(self.index)
                return Published(complete, encoded, previous)
            early = self._publish(folder, len(keys), changes)
            Generations(self.index).remember(self.settings)
            with self._prepared(datetime.now(UTC)) as second:
                _link_all(folder, second)
                encoded = ahead + self._write_vectors(second, texts, keys, kept, basis, early)
                complete = self._publish(second, len(keys), ())
                forget_encoding(self.index)
                return Published(complete, encoded, early.generation)

    def _write_words(
        self, folder: Path, texts: TextStore, before: Before | None
    ) -> tuple[list[bytes], int]:
        """Gives the key of each row's string, and how many strings were encoded meanwhile."""
        arguments = (folder, self.read.articles, self.rules, texts, before, self.progress)
        if (
            self.vectors is None
            or len(self.read.articles) < _WORTH_AHEAD
            or not self.vectors[1].is_empty()
        ):
            return write_words(*arguments, lambda string: None), 0
        with encoding_ahead(*self.vectors) as ahead:
            keys = write_words(*arguments, ahead.offer)
        return keys, ahead.encoded

    def _is_worth_two(
        self,
        kept: Kept,
        current: Manifest | None,
        changes: tuple[Change, ...],
        *,
        alone: bool,
    ) -> bool:
        """Whether to publish the words before the vectors are there."""
        if alone or not changes or len(kept.missing) < _WORTH_TWO:
            return False
        if current is None or not has_vectors(current):
            return True
        return len(kept.missing) > (1 - _ENOUGH_KEPT) * len(kept.places)

    def _write_vectors(
        self,
        folder: Path,
        texts: TextStore,
        keys: Sequence[bytes],
        kept: Kept,
        basis: NDArray[np.float32] | None,
        early: Manifest | None,
    ) -> int:
        """early: the generation that answers without vectors, which is told how far they are."""
        assert self.vectors is not None
        encoder, store = self.vectors
        done = len(keys) - len(kept.missing)

        def tell(encoded: int) -> None:
            nonlocal done
            done += encoded
            if early is not None:
                note_encoding(self.index, early.generation, done, len(keys))

        tell(0)
        with closing(Catalogue(folder / CATALOGUE)) as catalogue:
            strings = Strings(catalogue, texts, self.read.articles)
            return write_vectors(
                folder, keys, kept, strings, encoder, store, basis, self.progress, tell
            )

    def _publish(self, folder: Path, passages: int, changes: tuple[Change, ...]) -> Manifest:
        manifest = Manifest(
            generation=folder.name,
            built=self.now.isoformat(timespec="seconds"),
            collection=self.settings.collection,
            encoder=asdict(self.vectors[0].identity) if self.vectors else None,
            **rules_of_today(),
            name_rules=self.rules,
            articles=len(self.read.articles),
            passages=passages,
            changes=changes,
            parts=parts_of(folder),
        )
        Generations(self.index).publish(manifest)
        return manifest

    @contextmanager
    def _prepared(self, when: datetime) -> Iterator[Path]:
        """The folder of a new generation; removed where that is not published."""
        generations = Generations(self.index)
        generation = f"{when:%Y%m%dT%H%M%S.%fZ}"
        folder = generations.prepare(generation)
        try:
            yield folder
        except BaseException:
            generations.discard(generation)
            raise


def _link_all(folder: Path, other: Path) -> None:
    """Give another generation the files of this one, but for its manifest."""
    for path in sorted(folder.rglob("*")):
        target = other / path.relative_to(folder)
        if path.is_dir():
            target.mkdir()
        elif path.name != MANIFEST:
            try:
                os.link(path, target)
            except OSError:  # a file system without links
                shutil.copyfile(path, target)
