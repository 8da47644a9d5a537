"""Large parts are hashed by a thread while the index is open, and nothing damaged is shown."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import pytest

from index import IndexDamaged, SearchIndex, terms
from index.store import checks
from tests.index.conftest import Town


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part is hashed by the thread."""
    monkeypatch.setattr(checks, "AT_ONCE_BYTES", -1)


def part(town: Town, name: str) -> Path:
    with closing(SearchIndex(town.index)) as index:
        return index.folder / name


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_sound_index_answers(built: Town) -> None:
    """Opening waits for no hash, and everything is found as ever."""
    with closing(SearchIndex(built.index)) as index:
        index.open_all()
        found = index.search(None, terms("library"), 3).lexical
        assert [index.passage(row).article.article_id for row in found.rows]
        index.require_sound()


def test_nothing_is_read_of_a_damaged_catalogue(built: Town) -> None:
    """Who asks it for anything waits for its hash, and is told, unless opening was told before."""
    flip(part(built, "catalogue.db"))

    def list_articles() -> None:
        with closing(SearchIndex(built.index)) as index:
            index.catalogue.entries()

    with pytest.raises(IndexDamaged, match=r"catalogue\.db was altered"):
        list_articles()


@pytest.mark.parametrize("name", ["postings/weights.npy", "vectors.faiss", "words/basis.npy"])
def test_another_damaged_part_is_told_when_it_is_known(built: Town, name: str) -> None:
    """It may change an order, never a citation, so that nobody waits for it; as soon as it is
    known, questions are refused."""
    flip(part(built, name))

    def wait_and_search() -> None:
        with closing(SearchIndex(built.index)) as index:
            with suppress(IndexDamaged):
                index.require_sound()
            index.search(None, terms("library"), 3)

    with pytest.raises(IndexDamaged, match=f"{Path(name).name} was altered"):
        wait_and_search()


def test_closing_ends_the_checks(built: Town) -> None:
    """An index that is closed at once leaves nothing behind that fails."""
    index = SearchIndex(built.index)
    index.close()
    index._checks.require_all()
