"""Hashes of large parts, checked by a thread while the index is already open.

A part of half a gigabyte takes half a second to hash, which who opens it need not wait for: it is
enough that what is shown was checked before.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from index.store.manifest import Part, check_hash

# Parts up to this size are hashed by whoever opens them: 32 MB take 20 ms.
AT_ONCE_BYTES = 32_000_000


class Checks:
    """The parts of one generation, each checked once."""

    def __init__(self, folder: Path, parts: Sequence[Part]) -> None:
        """parts: in the order in which the large ones are checked, beginning now."""
        self._folder = folder
        self._parts = {part.path: part for part in parts}
        large = [part for part in parts if part.bytes > AT_ONCE_BYTES]
        self._under_way: dict[str, Future[None]] = {part.path: Future() for part in large}
        self._is_over = threading.Event()
        if large:
            threading.Thread(
                target=self._run, args=(large,), name="check hashes", daemon=True
            ).start()

    def begun(self, path: str) -> None:
        """Check the part now, unless it is a large one: what is wrong with that is told later, by
        the other functions. Raises IndexDamaged where its content is not what was written."""
        if path not in self._under_way:
            check_hash(self._folder, self._parts[path])
        self.require_so_far()

    def wait_for(self, path: str) -> None:
        """Wait until the part is checked. Raises IndexDamaged."""
        if (checking := self._under_way.get(path)) is not None:
            checking.result()

    def require_so_far(self) -> None:
        """Raises IndexDamaged where a large part is known to be damaged by now."""
        for checking in self._under_way.values():
            if checking.done():
                checking.result()

    def require_all(self) -> None:
        """Wait for the large parts. Raises IndexDamaged for the first that is damaged."""
        for checking in self._under_way.values():
            checking.result()

    def close(self) -> None:
        """Begin with no further part."""
        self._is_over.set()

    def _run(self, parts: Sequence[Part]) -> None:
        for part in parts:
            if self._is_over.is_set():
                self._under_way[part.path].set_result(None)
                continue
            try:
                check_hash(self._folder, part)
            except Exception as error:  # noqa: BLE001 (told to whoever waits)
                self._under_way[part.path].set_exception(error)
            else:
                self._under_way[part.path].set_result(None)
