"""One builder at a time; and one that is killed costs nothing but its time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from index import IndexLocked, build_index
from index.dense import segments_of
from index.store import building
from retrieval import verify_index
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.invented import (
    LIBRARY,
    assert_equal_builds,
    changes,
    markdown,
    opened,
    seen,
)

REPOSITORY = Path(__file__).parents[2]
CHANGES = [("added", "ferry"), ("added", "gate"), ("changed", "library"), ("removed", "park")]


@contextmanager
def builder(
    collection: Path, index: Path, step: str, *kind: str
) -> Iterator[subprocess.Popen[str]]:
    """A building process; whatever happens, it is gone in the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.index.builder", collection, index, step, *kind],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def kill_at(collection: Path, index: Path, step: str, *kind: str) -> str:
    """Build until the step, kill -9 there; gives what the builder said last."""
    with builder(collection, index, step, *kind) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
        process.wait()
    return said


def change(town: Town) -> None:
    """Two articles come, one changes, one goes."""
    town.write("ferry.md", markdown("The ferry is late.", title="Ferry"))
    town.write("gate.md", markdown("The gate is open.", title="Gate"))
    town.write("library.md", LIBRARY.replace("nine", "ten"))
    town.remove("park.md")


def require_mended(town: Town, index: Path, states: list[dict[str, Any]], fresh: Path) -> str:
    """The index answers from one of the states; the next build ends where a fresh one does.
    Gives which state it was."""
    now = seen(index)
    assert now in states, "a mixture"
    build_index(town.collection, index, HashEncoder())
    assert_equal_builds(index, fresh)
    assert changes(index)[4:] == CHANGES
    with opened(index) as mended:
        assert verify_index(mended).defects == ()
    assert len(list((index / "generations").iterdir())) == 2, "nothing of the killed build is left"
    return "old" if now == states[0] else "new"


def test_a_second_builder_is_told_who_builds(built: Town) -> None:
    """While one process builds, another gets IndexLocked with its id, and readers are served."""
    before = seen(built.index)
    change(built)
    with builder(built.collection, built.index, "HashEncoder.encode:1") as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "at HashEncoder.encode\n"

        with pytest.raises(IndexLocked) as locked:
            built.build()

        assert str(locked.value) == (
            f"The index in {built.index} is being built by process {first.pid}. "
            "Wait for it to end, or stop it, and try again."
        )
        assert seen(built.index) == before
        first.send_signal(signal.SIGKILL)
        first.wait()

        assert built.build().published, "the lock of a killed holder is taken over"


def test_two_builders_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    """The lock holds between threads of one process too, and names this process."""
    with building(tmp_path), pytest.raises(IndexLocked, match=f"process {os.getpid()}"):  # noqa: SIM117
        with building(tmp_path):
            pass


@pytest.mark.parametrize("left", [b"", b"123456\n", b"nonsense"])
def test_what_stands_in_the_lock_file_locks_nothing(tmp_path: Path, left: bytes) -> None:
    """Only a living holder locks: the file that an earlier one left is taken over."""
    (tmp_path / "lock").write_bytes(left)

    with building(tmp_path):
        assert (tmp_path / "lock").read_text(encoding="utf-8") == f"{os.getpid()}\n"


def test_a_failed_build_gives_the_lock_back(built: Town) -> None:
    """After a build that raised, the next one is not locked out."""
    elsewhere = built.collection.with_name("nothing")
    elsewhere.mkdir()
    with pytest.raises(Exception, match="holds no articles"):
        build_index(elsewhere, built.index, HashEncoder())

    assert not built.build().published


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("HashEncoder.encode:2", "old"),
        ("parts_of:1", "old"),
        ("Generations.note_in_history:2", "new"),
    ],
    ids=["while encoding", "while writing the generation", "after the switch"],
)
def test_a_killed_build_costs_nothing(built: Town, step: str, answers: str) -> None:
    """After kill -9 the index answers as before or after the build, and the next build mends."""
    before = seen(built.index)
    change(built)
    fresh = built.fresh()

    said = kill_at(built.collection, built.index, step)

    assert said == f"at {step.partition(':')[0]}"
    assert require_mended(built, built.index, [before, seen(fresh)], fresh) == answers


def test_what_a_killed_build_encoded_is_not_encoded_again(built: Town) -> None:
    """A build that is killed in its third window leaves two strings encoded for the next."""
    change(built)
    kill_at(built.collection, built.index, "HashEncoder.encode:3")

    built.build(rest := HashEncoder())

    # The longest string is encoded first.
    assert rest.encoded == ["Gate\nThe gate is open."]


@pytest.mark.parametrize(
    ("file", "replaced"), [("npy", 1), ("CURRENT", 5), ("history", 6), ("remembered", 7)]
)
def test_a_file_half_written_by_a_killed_build_is_removed(
    built: Town, file: str, replaced: int
) -> None:
    """What was not yet renamed stands under another name. The next build removes it, even where
    nothing else is left to do."""
    change(built)
    assert kill_at(built.collection, built.index, f"Path.replace:{replaced}") == "at Path.replace"
    (left,) = built.index.rglob(".*.new")
    assert file in left.name

    built.build()

    assert list(built.index.rglob(".*.new")) == []
    assert_equal_builds(built.index, built.fresh())


@pytest.mark.parametrize("step", ["HashEncoder.encode:2", "parts_of:1", "Generations.publish:1"])
def test_a_killed_full_build_leaves_the_old_index_answering(built: Town, step: str) -> None:
    """What the old generation needs, its word vectors too, is there until the new one answers;
    the next full build then ends as if nothing had happened."""
    before = seen(built.index)

    said = kill_at(built.collection, built.index, step, "full")

    assert said == f"at {step.partition(':')[0]}"
    assert seen(built.index) == before
    with opened(built.index) as index:
        assert verify_index(index).defects == ()
    assert not built.build().published
    for _ in range(2):  # the first leaves the old generation to its readers
        build_index(built.collection, built.index, HashEncoder(), full=True)
    assert_equal_builds(built.index, built.fresh())
    with opened(built.index) as index:
        held = {path.name for path in (built.index / "vectors").rglob("*.npy")}
        assert held == set(segments_of(index.folder / "words"))


@pytest.mark.long
@pytest.mark.parametrize("kind", [(), ("full",)], ids=["incremental", "full"])
def test_a_build_killed_at_any_step_costs_nothing(built: Town, kind: tuple[str, ...]) -> None:
    """kill -9 at the n-th call of a primitive, for every n until the build gets through."""
    before = seen(built.index)
    change(built)
    fresh = built.fresh()
    states = [before, seen(fresh)]
    answered = []
    for step in count(1):
        index = Path(shutil.copytree(built.index, built.index.with_name(f"killed-{step}")))
        if kill_at(built.collection, index, str(step), *kind) == "done":
            break
        answered.append(require_mended(built, index, states, fresh))
        shutil.rmtree(index)
    assert len(answered) > 60
    assert answered == sorted(answered, reverse=True), "first the old, then the new one answers"
    assert set(answered) == {"old", "new"}
