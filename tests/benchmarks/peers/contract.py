"""What passes between the processes of the benchmark: inputs as files, results as JSON."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.shared import resident_megabytes

# Passages that a question is answered with, and documents of a ranking that is measured.
DEPTH = 10
# Candidates that each side of a hybrid search brings to the fusion.
CANDIDATES = 100
# Questions that are asked before those that are timed.
WARMING = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """name: of the folder in which a contender keeps its indexes.
    label: as people know it.
    module: of `contenders`; its function `contender` makes it.
    is_ours: runs in the project's environment, not in that of the peers.
    """

    name: str
    label: str
    module: str
    is_ours: bool = False


ENTRIES = (
    Entry("on_the_record", "On the Record", "on_the_record", is_ours=True),
    Entry("txtai", "txtai", "txtai_hybrid"),
    Entry("lancedb", "LanceDB", "lancedb_hybrid"),
    Entry("bm25s_faiss", "bm25s + FAISS", "bm25s_faiss"),
)


@dataclass(frozen=True, slots=True)
class Built:
    """version: of what was built with. seconds: from the passages to an index on disk."""

    version: str
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Asked:
    """seconds: of each question, from its text to texts. megabytes: resident after all of them."""

    seconds: list[float]
    megabytes: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """rankings: by set and query id the ids of at most DEPTH documents, best first."""

    rankings: dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Found:
    """row: place of the passage among those that were indexed."""

    row: int
    text: str


class Contender(Protocol):
    """What is measured; each measure is taken in a process of its own."""

    def build(self, inputs: Inputs) -> Built:
        """Index the passages of the articles, once the encoder is loaded."""
        ...

    def ask(self, inputs: Inputs) -> Asked:
        """Ask every question, over the larger index."""
        ...

    def rank(self, inputs: Inputs) -> Ranked:
        """Rank the documents of every judged set for its queries."""
        ...


class Engine(Protocol):
    """A peer's search over passages that lie in a folder."""

    @property
    def version(self) -> str: ...

    def warm(self) -> None:
        """Load the encoder and use it once."""
        ...

    def build(
        self, folder: Path, strings: Sequence[str], vectors: NDArray[np.float32] | None
    ) -> None:
        """Index `strings` by words and by vectors, in an empty folder.

        vectors: float32, shape (strings, dimensions), norm 1; None has them encoded here.
        """
        ...

    def open(self, folder: Path) -> None:
        """Make ready to search what was built in `folder`."""
        ...

    def search(self, question: str, vector: NDArray[np.float32] | None, k: int) -> list[Found]:
        """The best `k` passages, best first.

        vector: of the question, float32, shape (dimensions,); None has it encoded here.
        """
        ...


@dataclass(frozen=True, slots=True)
class JudgedInputs:
    """A judged set. documents: ids. strings: what is indexed of each document.
    queries: text by id. vectors: of the documents and of the queries, in order.
    """

    documents: list[str]
    strings: list[str]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]
    document_vectors: NDArray[np.float32]
    query_vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The folder that all contenders read from and keep their indexes in."""

    folder: Path

    @property
    def collection(self) -> Path:
        """The articles whose passages are built with, as a collection."""
        return self.folder / "inputs" / "collection"

    @property
    def settings(self) -> dict[str, Any]:
        """`sets`: names of the judged sets. `index`: ours that questions are asked over."""
        return self.read("settings")

    def passages(self) -> list[str]:
        """What is indexed of each passage of the collection."""
        return self.read("passages")

    def questions(self) -> list[str]:
        return self.read("questions")

    def asked_over(self) -> tuple[list[str], NDArray[np.float32]]:
        """Strings and vectors of the passages that questions are asked over."""
        return self.read("asked_over"), np.load(self.folder / "inputs" / "asked_over.npy")

    def judged(self, name: str) -> JudgedInputs:
        read = self.read(f"set-{name}")
        vectors = {
            key: np.load(self.folder / "vectors" / read.pop(key))
            for key in ("document_vectors", "query_vectors")
        }
        return JudgedInputs(**read, **vectors)

    def place(self, contender: str, what: str, *, empty: bool = False) -> Path:
        """Where a contender keeps an index."""
        place = self.folder / "indexes" / contender / what
        if empty:
            shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True, exist_ok=True)
        return place

    def read(self, name: str) -> Any:
        return json.loads((self.folder / "inputs" / f"{name}.json").read_text(encoding="utf-8"))

    def write(self, name: str, value: Any) -> None:
        path = self.folder / "inputs" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")


def timed(answer: Callable[[str], object], questions: Sequence[str]) -> Asked:
    """Time the questions after the first WARMING ones."""
    for question in questions[:WARMING]:
        answer(question)
    seconds = []
    for question in questions[WARMING:]:
        started = time.perf_counter()
        answer(question)
        seconds.append(time.perf_counter() - started)
    return Asked(seconds, resident_megabytes())
