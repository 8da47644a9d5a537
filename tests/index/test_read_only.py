"""Folders that cannot be written to, or are gone: what can be answered is answered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import CorpusError
from index import BuildFailed, NoIndex, SearchIndex
from retrieval import verify_index
from tests.index.conftest import Town
from tests.index.invented import TOWN, opened, seen, write_files

REPOSITORY = Path(__file__).parents[2]


def remount(disk: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", disk], check=True)


def test_a_read_only_index_answers_and_is_not_built(disk: Path, tmp_path: Path) -> None:
    """On a disk that is mounted for reading, all can be read and verified. A build says why it
    cannot write, and on a writable disk it goes on as if nothing had happened."""
    town = Town(write_files(tmp_path / "collection", TOWN), disk / "index")
    town.build()
    before = seen(town.index)
    town.remove("park.md")
    remount(disk, "ro")

    try:
        assert seen(town.index) == before
        with opened(town.index) as index:
            assert verify_index(index).defects == ()
        with pytest.raises(BuildFailed, match="Read-only file system") as failed:
            town.build()
        assert "check permissions" in str(failed.value)
    finally:
        remount(disk, "rw")
    assert town.build().removed == ("park",)


def test_no_index_is_made_on_a_read_only_disk(disk: Path, tmp_path: Path) -> None:
    """A first build there is a clear error and leaves nothing."""
    town = Town(write_files(tmp_path / "collection", TOWN), disk / "index")
    remount(disk, "ro")

    with pytest.raises(BuildFailed, match="Read-only file system"):
        town.build()

    assert list(disk.iterdir()) == []


def test_a_read_only_collection_is_indexed(disk: Path, tmp_path: Path) -> None:
    """A collection is only ever read."""
    town = Town(write_files(disk / "collection", TOWN), tmp_path / "index")
    remount(disk, "ro")

    assert town.build().articles == 4


def test_without_its_collection_an_index_answers_and_is_not_built(built: Town) -> None:
    """The folder of articles is gone: nothing is taken out of the index for that."""
    before = seen(built.index)
    shutil.rmtree(built.collection)

    with pytest.raises(CorpusError, match="does not exist"):
        built.build()

    assert seen(built.index) == before


@pytest.mark.parametrize(
    "vanish",
    [
        shutil.rmtree,
        lambda index: shutil.rmtree(index / "generations"),
        lambda index: shutil.rmtree(index / "vectors"),
    ],
    ids=["all", "generations", "vectors"],
)
def test_an_index_that_vanished_is_built_again(built: Town, vanish: Callable[[Path], None]) -> None:
    """Whatever folder of it is gone: a clear error that names the command, which makes it anew."""
    before = seen(built.index)
    vanish(built.index)

    with pytest.raises(Exception, match="onrecord build") as refused:
        seen(built.index)

    assert refused.type.__name__ in {"NoIndex", "IndexDamaged"}
    built.build()
    assert seen(built.index) == before


def test_what_is_open_stays_readable_when_the_index_vanishes(built: Town) -> None:
    """A chat that runs goes on to answer from what it has opened."""
    before = seen(built.index)
    index = SearchIndex(built.index)
    index.open_all()
    shutil.rmtree(built.index)

    assert [index.passage(row).passage_id for row in range(len(index))] == [
        passage_id for _, passage_id, *_ in before["passages"]
    ]
    assert index.words is not None
    index.close()
    with pytest.raises(NoIndex):
        seen(built.index)


AS_NOBODY = """
import os, sys
from pathlib import Path
from index import SearchIndex, build_index, BuildFailed
from retrieval import ask, verify_index
collection, index = map(Path, sys.argv[1:])

def read():
    reader = SearchIndex(index)
    citations = ask("What did the park cost?", reader, None).citations
    defects = verify_index(reader).defects
    reader.close()
    return [citation.passage.article.article_id for citation in citations], defects

read()  # so that all is imported: another user may not be allowed to read this Python
os.setuid(65534)
print(*read())
try:
    build_index(collection, index, None)
except BuildFailed as error:
    print("Permission denied" in str(error))
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_an_index_of_another_user_answers(built: Town) -> None:
    """Who may only read the folder can ask and verify, and is told why nothing can be built."""
    built.index.parent.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, built.collection, built.index],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["['park', 'park'] ()", "True"], done.stderr
