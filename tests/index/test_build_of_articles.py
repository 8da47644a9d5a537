"""Building an index of articles that lie in no folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Article, Furniture, Metadata, Span, read_collection
from index import SearchIndex, build_index, build_index_of
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town

MILL = Article("mill", "The mill opens on Friday.", Metadata(title="Mill"), file="a.jsonl")
FERRY = Article("a b/ferry", "The ferry sank.", file="a.jsonl")
NOTHING = Article("nothing", "")


def test_the_same_generation_as_from_a_folder(town: Town, tmp_path: Path) -> None:
    """Given what the folder holds, in any order, the catalogue and the postings are those of the
    folder's index, byte for byte."""
    articles = read_collection(town.collection).articles
    build_index(town.collection, tmp_path / "folder", HashEncoder())
    build_index_of(articles[::-1], tmp_path / "given", HashEncoder())
    folder, given = SearchIndex(tmp_path / "folder"), SearchIndex(tmp_path / "given")
    assert given.manifest.parts == folder.manifest.parts
    assert (given.manifest.collection, folder.manifest.collection) == ("", str(town.collection))
    given.close()
    folder.close()


def test_articles_are_taken_as_they_are(tmp_path: Path) -> None:
    """An empty one is kept, and furniture is what the article says and nothing else."""
    marked = Article("m", "Ferry.\nIt sank.", furniture=(Furniture(Span(0, 6), "headline"),))
    build_index_of([NOTHING, MILL, marked], tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    assert [index.article(name) for name in ("m", "mill", "nothing")] == [marked, MILL, NOTHING]
    assert [index.passage(row).text for row in range(len(index))] == ["It sank.", MILL.text]
    index.close()


def test_only_what_is_new_is_encoded(tmp_path: Path) -> None:
    """As with a folder: nothing for the same articles, one string for one more."""
    encoder = HashEncoder()
    assert build_index_of([MILL, NOTHING], tmp_path / "index", encoder).encoded == 1
    again = build_index_of([NOTHING, MILL], tmp_path / "index", encoder)
    assert (again.published, again.encoded, again.kept) == (False, 0, 2)
    more = build_index_of([MILL, FERRY], tmp_path / "index", encoder)
    assert (more.added, more.removed, more.encoded) == (("a b/ferry",), ("nothing",), 1)
    assert encoder.encoded == ["Mill\nThe mill opens on Friday.", "The ferry sank."]


@pytest.mark.parametrize("name", ["ANALYZER", "PASSAGE_RULES"])
def test_other_rules_make_another_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What would be cut or folded differently is built again, though the articles are the same."""
    build_index_of([MILL], tmp_path / "index", HashEncoder())
    monkeypatch.setattr(f"index.build.rules.{name}", "other")
    assert build_index_of([MILL], tmp_path / "index", HashEncoder()).published


def test_another_encoder_makes_other_vectors(tmp_path: Path) -> None:
    """And the first one's are still there when it comes back."""
    first, second = HashEncoder(), HashEncoder("other", "1" * 64)
    build_index_of([MILL], tmp_path / "index", first)
    assert build_index_of([MILL], tmp_path / "index", second).encoded == 1
    assert build_index_of([MILL], tmp_path / "index", first).encoded == 0


def test_two_articles_with_one_id(tmp_path: Path) -> None:
    """That is a mistake of the caller's, and nothing is made."""
    with pytest.raises(ValueError, match="an id of its own"):
        build_index_of([MILL, Article("mill", "Another mill.")], tmp_path / "index", None)
    assert not (tmp_path / "index").exists()
