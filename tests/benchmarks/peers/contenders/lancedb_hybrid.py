"""LanceDB's hybrid search as its documentation makes one: a full-text index with its defaults
(stemming, no stop words), vectors without an index, which is exact, and reciprocal rank fusion.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("LANCEDB_LOG", "error")  # else every query writes warnings of deprecation

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.index import FTS
from lancedb.query import MatchQuery
from lancedb.rerankers import RRFReranker
from numpy.typing import NDArray

from tests.benchmarks.peers.contenders.encoder import WithPlainEncoder
from tests.benchmarks.peers.contenders.peer import Peer
from tests.benchmarks.peers.contract import CANDIDATES, Found

_TABLE = "passages"


class LanceDB(WithPlainEncoder):
    def __init__(self) -> None:
        self._table: lancedb.table.Table | None = None
        self._reranker = RRFReranker()

    @property
    def version(self) -> str:
        return f"lancedb {version('lancedb')}"

    def build(
        self, folder: Path, strings: Sequence[str], vectors: NDArray[np.float32] | None
    ) -> None:
        vectors = self._vectors_of(list(strings), vectors)
        columns = {
            "row": pa.array(range(len(strings))),
            "text": pa.array(strings),
            "vector": pa.FixedSizeListArray.from_arrays(
                pa.array(vectors.ravel()), vectors.shape[1]
            ),
        }
        table = lancedb.connect(folder).create_table(_TABLE, pa.table(columns))
        table.create_index("text", config=FTS())

    def open(self, folder: Path) -> None:
        self._table = lancedb.connect(folder).open_table(_TABLE)

    def search(self, question: str, vector: NDArray[np.float32] | None, k: int) -> list[Found]:
        if self._table is None:
            raise RuntimeError("Nothing is open.")
        vector = self._vectors_of(question, vector)
        found = (
            self._table.search(query_type="hybrid")
            .vector(vector)
            # Not the bare string, which is refused where all of it stands in quotation marks.
            .text(MatchQuery(question, "text"))
            .rerank(self._reranker)
            .select(["row", "text"])
            .limit(CANDIDATES)  # each side brings as many as are asked for
            .to_list()
        )
        return [Found(each["row"], each["text"]) for each in found[:k]]


def contender() -> Peer:
    return Peer("lancedb", LanceDB())
