"""Indexes over invented collections, and the real encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from index import Encoder, SearchIndex, SentenceEncoder, build_index
from tests.hash_encoder import HashEncoder
from tests.retrieval.invented import TOWN


class Indexed(Protocol):
    """Build an index of files (path to content) and open it; closed after the test."""

    def __call__(self, files: Mapping[str, str], encoder: Encoder | None = None) -> SearchIndex: ...


@pytest.fixture(scope="package", autouse=True)
def without_flushing() -> Iterator[None]:
    """Builds here need not survive a power cut, and flushing is most of what they cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda handle: None)
        yield


@pytest.fixture
def indexed(
    write_collection: Callable[[Mapping[str, str]], Path], tmp_path: Path
) -> Iterator[Indexed]:
    opened: list[SearchIndex] = []

    def build(files: Mapping[str, str], encoder: Encoder | None = None) -> SearchIndex:
        build_index(write_collection(files), tmp_path / "index", encoder)
        opened.append(SearchIndex(tmp_path / "index"))
        return opened[-1]

    yield build
    for index in opened:
        index.close()


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """The collection TOWN with the fake encoder's vectors; read only."""
    yield from _session_index(tmp_path_factory.mktemp("town"), TOWN, HashEncoder())


@pytest.fixture(scope="session")
def wordy_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """The collection TOWN in a generation without vectors; read only."""
    yield from _session_index(tmp_path_factory.mktemp("wordy"), TOWN, None)


@pytest.fixture(scope="session")
def sentence_encoder() -> SentenceEncoder:
    """The real encoder, loaded once."""
    return SentenceEncoder()


def _session_index(
    folder: Path, files: Mapping[str, str], encoder: Encoder | None
) -> Iterator[SearchIndex]:
    for name, content in files.items():
        path = folder / "collection" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    build_index(folder / "collection", folder / "index", encoder)
    index = SearchIndex(folder / "index")
    yield index
    index.close()
