"""Vectors on disk, kept for every string that was ever encoded.

A segment is an immutable file of (key, vector) records whose name is the hash of its content.
All generations share them, so a rebuild encodes only new strings, and a build that was killed
goes on where its last segment ended.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.store.files import write_durably

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class VectorStore:
    """The segments of one encoder, in `folder`."""

    folder: Path

    def load(self, strings: Sequence[str]) -> tuple[NDArray[np.float32] | None, list[int]]:
        """The vectors of `strings`, and the positions of those that have none yet.

        The array has a row for each string (zeros where missing) and is None while the store
        holds nothing at all. A segment that is not what its name says is passed over, so that
        its strings are encoded again.
        """
        import numpy as np

        wanted: dict[bytes, list[int]] = {}
        for position, string in enumerate(strings):
            wanted.setdefault(_key(string), []).append(position)
        vectors: NDArray[np.float32] | None = None
        for segment in self._segments():
            if vectors is None:
                vectors = np.zeros((len(strings), segment["vector"].shape[1]), dtype=np.float32)
            for record, key in enumerate(segment["key"]):
                # V32 fields come as numpy.void, which keeps trailing zeros.
                for position in wanted.pop(key.tobytes(), ()):
                    vectors[position] = segment["vector"][record]
        return vectors, sorted(position for positions in wanted.values() for position in positions)

    def add(self, strings: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors of `strings` as one new segment, durable when this returns."""
        import numpy as np

        kind = [("key", f"V{_KEY_BYTES}"), ("vector", "<f4", (vectors.shape[1],))]
        segment = np.zeros(len(strings), dtype=kind)
        segment["key"] = np.frombuffer(b"".join(map(_key, strings)), dtype=f"V{_KEY_BYTES}")
        segment["vector"] = vectors
        content = io.BytesIO()
        np.save(content, segment, allow_pickle=False)
        name = hashlib.sha256(content.getbuffer()).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        write_durably(self.folder / f"{name}.npy", content.getvalue())

    def _segments(self) -> Iterator[NDArray[np.void]]:
        import numpy as np

        for path in sorted(self.folder.glob("*.npy")):
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != path.stem:
                    continue
            yield np.load(path, mmap_mode="r", allow_pickle=False)


def _key(string: str) -> bytes:
    return hashlib.sha256(string.encode()).digest()
