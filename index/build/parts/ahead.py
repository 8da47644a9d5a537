"""Encoding what is already cut while other articles still are.

The processors that cutting leaves free need not wait. What is encoded so is kept in the store,
where the rest of the build finds it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index.build.parts.cutters import processors
from index.dense import Encoder, VectorStore, encode_in_windows, key_of
from index.lexical import word_spans

# Strings that are encoded and kept together: what the rest of the build waits for at most, three
# seconds of work on two cores.
_BLOCK = 256
# Strings that may wait; those that come while so many do are left to the rest of the build.
_WAITING = 4096
# On two, 3,000 articles were cut and answered questions after 35 s beside an encoder at work, and
# after 21 s without.
_ENOUGH_PROCESSORS = 4


class _Stopped(Exception):
    """The build has failed meanwhile."""


@contextmanager
def encoding_ahead(encoder: Encoder, store: VectorStore) -> Iterator[Ahead]:
    """Gives what takes strings to be encoded until the end, which waits for those under way. With
    few processors, which cutting keeps busy, the encoder is only loaded.

    store: holds nothing yet, so that every string is new. Raises whatever the encoder raised.
    """
    ahead = Ahead(encoder, store, encodes=processors() >= _ENOUGH_PROCESSORS)
    try:
        yield ahead
    except BaseException:
        ahead.end(failed=True)
        raise
    ahead.end(failed=False)


class Ahead:
    """A thread that encodes. encoded: how many strings it has kept in the store."""

    def __init__(self, encoder: Encoder, store: VectorStore, *, encodes: bool) -> None:
        self.encoded = 0
        self._encodes = encodes
        self._encoder, self._store = encoder, store
        self._waiting: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._offered: set[bytes] = set()
        self._ending, self._failed = threading.Event(), threading.Event()
        self._raised: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="encode ahead", daemon=True)
        self._thread.start()

    def offer(self, string: str) -> None:
        """Encode the string soon, or leave it to the rest of the build."""
        # There stays room for the sign of the end.
        if not self._encodes:
            return
        if self._waiting.qsize() < _WAITING - 1 and (key := key_of(string)) not in self._offered:
            self._offered.add(key)
            self._waiting.put(string)

    def end(self, *, failed: bool) -> None:
        """Wait for the strings under way, or, where the build has failed, give them up."""
        if failed:
            self._failed.set()
        self._ending.set()
        self._waiting.put(None)
        self._thread.join()
        if self._raised is not None and not failed:
            raise self._raised

    def _run(self) -> None:
        try:
            basis = self._store.basis(self._encoder, _Interrupted(self._go_on))
            if not self._encodes:
                self._encoder.encode(["warm up"])
            while self._encodes and not self._ending.is_set():
                strings = self._taken()
                for window, encoded in encode_in_windows(
                    self._encoder, strings, word_spans, self._go_on
                ):
                    self._store.add(window, encoded, basis)
                    self.encoded += len(window)
        except _Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 (raised again by `end`)
            self._raised = error

    def _go_on(self, _done: int) -> None:
        if self._failed.is_set():
            raise _Stopped

    def _taken(self) -> list[str]:
        """The next strings, waited for; fewer at the end."""
        taken: list[str] = []
        while len(taken) < _BLOCK and (string := self._waiting.get()) is not None:
            taken.append(string)
        return taken


class _Interrupted:
    """Shows nothing, since other steps are shown meanwhile; see `index.Progress`."""

    def __init__(self, go_on: Callable[[int], None]) -> None:
        self._go_on = go_on

    @contextmanager
    def step(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        yield self._go_on
