"""`onrecord build`: what it prints, and what it leaves behind."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import Generations
from tests.interface.conftest import Command, Outcome

Write = Callable[[dict[str, str | bytes | None]], Path]

OTHER = "is in no format that is read"
CHANGES: dict[str, str | bytes | None] = {
    "barrier.txt": "The second barrier at Sedge Lane is paid for.",
    "tram.md": None,
    "news/mill.txt": "The mill at Wexcombe opens on Friday.",
    "legacy.txt": "The café owners of Marlow Bay met again in the town hall.".encode("cp1252"),
    "empty.txt": "\n",
    "film.mp4": b"%PDF-1.4",
}


@pytest.fixture
def changed(built: Path, write: Write) -> Path:
    """A collection that has changed since the build."""
    return write(CHANGES)


def test_a_first_build_tells_how_much_there_is(onrecord: Command, town: Path) -> None:
    """Everything is added, so nothing is listed."""
    outcome = onrecord("--corpus", town, "build")
    assert outcome == Outcome(
        0,
        "Added 6, changed 0, removed 0, kept 0.\n6 articles, 6 passages, 6 passages encoded.\n",
        outcome.err,
    )


def test_a_build_without_changes_says_so(onrecord: Command, built: Path) -> None:
    """Nothing is encoded and nothing published."""
    assert onrecord("build").out == (
        "Added 0, changed 0, removed 0, kept 6.\n"
        "6 articles, 6 passages, 0 passages encoded.\n"
        "Nothing has changed; the index stays as it was.\n"
    )


def test_a_later_build_lists_what_changed(onrecord: Command, changed: Path) -> None:
    """What was added, changed and removed is named, as are notes and every file that was
    skipped, with the reason."""
    assert onrecord("build").out == (
        "Added 2, changed 1, removed 1, kept 4.\n"
        "7 articles, 7 passages, 3 passages encoded.\n"
        "  added legacy\n"
        "  added news/mill\n"
        "  changed barrier\n"
        "  removed tram\n"
        "  note: legacy.txt is not UTF-8 and was read as cp1252; save it as UTF-8\n"
        "  skipped: empty.txt is empty\n"
        "  skipped: film.mp4 is in no format that is read\n"
        "2 skipped.\n"
    )


def test_the_same_as_json(onrecord: Command, changed: Path) -> None:
    """The report of a build is one object, articles named by id."""
    report = onrecord("build", "--json").json
    generation = report.pop("generation")
    assert generation == onrecord("status", "--json").json["generation"]
    assert report == {
        "published": True,
        "added": ["legacy", "news/mill"],
        "changed": ["barrier"],
        "removed": ["tram"],
        "kept": 4,
        "articles": 7,
        "passages": 7,
        "encoded": 3,
        "skips": [
            {"where": "empty.txt", "reason": "is empty"},
            {"where": "film.mp4", "reason": "is in no format that is read"},
        ],
        "notes": [
            {
                "where": "legacy.txt",
                "reason": "is not UTF-8 and was read as cp1252; save it as UTF-8",
            }
        ],
        "mended": [],
    }


def test_one_of_each_is_not_plural(onrecord: Command, write: Write) -> None:
    """A single article is `1 article`."""
    town = write({"mill.txt": "The mill opens on Friday."})
    assert "\n1 article, 1 passage, 1 passage encoded.\n" in onrecord("--corpus", town, "build").out


def test_a_long_list_is_cut(onrecord: Command, built: Path, write: Write) -> None:
    """Twenty names are listed, the rest is counted."""
    write({f"extra-{n:02}.txt": f"Warden {n} keeps the lighthouse." for n in range(23)})
    lines = onrecord("build").out.splitlines()
    assert lines[2:] == [f"  added extra-{n:02}" for n in range(20)] + ["  … and 3 more"]


def test_messages_go_to_stderr(onrecord: Command, town: Path) -> None:
    """How long it took is no result."""
    outcome = onrecord("--corpus", town, "build")
    assert outcome.err.startswith("Took ")
    assert outcome.err.endswith(" s.\n")


def test_strict_publishes_nothing_where_a_file_is_skipped(onrecord: Command, changed: Path) -> None:
    """With --strict a skipped file fails the build; each is named, and the index stays."""
    before = onrecord("status", "--json").json["generation"]
    outcome = onrecord("build", "--strict")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "onrecord: 2 skipped, and --strict was given, so nothing was published:\n"
        "  empty.txt is empty\n"
        "  film.mp4 is in no format that is read\n"
        "Mend or remove these, or build without --strict.\n"
    )
    assert onrecord("status", "--json").json["generation"] == before


def test_strict_builds_where_nothing_is_skipped(onrecord: Command, town: Path) -> None:
    """With --strict a sound folder builds as ever."""
    outcome = onrecord("--corpus", town, "build", "--strict")
    assert (outcome.code, outcome.out.splitlines()[0]) == (
        0, "Added 6, changed 0, removed 0, kept 0.",
    )  # fmt: skip


def test_full_encodes_everything_again(onrecord: Command, built: Path) -> None:
    """--full publishes anew though nothing has changed."""
    assert onrecord("build", "--full").out == (
        "Added 0, changed 0, removed 0, kept 6.\n6 articles, 6 passages, 6 passages encoded.\n"
    )


def test_what_was_mended_is_told(onrecord: Command, built: Path, folder: Path) -> None:
    """A build that finds the index damaged makes it whole and says what was wrong."""
    [catalogue] = folder.glob(".onrecord/generations/*/catalogue.db")
    catalogue.write_bytes(catalogue.read_bytes()[:-1])
    [mended] = [line for line in onrecord("build").out.splitlines() if "mended" in line]
    assert mended.startswith("  mended The index is damaged: ")
    assert "catalogue.db" in mended
    assert onrecord("verify").code == 0


def test_a_build_remembers_folder_and_encoder(onrecord: Command, town: Path) -> None:
    """Once given, --corpus and --encoder hold for later builds that do not name them."""
    onrecord("--corpus", town, "--encoder", "tiny", "build")
    assert onrecord("build").out.splitlines()[0] == "Added 0, changed 0, removed 0, kept 6."
    status = onrecord("status", "--json").json
    assert (status["collection"], status["encoder"]) == (str(town), "tiny")


def test_a_build_that_forgot_goes_by_its_manifest(
    onrecord: Command, town: Path, folder: Path
) -> None:
    """Where a build was killed before it noted folder and encoder, the next one still takes
    those of the index and not the starter collection."""
    onrecord("--corpus", town, "--encoder", "tiny", "build")
    (folder / ".onrecord" / "remembered").unlink()
    assert onrecord("build").out.splitlines()[0] == "Added 0, changed 0, removed 0, kept 6."
    status = onrecord("status", "--json").json
    assert (status["collection"], status["encoder"]) == (str(town), "tiny")


def test_another_folder_replaces_the_collection(
    onrecord: Command, built: Path, folder: Path
) -> None:
    """`--corpus DIR build` is how an index moves to another collection."""
    (folder / "mill").mkdir()
    (folder / "mill" / "mill.txt").write_text("The mill opens on Friday.")
    outcome = onrecord("--corpus", "mill", "build")
    assert outcome.out.splitlines()[0] == "Added 1, changed 0, removed 6, kept 0."
    assert onrecord("status", "--json").json["collection"] == str(folder / "mill")


NOTHING_PUBLISHED = (
    "Stopped, and nothing was published: {}. Vectors that were finished are kept, and the next "
    "build goes on from them.\n"
)


@pytest.mark.parametrize(
    ("command", "answers", "told"),
    [
        (("build",), True, NOTHING_PUBLISHED.format("what answered before still answers")),
        (("build",), False, NOTHING_PUBLISHED.format("no index answers yet")),
        (("ask", "Who?"), False, NOTHING_PUBLISHED.format("no index answers yet")),
    ],
    ids=["an index answers", "a first build", "a first build before an answer"],
)
def test_stopping_says_what_is_kept(
    onrecord: Command,
    town: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    answers: bool,
    told: str,
) -> None:
    """Ctrl-C ends a build with a message about what it leaves, not with a traceback."""
    if answers:
        assert onrecord("--corpus", town, "build").code == 0

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("interface.workspace.build_index", stopped)
    outcome = onrecord("--corpus", town, *command)
    assert (outcome.code, outcome.out) == (1, "")
    assert told in outcome.err
    assert outcome.err.endswith("Aborted!\n")


def test_stopping_after_the_switch_says_that_the_new_index_answers(
    onrecord: Command, built: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that is stopped while it tidies up has published all the same."""
    write({"mill.txt": "The mill opens on Friday."})

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Generations, "remove_old", stopped)
        outcome = onrecord("build")
    assert outcome.err.startswith(
        "Stopped, but the new index was published already: it is whole, and it answers now.\n"
    )
    assert onrecord("show", "mill").code == 0
    assert onrecord("verify").code == 0


def test_control_characters_of_file_names_are_made_visible(
    onrecord: Command, built: Path, write: Write
) -> None:
    """A name that would rewrite the terminal is printed harmlessly, as result and as message."""
    write({"\x1b[2Jwiped.mp4": b"%PDF"})
    assert "  skipped: ␛[2Jwiped.mp4 is in no format that is read\n" in onrecord("build").out
    assert "  ␛[2Jwiped.mp4 is in no format that is read\n" in onrecord("build", "--strict").err


def test_python_m_index_is_the_same_command(
    onrecord: Command, town: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """`python -m index` builds as `onrecord build` does, with the options of that command."""
    assert onrecord("--corpus", town, "build").code == 0
    monkeypatch.setattr(sys, "argv", ["python -m index", "--json"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("index", run_name="__main__")
    assert ended.value.code == 0
    assert '"kept": 6' in capsys.readouterr().out
