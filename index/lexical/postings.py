"""Sparse postings: for each term the rows that hold it, with their BM25 weights.

Arrays that are memory-mapped as they lie on disk, so that opening an index costs nothing
and a query reads only the terms that it asks for.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.lexical.idf import lucene_idf

_ARRAYS = {
    "letters": np.uint8,
    "ends": np.int64,
    "starts": np.int64,
    "rows": np.int32,
    "weights": np.float32,
    "counts": np.int32,
    "lengths": np.int32,
    "size": np.int64,
}


@dataclass(frozen=True, slots=True)
class Postings:
    """letters: the UTF-8 of all terms, sorted and glued together; uint8.
    ends: where each term ends in `letters`; int64, one a term.
    starts: where each term's postings begin; int64, one more than there are terms.
    rows, weights: the postings, by term and then by row; int32 and float32.
    counts: how often the term stands in the row; int32. Queries need only the weights; a build
        takes from these what has not changed.
    lengths: the number of terms of each row, repetitions counted; int32.
    size: the number of rows of the collection; int64, one.
    """

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]
    size: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        vocabulary: Sequence[str],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        weights: NDArray[np.float32],
        counts: NDArray[np.int32],
        lengths: NDArray[np.int32],
    ) -> Postings:
        """`vocabulary` sorted by code point, which is also the order of its UTF-8."""
        encoded = [term.encode() for term in vocabulary]
        return cls(
            letters=np.frombuffer(b"".join(encoded), dtype=np.uint8),
            ends=np.cumsum([len(term) for term in encoded], dtype=np.int64),
            starts=starts,
            rows=rows,
            weights=weights,
            counts=counts,
            lengths=lengths,
            size=np.array([len(lengths)], dtype=np.int64),
        )

    @classmethod
    def nothing(cls) -> Postings:
        """Of no rows."""
        none = np.zeros(0, dtype=np.int32)
        return cls.of([], np.zeros(1, np.int64), none, none.astype(np.float32), none, none)

    def save(self, folder: Path) -> None:
        """Write each array to `folder`, which is made."""
        folder.mkdir()
        for name in _ARRAYS:
            # Through memory, since numpy does not say why a file cannot be written.
            content = io.BytesIO()
            np.save(content, getattr(self, name), allow_pickle=False)
            (folder / f"{name}.npy").write_bytes(content.getbuffer())

    @classmethod
    def open(cls, folder: Path) -> Postings:
        """Map what `save` wrote. Raises IndexDamaged where that is not there any more."""
        arrays = {}
        for name, kind in _ARRAYS.items():
            path = folder / f"{name}.npy"
            try:
                # Viewed as plain arrays, still mapped: slicing numpy's memmap class is slow.
                array = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
            except Exception as error:  # numpy's reading of headers has no common error of its own
                raise IndexDamaged(f"{path} cannot be read") from error
            if array.dtype != kind or array.ndim != 1:
                raise IndexDamaged(f"{path} is not what was written")
            arrays[name] = array
        postings = cls(**arrays)
        if (
            len(postings.size) != 1
            or len(postings.starts) != len(postings.ends) + 1
            or not len(postings.rows) == len(postings.weights) == len(postings.counts)
            or len(postings.lengths) != postings.size[0]
        ):
            raise IndexDamaged(f"the arrays in {folder} do not belong together")
        return postings

    def vocabulary(self) -> list[str]:
        """All terms, in order."""
        starts = [0, *self.ends.tolist()]
        letters = self.letters.tobytes()
        return [letters[start:end].decode() for start, end in pairwise(starts)]

    def holding(self, term: str) -> int:
        """In how many rows the term occurs."""
        first, last = self._bounds(term)
        return last - first

    def rows_holding(self, term: str) -> NDArray[np.int32]:
        """The rows in which the term occurs, ascending."""
        first, last = self._bounds(term)
        return self.rows[first:last]

    def idf(self, term: str) -> float:
        """Lucene's idf of the term; the highest there is for one that occurs nowhere."""
        return lucene_idf(int(self.size[0]), self.holding(term))

    def scores(self, query: Iterable[str]) -> NDArray[np.float32]:
        """The BM25 score of every row; a term that is repeated in the query counts again.

        Raises IndexDamaged where the postings name rows that there are not.
        """
        total = np.zeros(int(self.size[0]), dtype=np.float32)
        for term in query:
            first, last = self._bounds(term)
            try:
                total[self.rows[first:last]] += self.weights[first:last]
            except IndexError as error:
                what = f"the postings of {term!r} name rows that there are not"
                raise IndexDamaged(what) from error
        return total

    def _bounds(self, term: str) -> tuple[int, int]:
        wanted = term.encode()
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self._term(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        if low < len(self.ends) and self._term(low) == wanted:
            return int(self.starts[low]), int(self.starts[low + 1])
        return 0, 0

    def _term(self, number: int) -> bytes:
        start = int(self.ends[number - 1]) if number else 0
        return self.letters[start : int(self.ends[number])].tobytes()
