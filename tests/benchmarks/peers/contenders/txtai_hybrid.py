"""txtai's hybrid index as its documentation makes one: `hybrid=True`, with the content stored.

txtai weighs both sides by half after scaling BM25 scores, and takes ten times as many candidates
from each side as are asked for. Above 5,000 passages it chooses an approximate FAISS index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray
from txtai import Embeddings

from tests.benchmarks.peers.contenders.encoder import model_folder
from tests.benchmarks.peers.contenders.peer import Peer
from tests.benchmarks.peers.contract import Found


class Txtai:
    def __init__(self) -> None:
        self._models: dict[str, Any] = {}  # loaded once for all indexes of a process
        self._opened: Embeddings | None = None

    @property
    def version(self) -> str:
        return f"txtai {version('txtai')}, faiss-cpu {version('faiss-cpu')}"

    def warm(self) -> None:
        self._new().transform("warm")

    def build(
        self, folder: Path, strings: Sequence[str], vectors: NDArray[np.float32] | None
    ) -> None:
        embeddings = self._new()
        with _encoded_as(embeddings.model, vectors):
            embeddings.index(enumerate(strings))
        embeddings.save(str(folder))
        embeddings.close()

    def open(self, folder: Path) -> None:
        # A question is searched by one thread, as everywhere here: the threads of FAISS and those
        # of torch take the processor from each other.
        faiss.omp_set_num_threads(1)
        self._opened = Embeddings(models=self._models).load(str(folder))

    def search(self, question: str, vector: NDArray[np.float32] | None, k: int) -> list[Found]:
        if self._opened is None:
            raise RuntimeError("Nothing is open.")
        with _encoded_as(self._opened.model, None if vector is None else vector[None]):
            found = self._opened.search(question, k)
        return [Found(int(each["id"]), each["text"]) for each in found]

    def _new(self) -> Embeddings:
        return Embeddings(
            path=str(model_folder()),
            method="sentence-transformers",
            hybrid=True,
            content=True,
            models=self._models,
        )


@contextmanager
def _encoded_as(model: Any, vectors: NDArray[np.float32] | None) -> Iterator[None]:
    """txtai's encoder gives these vectors, one for each string that it is asked for, in order;
    with None it encodes."""
    if vectors is None:
        yield
        return
    given = iter(vectors)
    model.encode = lambda strings, category=None: np.stack([next(given) for _ in strings])
    try:
        yield
    finally:
        del model.encode


def contender() -> Peer:
    return Peer("txtai", Txtai())
