"""The index that answers now: a running chat goes over to a new generation between two requests."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from index import Encoder, Generations, IndexProblem, OtherEncoder, SearchIndex

# Seconds that the request which first sees a new generation waits for it, so that who has just
# built asks the new one. The starter collection opens in 5 ms on two cores. What takes longer,
# since opening reads every byte once, is opened while requests go on with the old generation.
_PATIENCE = 0.5
# Seconds until a generation that could not be opened is tried again: its disk may be back.
_AGAIN = 30.0

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Held:
    """An open generation, and how many requests are reading it."""

    index: SearchIndex
    readers: int = 0


class LiveIndex:
    """Gives each request the generation that is current when it begins, for as long as it takes.

    A new generation is opened by a thread of its own; requests go on with the old one, which is
    closed when the last that reads it has ended. One that cannot be opened, or needs another
    encoder, leaves the old one answering and is told in the log.
    """

    def __init__(self, index: SearchIndex, encoder: Encoder | None) -> None:
        """index: it is opened as a whole, and closed by a swap or by `close`.
        encoder: the one that `index` was built with.

        Raises IndexDamaged.
        """
        index.open_all()
        self.encoder = encoder
        self._generations = Generations(index.index)
        self._lock = threading.Lock()
        self._held = _Held(index)
        self._opening: threading.Thread | None = None
        self._tried = ""  # the pointer that was followed last
        self._tried_at = 0.0
        self._told = ""

    @contextmanager
    def reading(self) -> Iterator[SearchIndex]:
        """The generation that answers now; it stays open and the same until the end."""
        self._follow()
        with self._lock:
            held = self._held
            held.readers += 1
        try:
            yield held.index
        finally:
            with self._lock:
                held.readers -= 1
                is_over = held is not self._held and held.readers == 0
            if is_over:
                held.index.close()

    def close(self) -> None:
        """After the last request."""
        if self._opening is not None:
            self._opening.join()
        self._held.index.close()

    def _follow(self) -> None:
        """Begin to open what the pointer names, if that is new, and wait for it a little."""
        try:
            pointer = self._generations.pointer()
        except IndexProblem:  # the folder is gone for now; what is open answers
            return
        if pointer.split()[:1] == [self._held.index.manifest.generation]:
            return
        with self._lock:
            is_tried = pointer == self._tried and time.monotonic() < self._tried_at + _AGAIN
            if is_tried or (self._opening is not None and self._opening.is_alive()):
                return
            self._tried, self._tried_at = pointer, time.monotonic()
            opening = threading.Thread(target=self._open, name="open a generation", daemon=True)
            self._opening = opening
            opening.start()
        opening.join(_PATIENCE)

    def _open(self) -> None:
        try:
            with ExitStack() as failing:
                index = SearchIndex(self._generations.index)
                failing.callback(index.close)
                self._require_same_encoder(index)
                index.open_all()
                index.require_sound()  # what is open answers meanwhile
                failing.pop_all()
        except (IndexProblem, OSError) as error:
            self._tell(error)
            return
        with self._lock:
            old, self._held = self._held, _Held(index)
            is_over = old.readers == 0
        self._told = ""
        if is_over:
            old.index.close()

    def _require_same_encoder(self, index: SearchIndex) -> None:
        built = index.manifest.encoder
        if built is None or (self.encoder and built["weights"] == self.encoder.identity.weights):
            return
        raise OtherEncoder(
            f"It was built with the encoder {built['name']}, and this chat runs "
            f"{f'with {self.encoder.identity.name}' if self.encoder else 'without one'}. "
            "Restart the chat to use it."
        )

    def _tell(self, error: Exception) -> None:
        """Once for each thing that is wrong, however often it is tried."""
        if str(error) != self._told:
            self._told = str(error)
            _log.error("The new generation is not used, the old one answers on. %s", error)
