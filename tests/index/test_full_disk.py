"""A disk that is really full: a small file system in memory, filled up to some bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from index import BuildFailed, build_index
from index.dense import encoding
from retrieval import answer_as_json, ask, verify_index
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.faults import Calls
from tests.index.invented import (
    TOWN,
    assert_equal_builds,
    kept_keys,
    keys,
    markdown,
    opened,
    seen,
    write_files,
)

PAGE = 4096


def fill(disk: Path, free: int) -> Path:
    """A file that leaves so many bytes free."""
    filler = disk / "filler"
    state = os.statvfs(disk)
    filler.write_bytes(b"x" * (state.f_bavail * state.f_frsize - free))
    return filler


def test_a_full_disk_fails_the_build_and_keeps_the_index(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little room is left, the build says what stopped it, the old index answers, and
    with room again the next build ends where a fresh one does."""
    town = Town(write_files(tmp_path / "collection", TOWN), disk / "index")
    town.build()
    before = seen(town.index)
    for number in range(60):
        town.write(
            f"street/{number:02}.md",
            markdown(
                f"House {number} of Elm Street has a new roof. " * 12, title=f"House {number}"
            ),
        )
    stopped_at = set()

    # The catalogue needs 74 pages and the vectors 70 more. With 144 they are kept; from then on
    # only the generation needs room, 86.
    before_vectors = (0, 1, 2, 4, 8, 16, 32, 56, 64, 96, 128, 136, 144)
    for pages in (*before_vectors, 0, 8, 16, 32, *range(60, 85, 2)):
        filler = fill(disk, pages * PAGE)
        calls = Calls(lambda number, name, is_done: None)
        with monkeypatch.context() as patch:
            calls.watch(patch)
            with pytest.raises(BuildFailed) as failed:
                town.build()
        assert "No space left on device" in str(failed.value) or "disk is full" in str(failed.value)
        assert f"The build in {town.index} stopped" in str(failed.value)
        assert seen(town.index) == before
        stopped_at.add(calls.names[-1])
        filler.unlink()

    assert list(town.index.glob("articles.db.*")) == []
    assert {
        "TextStore.add", "CatalogueWriter", "write_durably of a segment", "VectorIndex.build",
        "Path.write_bytes", "write_durably of pointer, manifest and notes",
    } <= stopped_at  # fmt: skip
    town.build()
    fresh = tmp_path / "fresh"
    build_index(town.collection, fresh, HashEncoder())
    assert_equal_builds(town.index, fresh)


def test_a_disk_that_fills_up_between_segments_keeps_those_that_were_finished(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ever more room a build gets through ever more of its segments before the disk is full.
    Questions are answered as before each time, and no string of a finished segment is encoded
    again."""
    monkeypatch.setattr(encoding, "_WINDOW", 8)
    town = Town(write_files(tmp_path / "collection", TOWN), disk / "index")
    town.build()
    before, answer = seen(town.index), answered(town.index)
    for number in range(60):
        house = f"House {number} of Elm Street has a new roof. It faces number {number + 1}."
        town.write(f"street/{number:02}.md", markdown(house, title=f"House {number}"))
    finished = []

    # The catalogue needs 65 pages, and a segment of eight strings one or two more.
    for pages in (8, 32, *range(60, 73)):
        filler, kept = fill(disk, pages * PAGE), kept_keys(town.index)
        with pytest.raises(BuildFailed, match=r"No space left on device|disk is full"):
            town.build(encoder := HashEncoder())
        assert not keys(encoder) & kept
        assert (seen(town.index), answered(town.index)) == (before, answer)
        with opened(town.index) as index:
            assert verify_index(index).defects == ()
        finished.append(len(kept_keys(town.index)) - len(kept))
        filler.unlink()

    assert sum(finished) == 60
    assert len([count for count in finished if count]) >= 3
    kept = kept_keys(town.index)
    town.build(encoder := HashEncoder())
    assert not keys(encoder) & kept
    assert_equal_builds(town.index, town.fresh())


def answered(index: Path) -> dict[str, Any]:
    with opened(index) as reader:
        return answer_as_json(ask("Who opened the park?", reader, HashEncoder()))


@pytest.mark.parametrize("pages", range(12))
def test_a_first_build_on_a_full_disk_fails_cleanly(disk: Path, tmp_path: Path, pages: int) -> None:
    """Without an index to fall back on there is a clear error, and room is all that is missing."""
    town = Town(write_files(tmp_path / "collection", TOWN), disk / "index")
    filler = fill(disk, pages * PAGE)

    with pytest.raises(BuildFailed, match=r"No space left on device|disk is full"):
        town.build()

    filler.unlink()
    assert town.build().published
    assert_equal_builds(town.index, town.fresh())
    assert list(town.index.glob("articles.db.*")) == []


def test_vectors_are_never_cut_by_a_full_disk(disk: Path) -> None:
    """A vector file whose last block does not fit is an error, not a shorter file."""
    import numpy as np

    from index.dense import VectorIndex

    vectors = np.eye(8, dtype=np.float32)
    fill(disk, 0)

    with pytest.raises(OSError, match="No space left on device"):
        VectorIndex.build(vectors, disk / "vectors.faiss")
