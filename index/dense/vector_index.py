"""Nearest passages by inner product, in FAISS, with the kind of index chosen by size.

This is the border of FAISS's units: beyond it a similarity is a cosine, higher is nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import IndexDamaged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """A FAISS index for collections of up to `passages`.

    factory: FAISS's name for it.
    probes: lists that a query reads, where the index has lists.
    """

    passages: float
    factory: str
    probes: int | None = None


# Measured with 384-dimensional MiniLM vectors (faiss-cpu 1.15.1), one thread, one query of 116
# rows at a time: milliseconds at the median, and recall@10 against exact search.
#                        33,600 passages    100,000            250,000
# Flat                   2.3 ms, 1.000      8.2 ms, 1.000
# SQfp16                 1.1 ms,  .999      4.2 ms, 1.000      8.5 ms, .999
# IVF1024,SQfp16 (32)                       0.24 ms, .998      0.51 ms, .997
# IVF1024,SQ8    (32)                                          0.40 ms, .985
# In brackets the lists that a query reads. At 1,034,000, IVF4096,SQfp16 (32) finds all ten of the
# nearest stand-in vectors. Building takes 0.2 s, with 1,024 lists 5 s; half precision is half the
# memory. HNSW takes 258 s to build for a million, where its recall is .912: no default.
PLANS = (
    IndexPlan(20_000, "Flat"),
    IndexPlan(100_000, "SQfp16"),
    IndexPlan(500_000, "IVF1024,SQfp16", probes=32),
    IndexPlan(3_000_000, "IVF4096,SQfp16", probes=32),
    IndexPlan(float("inf"), "IVF16384_HNSW32,SQ8", probes=32),
)
# Of an index with lists that an earlier version made for a size that now has none.
_PROBES = 64
# Vectors to learn each list's centre from. FAISS takes 256 by default; with 64 a million passages
# still take 155 s on two cores of which one has other work.
_OF_A_LIST = 64
# FAISS orders equal similarities as it likes; a few more than asked for are fetched, and twice as
# many while the last of them equals the k-th, so that copies of a passage at the edge of the
# ranking are cut by row.
_SPARE = 16


def plan_for(passages: int) -> IndexPlan:
    """The index for a collection of this size."""
    return next(plan for plan in PLANS if passages <= plan.passages)


class VectorIndex:
    """Vectors by row, searched by cosine."""

    def __init__(self, faiss_index: Any, lists: Any = None) -> None:
        """lists: the part of the index that has lists, where it has."""
        self._index = faiss_index
        self._lists = lists

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        return int(self._index.d)

    @staticmethod
    def build(vectors: NDArray[np.float32], path: Path) -> None:
        """Write the index of `vectors` (float32, shape (rows, dimensions), norm 1) to `path`."""
        import faiss

        plan = plan_for(len(vectors))
        index = faiss.index_factory(vectors.shape[1], plan.factory, faiss.METRIC_INNER_PRODUCT)
        if not index.is_trained:
            if plan.probes is not None:
                faiss.extract_index_ivf(index).cp.max_points_per_centroid = _OF_A_LIST
            index.train(vectors)
        index.add(vectors)
        # Through Python: FAISS's own writer does not notice that the last block cannot be written.
        make: Any = faiss.PyCallbackIOWriter  # type: ignore[attr-defined]  # not in FAISS's stubs
        with path.open("wb") as file:
            faiss.write_index(index, make(file.write))

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Raises IndexDamaged for a file that FAISS does not read."""
        import faiss

        # A question is searched by one thread: FAISS and torch each keep a pool that spins while
        # it waits, and on two cores they take the processor from each other. Right after a
        # question was encoded, 37,000 vectors take 23 ms with two threads and 4 ms with one.
        faiss.omp_set_num_threads(1)

        try:
            # Mapped, so that opening reads nothing and only lists that are searched are held.
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:  # FAISS knows no other
            raise IndexDamaged(f"FAISS cannot read {path}") from error
        # By what the file holds, since an earlier version may have had other thresholds.
        lists: Any = faiss.try_extract_index_ivf(index)  # not in FAISS's type stubs
        if lists is not None:
            lists.nprobe = plan_for(index.ntotal).probes or _PROBES
            lists.make_direct_map()  # so that `vectors_of` finds a row among the lists
        return cls(index, lists)

    def search(
        self, vector: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `k` rows nearest to `vector` (norm 1) with their cosines, nearest first.

        Equal cosines are ordered by row. With `rows`, only those can be found.
        """
        import faiss
        import numpy as np

        allowed = len(self) if rows is None else len(rows)
        if not allowed or k < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        parameters = None
        if rows is not None:
            chosen = np.zeros(len(self), dtype=bool)
            chosen[rows] = True
            bitmap = np.packbits(chosen, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(self), faiss.swig_ptr(bitmap))
            # FAISS's classes take keywords that its type stubs do not know.
            make: Any = faiss.SearchParameters
            arguments: dict[str, Any] = {"sel": selector}
            if self._lists is not None:
                # As many more lists as fewer rows are allowed, so that a narrow filter finds
                # as much as none; one that leaves few rows reads every list.
                probes = -(-self._lists.nprobe * len(self) // allowed)
                make = faiss.SearchParametersIVF
                arguments["nprobe"] = min(probes, self._lists.nlist)
            parameters = make(**arguments)
        wanted = k + _SPARE
        while True:
            cosines, found = self._index.search(
                vector.reshape(1, -1), min(wanted, allowed), params=parameters
            )
            none_left = wanted >= allowed or found[0][-1] < 0
            if none_left or cosines[0][-1] < cosines[0][k - 1]:
                break
            wanted *= 2
        hit = found[0] >= 0
        found, cosines = found[0][hit], cosines[0][hit]
        order = np.lexsort((found, -cosines))[:k]
        return found[order], cosines[order]

    def vectors_of(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of these rows as the index holds them; float32, shape (rows, dimensions)."""
        import numpy as np

        if not len(rows):
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack([self._index.reconstruct(int(row)) for row in rows])

    def cosines(self, vector: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """Of `vector` (norm 1) with each of `rows`; float32, shape (rows,)."""
        import numpy as np

        return np.asarray(self.vectors_of(rows) @ vector, np.float32)
