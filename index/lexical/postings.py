"""Sparse postings: for each term the rows that hold it, with their BM25 weights.

Five arrays that are memory-mapped as they lie on disk, so that opening an index costs nothing
and a query reads only the terms that it asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.lexical.idf import lucene_idf

_ARRAYS = ("letters", "ends", "starts", "rows", "weights", "size")


@dataclass(frozen=True, slots=True)
class Postings:
    """letters: the UTF-8 of all terms, sorted and glued together; uint8.
    ends: where each term ends in `letters`; int64, one a term.
    starts: where each term's postings begin; int64, one more than there are terms.
    rows, weights: the postings, by term and then by row; int32 and float32.
    size: the number of rows of the collection; int64, one.
    """

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    size: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        vocabulary: Sequence[str],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        weights: NDArray[np.float32],
        size: int,
    ) -> Postings:
        """`vocabulary` sorted by code point, which is also the order of its UTF-8."""
        encoded = [term.encode() for term in vocabulary]
        return cls(
            letters=np.frombuffer(b"".join(encoded), dtype=np.uint8),
            ends=np.cumsum([len(term) for term in encoded], dtype=np.int64),
            starts=starts,
            rows=rows,
            weights=weights,
            size=np.array([size], dtype=np.int64),
        )

    def save(self, folder: Path) -> None:
        """Write each array to `folder`, which is made."""
        folder.mkdir()
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Postings:
        """Map what `save` wrote. Raises IndexDamaged where that is not there any more."""
        try:
            return cls(
                *(
                    np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
                    for name in _ARRAYS
                )
            )
        except (OSError, ValueError) as error:
            raise IndexDamaged(f"the postings in {folder} cannot be read") from error

    def holding(self, term: str) -> int:
        """In how many rows the term occurs."""
        first, last = self._bounds(term)
        return last - first

    def idf(self, term: str) -> float:
        """Lucene's idf of the term; the highest there is for one that occurs nowhere."""
        return lucene_idf(int(self.size[0]), self.holding(term))

    def scores(self, query: Iterable[str]) -> NDArray[np.float32]:
        """The BM25 score of every row; a term that is repeated in the query counts again."""
        total = np.zeros(int(self.size[0]), dtype=np.float32)
        for term in query:
            first, last = self._bounds(term)
            total[self.rows[first:last]] += self.weights[first:last]
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
