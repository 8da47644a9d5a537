"""A build that fails at any step leaves an index that answers, from the old state or the new."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from index import BuildFailed, Generations, NoIndex, SearchIndex, build_index
from retrieval import verify_index
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.faults import FULL_ONLY, PRIMITIVES, Calls, Fault, broken, no_space
from tests.index.invented import LIBRARY, PARK, changes, parts, seen, stated

# What the update does to the collection, as the history tells it.
CHANGES = [("added", "ferry"), ("changed", "library"), ("removed", "park")]


@dataclass(frozen=True)
class Update:
    """An index, and its collection after one article was added, one changed, one removed."""

    town: Town
    before: dict[str, Any]
    after: dict[str, Any]
    fresh: Path

    def copy(self, name: str) -> Path:
        return Path(shutil.copytree(self.town.index, self.town.index.with_name(name)))


@pytest.fixture
def update(built: Town) -> Update:
    before = seen(built.index)
    built.write("ferry.md", "The ferry of Wexcombe is late. Nobody opened the gate.")
    built.write("library.md", LIBRARY.replace("nine", "ten"))
    built.remove("park.md")
    fresh = built.fresh()
    return Update(built, before, seen(fresh), fresh)


def build_with(
    fault: Fault, collection: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> Exception | None:
    """Build while the fault is in place; gives what the build raised."""
    with monkeypatch.context() as patch:
        fault.watch(patch)
        try:
            build_index(collection, index, HashEncoder())
        except (BuildFailed, RuntimeError) as raised:
            return raised
    return None


@pytest.mark.parametrize("kind", [(), ("full",)], ids=["incremental", "full"])
def test_every_act_on_the_disk_is_a_step_that_tests_can_fail(
    update: Update, kind: tuple[str, ...]
) -> None:
    """Nothing is made, renamed or removed outside of the primitives that the tests make fail and
    are killed at; besides them the lock and the databases are opened, the new catalogue to write
    it and then to read what is encoded."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.index.unwatched", update.town.collection, update.town.index,
         *kind],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip

    before, new = (folder.name for folder in Generations(update.town.index).kept())
    assert told.stdout.splitlines() == [
        "open lock",
        f"sqlite3.connect generations/{before}/catalogue.db?mode=ro&immutable=1",
        "sqlite3.connect articles.db?mode=rwc",
        "sqlite3.connect articles.db?mode=rw",
        f"sqlite3.connect generations/{new}/catalogue.db",
        f"sqlite3.connect generations/{new}/catalogue.db?mode=ro&immutable=1",
    ]


@pytest.mark.parametrize(
    ("error", "message", "how"),
    [
        pytest.param(no_space, "No space left on device", {}, id="disk full, once"),
        pytest.param(
            no_space, "No space left on device", {"lasting": True}, id="disk full from then on"
        ),
        pytest.param(broken, "broken", {"after": True}, id="crash after the step"),
    ],
)
def test_a_failure_at_any_step_leaves_a_complete_index(
    update: Update,
    monkeypatch: pytest.MonkeyPatch,
    error: Callable[[], Exception],
    message: str,
    how: dict[str, bool],
) -> None:
    """The n-th call of a primitive fails, for every n: the index then answers completely from the
    old generation or the new one, and the next build ends where a fresh one does."""
    hit, answered = set(), []
    for failing in count(1):
        index = update.copy(f"failing-{failing}")
        fault = Fault(failing, error, **how)
        failure = build_with(fault, update.town.collection, index, monkeypatch)
        if not fault.reached:
            assert failure is None
            break
        hit.add(fault.reached[0])

        now = seen(index)
        assert now in (update.before, update.after), f"a mixture after {fault.reached[0]}"
        if failure is None:  # a part of the old generation could not be read: it was made anew
            assert now == update.after
        else:
            assert message in str(failure)
            answered.append("old" if now == update.before else "new")

        build_index(update.town.collection, index, HashEncoder())
        assert parts(index) == parts(update.fresh)
        assert stated(index) == stated(update.fresh)
        if failure is not None:
            assert changes(index)[4:] == CHANGES
        assert list(index.glob("articles.db.*")) == [], "a sound text store was set aside"
        assert list(index.rglob("*.new")) == [], "half a file was left behind"
        shutil.rmtree(index)

    assert hit == set(PRIMITIVES) - FULL_ONLY
    assert set(answered) == {"old", "new"}
    assert failing > 60, "a build has so many steps"


def test_a_first_build_that_fails_at_any_step_is_made_up_for(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing to fall back on, there is no index or a complete one, never half of one."""
    fresh = town.fresh()
    complete = seen(fresh)
    answered = []
    for failing in count(1):
        index = town.index.with_name(f"first-{failing}")
        fault = Fault(failing, no_space)
        failure = build_with(fault, town.collection, index, monkeypatch)
        if not fault.reached:
            assert failure is None
            break

        assert failure is not None
        try:
            assert seen(index) == complete
            answered.append("complete")
        except NoIndex:
            answered.append("none")
        build_index(town.collection, index, HashEncoder())
        assert parts(index) == parts(fresh)
        assert [what for what, _ in changes(index)] == ["added"] * 4
        shutil.rmtree(index)
    assert answered == sorted(answered, reverse=True), "none until the switch, then complete"
    assert set(answered) == {"none", "complete"}


def test_a_publish_that_was_not_noted_is_noted_by_the_next_build(
    update: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a build dies between switch and history, its changes are in the history in the end,
    before those of a build that changes more."""
    town = update.town

    def die(number: int, name: str, is_done: bool) -> None:
        if name == "Generations.note_in_history" and "Generations.publish" in calls.names:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        calls = Calls(die)
        calls.watch(patch)
        with pytest.raises(KeyboardInterrupt):
            town.build()
    assert seen(town.index) == update.after

    town.write("park.md", PARK)
    town.build()

    assert changes(town.index)[4:] == [*CHANGES, ("added", "park")]


def test_a_generation_that_was_never_current_does_not_push_out_the_previous_one(
    built: Town,
) -> None:
    """A complete generation that a killed build left is removed, not the one readers may have."""
    previous = SearchIndex(built.index)
    orphan = Path(shutil.copytree(previous.folder, previous.folder.with_name("99999999T000000Z")))
    built.remove("park.md")

    built.build()

    assert not orphan.exists()
    assert verify_index(previous).defects == ()
    previous.close()


def test_parts_are_on_the_disk_before_the_pointer_names_them(
    update: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file and folder of a generation is flushed before the switch, the switch after."""
    flushed: list[str] = []
    flush, replace = os.fsync, Path.replace

    def flushing(handle: int) -> None:
        flushed.append(str(Path(f"/proc/self/fd/{handle}").resolve()))
        flush(handle)

    def replacing(path: Path, target: Path) -> Path:
        flushed.append(f"switch of {target.name}")
        return replace(path, target)

    monkeypatch.setattr("os.fsync", flushing)
    monkeypatch.setattr(Path, "replace", replacing)
    report = update.town.build()

    folder = update.town.index / "generations" / report.generation
    before_switch = set(flushed[: flushed.index("switch of CURRENT")])
    written = {str(path) for path in folder.rglob("*") if path.name != "manifest.json"}
    assert written | {str(folder), str(folder.parent)} <= before_switch
    assert "switch of manifest.json" in before_switch
    assert flushed[flushed.index("switch of CURRENT") + 1] == str(update.town.index)
