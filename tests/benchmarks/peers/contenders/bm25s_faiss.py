"""What one writes by hand: bm25s as its documentation uses it (Snowball stemmer, English stop
words), exact search in FAISS, and reciprocal rank fusion with k = 60."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import bm25s
import faiss
import numpy as np
import Stemmer
from numpy.typing import NDArray

from tests.benchmarks.peers.contenders.encoder import WithPlainEncoder
from tests.benchmarks.peers.contenders.peer import Peer
from tests.benchmarks.peers.contract import CANDIDATES, Found

_K = 60
_VECTORS = "vectors.faiss"


class Bm25sFaiss(WithPlainEncoder):
    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")
        self._words: bm25s.BM25 | None = None
        self._vectors: faiss.Index | None = None

    @property
    def version(self) -> str:
        return f"bm25s {version('bm25s')}, faiss-cpu {version('faiss-cpu')}"

    def build(
        self, folder: Path, strings: Sequence[str], vectors: NDArray[np.float32] | None
    ) -> None:
        vectors = self._vectors_of(list(strings), vectors)
        words = bm25s.BM25()
        words.index(self._tokens(list(strings)), show_progress=False)
        words.save(folder, corpus=list(strings), show_progress=False)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / _VECTORS))

    def open(self, folder: Path) -> None:
        # A question is searched by one thread: the threads of FAISS and those of torch take the
        # processor from each other, and with more than one both are slower.
        faiss.omp_set_num_threads(1)
        self._words = bm25s.BM25.load(folder, load_corpus=True, show_progress=False)
        self._vectors = faiss.read_index(str(folder / _VECTORS))

    def search(self, question: str, vector: NDArray[np.float32] | None, k: int) -> list[Found]:
        if self._words is None or self._vectors is None:
            raise RuntimeError("Nothing is open.")
        vector = self._vectors_of(question, vector)
        depth = min(CANDIDATES, self._vectors.ntotal)
        _, nearest = self._vectors.search(vector[None], depth)
        texts, scores = self._words.retrieve(self._tokens([question]), k=depth, show_progress=False)
        # bm25s fills up with passages that hold no word of the question.
        lexical = [text["id"] for text, score in zip(texts[0], scores[0], strict=True) if score > 0]
        fused: dict[int, float] = defaultdict(float)
        for ranking in (lexical, nearest[0].tolist()):
            for place, row in enumerate(ranking, start=1):
                fused[row] += 1 / (_K + place)
        best = sorted(fused, key=lambda row: -fused[row])[:k]
        return [Found(row, self._words.corpus[row]["text"]) for row in best]

    def _tokens(self, texts: list[str]) -> bm25s.tokenization.Tokenized:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


def contender() -> Peer:
    return Peer("bm25s_faiss", Bm25sFaiss())
