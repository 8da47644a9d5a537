"""Vectors on disk, kept for every string that was ever encoded.

A segment is an immutable file whose name is the hash of its content: (key, vector, number of
words) records, and behind them the compressed vectors of the words, glued together. All
generations share them, so a rebuild encodes only new strings, and a build that was killed goes
on where its last segment ended. Beside them lies the basis of their word vectors, named alike.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from corpus import sha256_of
from index.dense.encoder import WORD_DIMENSIONS, Encoder
from index.dense.word_vectors import compressed
from index.progress import Progress, Silent
from index.store.files import write_durably

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.dense.encoder import Encoded

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """What a store holds of the strings asked for.

    vectors: a row for each string, zeros where missing; None while the store holds nothing.
    missing: the positions of the strings that have none yet, in order.
    segments: names of the segments that hold the others, in order.
    places: where the words of each string stand: the number of the segment in `segments`, and
        the first and the number of its words there; int64, shape (strings, 3).
    """

    vectors: NDArray[np.float32] | None
    missing: list[int]
    segments: tuple[str, ...]
    places: NDArray[np.int64]

    def completed(self, more: Kept) -> Kept:
        """With `more`, which is what was kept of the missing ones, in their order. It takes over
        the arrays of this one, since two copies of all vectors would be the most that a build
        ever holds."""
        import numpy as np

        if more.vectors is None:
            return self
        vectors = self.vectors
        if vectors is None:
            vectors = np.zeros((len(self.places), more.vectors.shape[1]), dtype=np.float32)
        vectors[self.missing] = more.vectors
        self.places[self.missing] = more.places + np.array([len(self.segments), 0, 0])
        missing = [self.missing[position] for position in more.missing]
        return Kept(vectors, missing, (*self.segments, *more.segments), self.places)


@dataclass(frozen=True, slots=True)
class VectorStore:
    """The segments of one encoder, in `folder`."""

    folder: Path

    def basis(
        self, encoder: Encoder, progress: Progress | None = None
    ) -> NDArray[np.float32] | None:
        """The basis that this store's word vectors are compressed with, kept at the first call.

        A store whose basis is missing or not what its name says begins anew, so that no two
        bases mix. None for an encoder without word vectors; its segments need no basis.
        """
        import numpy as np

        bases = sorted(self.folder.glob("*.basis"))
        for path in bases:
            if _is_whole(path):
                return np.asarray(np.load(path, allow_pickle=False), np.float32)
        learnt = encoder.word_basis(WORD_DIMENSIONS, progress or Silent())
        if learnt is not None:
            for path in (*self._paths(), *bases):
                path.unlink()
            content = as_npy(learnt)
            self.folder.mkdir(parents=True, exist_ok=True)
            write_durably(self.folder / basis_name(hashlib.sha256(content).hexdigest()), content)
        return learnt

    def is_empty(self) -> bool:
        """Whether no vector was kept yet."""
        return not self._paths()

    def load(self, keys: Sequence[bytes], among: Collection[str] | None = None) -> Kept:
        """What is kept of the strings with these keys. A segment that is not what its name says
        is passed over, so that its strings are encoded again.

        among: names of the only segments to look in; None looks in all.
        """
        import numpy as np

        wanted: dict[bytes, list[int]] = {}
        for position, key in enumerate(keys):
            wanted.setdefault(key, []).append(position)
        vectors: NDArray[np.float32] | None = None
        places = np.zeros((len(keys), 3), dtype=np.int64)
        used: list[str] = []
        for name, records in self._segments(among):
            if vectors is None:
                vectors = np.zeros((len(keys), records["vector"].shape[1]), dtype=np.float32)
            held: list[tuple[int, int]] = []  # position and record
            keys_here = records["key"].tobytes()
            for record in range(len(records)):
                key = keys_here[record * _KEY_BYTES : (record + 1) * _KEY_BYTES]
                held += ((position, record) for position in wanted.pop(key, ()))
            if held:
                positions, found = np.array(held).T
                counts = records["words"][found].astype(np.int64)
                ends = np.cumsum(records["words"], dtype=np.int64)[found]
                vectors[positions] = records["vector"][found]
                places[positions, 0] = len(used)
                places[positions, 1] = ends - counts
                places[positions, 2] = counts
                used.append(name)
        missing = sorted(position for positions in wanted.values() for position in positions)
        return Kept(vectors, missing, tuple(used), places)

    def add(
        self, strings: Sequence[str], encoded: Encoded, basis: NDArray[np.float32] | None
    ) -> str:
        """Keep what was encoded of `strings` as one new segment, durable when this returns; gives
        its name. Without `basis` the vectors of words are left out."""
        import numpy as np

        words = np.zeros((0, 0), np.int8)
        if basis is not None:
            words = compressed(np.concatenate(encoded.words), basis)
        kind = [
            ("key", f"V{_KEY_BYTES}"),
            ("vector", "<f4", (encoded.vectors.shape[1],)),
            ("words", "<i4"),
        ]
        records = np.zeros(len(strings), dtype=kind)
        records["key"] = np.frombuffer(b"".join(map(key_of, strings)), dtype=f"V{_KEY_BYTES}")
        records["vector"] = encoded.vectors
        if basis is not None:
            records["words"] = [len(vectors) for vectors in encoded.words]
        return self._keep(as_npy(records) + as_npy(words))

    def _keep(self, content: bytes) -> str:
        name = f"{hashlib.sha256(content).hexdigest()}.npy"
        self.folder.mkdir(parents=True, exist_ok=True)
        write_durably(self.folder / name, content)
        return name

    def without_others(self, keys: Collection[bytes]) -> set[str]:
        """Write what is kept of these keys, and nothing else, as segments; gives their names. The
        segments that hold more are left to `remove_all_but`."""
        import numpy as np

        names = set()
        for path in self._paths():
            if not _is_whole(path):
                continue
            with path.open("rb") as file:
                records, end = _mapped(file, 0)
                words, _ = _mapped(file, end)
            wanted = np.array([key.tobytes() in keys for key in records["key"]], dtype=bool)
            if not wanted.any():
                continue
            of_wanted = np.repeat(wanted, records["words"])
            names.add(self._keep(as_npy(records[wanted]) + as_npy(words[of_wanted])))
        return names

    def remove_all_but(self, names: Collection[str]) -> None:
        """Remove the segments that are not among `names`."""
        for path in self._paths():
            if path.name not in names:
                path.unlink()

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.npy"))

    def _segments(self, among: Collection[str] | None) -> Iterator[tuple[str, NDArray[np.void]]]:
        for path in self._paths():
            if (among is None or path.name in among) and _is_whole(path):
                with path.open("rb") as file:
                    yield path.name, _mapped(file, 0)[0]


def damaged_files(folder: Path, names: Iterable[str]) -> list[str]:
    """Those of the files, segments or a basis, that are missing in `folder`, cannot be read, or
    are not what their names say."""

    def is_damaged(path: Path) -> bool:
        try:
            return not _is_whole(path)
        except OSError:
            return True

    return [name for name in names if is_damaged(folder / name)]


def restore_basis(folder: Path, kept: Path) -> None:
    """Put the basis that a generation holds in `kept` back into the store in `folder`, where that
    has lost its own; else its segments could not be used any more.

    kept: a file that is known to be what was written.
    """
    if not any(_is_whole(path) for path in folder.glob("*.basis")):
        folder.mkdir(parents=True, exist_ok=True)
        write_durably(folder / basis_name(sha256_of(kept)), kept.read_bytes())


def basis_name(sha256: str) -> str:
    """The name of the file in a store that holds the basis with this hash."""
    return f"{sha256}.basis"


def segment_words(path: Path) -> NDArray[np.int8]:
    """The word vectors of the segment at `path`, memory-mapped; int8, shape (words, dimensions).

    Raises OSError or ValueError where it is no segment.
    """
    import numpy as np

    with path.open("rb") as file:
        _, end = _mapped(file, 0)
        words, _ = _mapped(file, end)
    if words.dtype != np.int8:
        raise ValueError("not the vectors of words")
    return words


def _is_whole(path: Path) -> bool:
    return path.is_file() and sha256_of(path) == path.stem


def _mapped(file: BinaryIO, start: int) -> tuple[NDArray[Any], int]:
    """The array that begins at byte `start` of the file, memory-mapped, and where it ends."""
    import numpy as np

    file.seek(start)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("not an array as this program writes it")
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    start = file.tell()
    if 0 in shape:
        return np.zeros(shape, dtype), start
    # Viewed as a plain array, still mapped: slicing numpy's memmap class is slow.
    array = np.memmap(file, dtype, mode="r", offset=start, shape=shape).view(np.ndarray)
    return array, start + array.nbytes


def as_npy(array: NDArray[Any]) -> bytes:
    """The content of a .npy file. Numpy, where it writes a file itself, does not say why it
    cannot."""
    import numpy as np

    content = io.BytesIO()
    np.save(content, array, allow_pickle=False)
    return content.getvalue()


def key_of(string: str) -> bytes:
    """What names a string in a store: the SHA-256 of its UTF-8."""
    return hashlib.sha256(string.encode()).digest()
