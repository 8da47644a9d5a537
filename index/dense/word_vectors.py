"""The vectors of words in their context, for late interaction (Khattab and Zaharia 2020, ColBERT).

They come out of the same pass as the vector of the passage. Only words that the analyzer keeps
have one; each is turned to unit length, projected to a few axes and rounded to bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.dense.encoder import of_norm_one
from index.errors import IndexDamaged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SCALE = 127


@dataclass(frozen=True, slots=True)
class WordVectors:
    """The word vectors of a generation, by row.

    basis: float32, shape (dimensions of the encoder, axes).
    places: for each row the number of its segment, its first word there and how many; int32,
        memory-mapped.
    segments: int8, shape (words, axes), memory-mapped.
    """

    basis: NDArray[np.float32]
    places: NDArray[np.int32]
    segments: tuple[NDArray[np.int8], ...]

    def of(self, row: int) -> NDArray[np.int8]:
        """Those of the title's words and then of the passage's, in order; int8, shape (words,
        axes). Divided by 127 they have norm 1, or 0 for a word that the encoder did not read."""
        segment, start, count = self.places[row].tolist()
        vectors: NDArray[np.int8] = self.segments[segment][start : start + count]
        return vectors

    def best_cosines(self, words: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """For each row and each of `words` the cosine of the nearest word of the row, 0 where it
        has none: the late interaction. float32, shape (rows, words).

        words: of a question, projected; float32, shape (words, axes), norm 1.
        """
        import numpy as np

        best = np.zeros((len(rows), len(words)), dtype=np.float32)
        held = [self.of(row) for row in rows]
        filled = [position for position, vectors in enumerate(held) if len(vectors)]
        if filled and len(words):
            together = np.concatenate([held[position] for position in filled]).astype(np.float32)
            cosines = together @ words.T / np.float32(_SCALE)
            starts = np.cumsum([0] + [len(held[position]) for position in filled[:-1]])
            best[filled] = np.maximum.reduceat(cosines, starts, axis=0)
        return best

    def cosines(self, words: NDArray[np.float32], row: int) -> NDArray[np.float32]:
        """Of each of `words` with each word of the row; float32, shape (words, words of the
        row)."""
        import numpy as np

        return words @ self.of(row).astype(np.float32).T / np.float32(_SCALE)

    def projected(self, words: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vectors as the encoder gives them on the axes of this generation, of norm 1."""
        return projected(words, self.basis)

    @classmethod
    def open(cls, folder: Path, store: Path) -> WordVectors:
        """Read what `save_places` wrote into `folder`, and map the segments in `store`.

        Raises IndexDamaged where a segment is missing, or ends before what is to be read there.
        """
        import numpy as np

        from index.dense.vector_store import segment_words

        basis = np.load(folder / "basis.npy", allow_pickle=False)
        # Viewed as a plain array, still mapped: slicing numpy's memmap class is slow.
        places = np.load(folder / "places.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        names = segments_of(folder)
        ends = np.zeros(len(names), np.int64)  # of each segment, where its last word is read
        if len(places):
            np.maximum.at(ends, places[:, 0], places[:, 1].astype(np.int64) + places[:, 2])
        segments = []
        for number, name in enumerate(names):
            try:
                segments.append(segment_words(store / name))
            except Exception as error:  # numpy raises many kinds for a damaged header
                raise IndexDamaged(f"the vectors in {store / name} cannot be read") from error
            if segments[-1].shape[1:] != basis.shape[1:]:
                raise IndexDamaged(f"the vectors in {store / name} have other axes")
            if ends[number] > len(segments[-1]):
                raise IndexDamaged(f"the vectors in {store / name} end too early")
        return cls(basis, places, tuple(segments))


def save_places(
    folder: Path, basis: NDArray[np.float32], places: NDArray[np.int64], segments: Sequence[str]
) -> None:
    """Write what `WordVectors.open` reads."""
    import numpy as np

    from index.dense.vector_store import as_npy

    folder.mkdir()
    (folder / "basis.npy").write_bytes(as_npy(basis))
    (folder / "places.npy").write_bytes(as_npy(places.astype(np.int32)))
    (folder / "segments.json").write_text(json.dumps(list(segments)), encoding="utf-8")


def segments_of(folder: Path) -> list[str]:
    """The names of the segments that a generation needs; none where it has no word vectors.

    Raises IndexDamaged where they cannot be read.
    """
    path = folder / "segments.json"
    try:
        names: list[str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path} cannot be read") from error
    return names


def projected(words: NDArray[np.float32], basis: NDArray[np.float32]) -> NDArray[np.float32]:
    """`words` (float32, shape (words, dimensions)) on the axes of `basis`, of norm 1, or 0 where
    they are 0."""
    return of_norm_one(words @ basis)


def compressed(words: NDArray[np.float32], basis: NDArray[np.float32]) -> NDArray[np.int8]:
    """`words` projected, in bytes: int8, shape (words, axes), cosines times 127."""
    import numpy as np

    return np.rint(projected(words, basis) * _SCALE).astype(np.int8)
