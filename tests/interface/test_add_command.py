"""`onrecord add`: what it prints, what it leaves behind, and what to do next."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import interface.commands.add
from interface.workspace import STARTER_COLLECTION
from tests.interface.conftest import Command, Outcome

Write = Callable[[dict[str, str | bytes | None]], Path]

MILL = "The mill at Wexcombe opens on Friday."
WEIR = "The weir at Marlow Bay was mended."


@pytest.fixture
def saved(folder: Path) -> Path:
    """Files to add: two articles, one in a folder, and one bad file."""
    (folder / "saved" / "news").mkdir(parents=True)
    (folder / "saved" / "mill.md").write_text(f"---\ntitle: Mill\n---\n{MILL}")
    (folder / "saved" / "news" / "weir.txt").write_text(WEIR)
    (folder / "saved" / "empty.txt").write_text("")
    return folder / "saved"


def test_a_new_collection_is_made_of_what_is_added(onrecord: Command, saved: Path) -> None:
    """No index need exist. The command that is advised builds it, and then it answers."""
    outcome = onrecord("--corpus", "my town", "add", "saved")
    assert outcome == Outcome(
        0,
        "Added 2, changed 0, already there 0, skipped 1.\n"
        "  added saved/mill\n"
        "  added saved/news/weir\n"
        "Without a title 1, an author 2, a date 2, a publisher 2.\n"
        "  skipped: saved/empty.txt is empty\n",
        "Now run: onrecord --corpus 'my town' build\n",
    )
    assert onrecord(*shlex.split(outcome.err.removeprefix("Now run: onrecord "))).code == 0
    shown = onrecord("show", "saved/news/weir", "--json").json
    assert (shown["text"], shown["imported"]["file"]) == (WEIR, "weir.txt")


def test_the_collection_of_the_index_is_added_to(
    onrecord: Command, built: Path, saved: Path
) -> None:
    """Without --corpus; the build then adds just these."""
    outcome = onrecord("add", "saved/mill.md", saved / "news")
    assert outcome.err == "Now run: onrecord build\n"
    assert sorted(path.name for path in built.glob("news/weir.md")) == ["weir.md"]
    report = onrecord("build", "--json").json
    assert (report["added"], report["kept"], report["removed"]) == (["mill", "news/weir"], 6, [])


def test_the_advice_names_the_index_and_the_encoder_that_were_given(
    onrecord: Command, town: Path, saved: Path
) -> None:
    """So that nothing else is built than what was meant."""
    at = ("--index", "elsewhere ix", "--encoder", "tiny")
    onrecord(*at, "--corpus", town, "build")
    outcome = onrecord(*at, "add", "saved/mill.md")
    advised = shlex.split(outcome.err.removeprefix("Now run: onrecord "))
    assert advised == ["--index", str(town.parent / "elsewhere ix"), "--encoder", "tiny", "build"]
    assert onrecord(*advised, "--json").json["added"] == ["mill"]


def test_adding_again_tells_what_is_there_and_what_changed(onrecord: Command, saved: Path) -> None:
    """With nothing written there is nothing to build."""
    onrecord("--corpus", "mine", "add", "saved/mill.md")
    assert onrecord("--corpus", "mine", "add", "saved/mill.md") == Outcome(
        0,
        "Added 0, changed 0, already there 1, skipped 0.\n  already there: mill\n",
        "",
    )
    (saved / "mill.md").write_text(f"---\ntitle: Mill\n---\n{MILL} It is free.")
    assert onrecord("--corpus", "mine", "add", "saved/mill.md") == Outcome(
        0,
        "Added 0, changed 1, already there 0, skipped 0.\n  changed mill\n"
        "Without an author 1, a date 1, a publisher 1.\n",
        "Now run: onrecord --corpus mine build\n",
    )


def test_what_was_replaced_is_superseded_and_still_verifies(
    onrecord: Command, built: Path, saved: Path, folder: Path
) -> None:
    """The index keeps the words that were cited."""
    onrecord("add", "saved/mill.md")
    onrecord("build")
    (folder / "answer.json").write_text(onrecord("ask", "When does the mill open?", "--json").out)
    (saved / "mill.md").write_text("---\ntitle: Mill\n---\nThe mill stays shut.")
    onrecord("add", "saved/mill.md")
    onrecord("build")
    outcome = onrecord("verify", "answer.json")
    assert outcome.code == 0
    assert "superseded" in outcome.out


def test_a_dry_run_only_tells(onrecord: Command, saved: Path, folder: Path) -> None:
    """The folder is not even made, and what it tells is then done."""
    before = sorted(folder.rglob("*"))
    assert onrecord("--corpus", "mine", "add", "--dry-run", "saved") == Outcome(
        0,
        "Would add 2, would change 0, already there 0, skipped 1.\n"
        "  would add saved/mill\n"
        "  would add saved/news/weir\n"
        "Without a title 1, an author 2, a date 2, a publisher 2.\n"
        "  skipped: saved/empty.txt is empty\n",
        "Nothing was written.\n",
    )
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_report_as_json(onrecord: Command, saved: Path, folder: Path, dry_run: bool) -> None:
    """One object, articles named by the ids that they have in the collection."""
    (folder / "café.txt").write_bytes("The café is shut.".encode("cp1252"))
    options = ["--json", *(["--dry-run"] if dry_run else [])]
    assert onrecord("--corpus", "mine", "add", *options, "saved", "café.txt").json == {
        "collection": str(folder / "mine"),
        "dry_run": dry_run,
        "added": ["saved/mill", "saved/news/weir", "café"],
        "changed": [],
        "already_there": [],
        "details": {
            "unknown": {"title": 2, "author": 3, "published": 3, "publisher": 3},
            "inferred": [],
            "unused_dates": {},
        },
        "notes": [
            {"where": "café.txt", "reason": "is not UTF-8 and was read as cp1252; save it as UTF-8"}
        ],
        "skipped": 1,
        "skips": [{"where": "saved/empty.txt", "reason": "is empty"}],
    }


def test_an_archive_is_added_like_a_folder(onrecord: Command, folder: Path) -> None:
    """What may not be unpacked is told."""
    with zipfile.ZipFile(folder / "news.zip", "w") as archive:
        archive.writestr("weir.txt", WEIR)
        archive.writestr("../mill.txt", MILL)
    assert onrecord("--corpus", "mine", "add", "news.zip").out == (
        "Added 1, changed 0, already there 0, skipped 1.\n"
        "  added news/weir\n"
        "Without a title 1, an author 1, a date 1, a publisher 1.\n"
        "  skipped: news.zip/../mill.txt has a name that leads out of the archive\n"
    )


def test_long_lists_end_in_a_count(
    onrecord: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of millions of bad lines the first are kept, the others only counted."""
    monkeypatch.setattr(interface.commands.add, "_KEPT", 25)
    good = "\n".join(json.dumps({"text": f"{MILL} {number}"}) for number in range(30))
    (folder / "export.jsonl").write_text(good + "\nx" * 40)
    outcome = onrecord("--corpus", "mine", "add", "export.jsonl")
    lines = outcome.out.splitlines()
    assert lines[0] == "Added 30, changed 0, already there 0, skipped 40."
    assert lines[20:22] == ["  added export/20", "  … and 10 more"]
    assert lines[-1] == "  … and 20 more"
    assert len(lines) == 44
    report = onrecord("--corpus", "mine", "add", "--json", "export.jsonl").json
    assert (report["skipped"], len(report["skips"])) == (40, 25)


def test_the_starter_collection_takes_no_articles(onrecord: Command, saved: Path) -> None:
    """Neither as the default nor by name; it stays as it was."""
    before = sorted(path.name for path in STARTER_COLLECTION.iterdir())
    for options in ((), ("--corpus", STARTER_COLLECTION), ("--corpus", STARTER_COLLECTION / "a")):
        outcome = onrecord(*options, "add", "saved")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == (
            "onrecord: The starter collection is part of the program and takes no articles. Name "
            "a folder of your own, which is made if there is none: onrecord --corpus DIR add "
            "PATH...\n"
        )
    assert sorted(path.name for path in STARTER_COLLECTION.iterdir()) == before


def test_nothing_to_read_makes_no_folder(onrecord: Command, saved: Path, folder: Path) -> None:
    """The reasons are told, and the exit code is that of unusable input."""
    assert onrecord("--corpus", "mine", "add", "saved/empty.txt") == Outcome(
        2,
        "",
        "onrecord: No article was found in what you named.\n  skipped: empty.txt is empty\n",
    )
    assert not (folder / "mine").exists()


def test_stopping_tells_what_was_written(
    onrecord: Command, saved: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C leaves whole articles, and adding the same again goes on."""
    imported = interface.commands.add.import_articles

    def stopped(*arguments: Any, **options: Any) -> Any:
        yield next(imported(*arguments, **options))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(interface.commands.add, "import_articles", stopped)
        outcome = onrecord("--corpus", "mine", "add", "saved")
    assert (outcome.code, outcome.out) == (1, "")
    # The bad file comes first.
    assert outcome.err.startswith(
        "Stopped. Added 0, changed 0, already there 0, skipped 1. What was written is whole."
    )
    assert onrecord("--corpus", "mine", "add", "saved").out.startswith("Added 2,")


def test_control_characters_of_names_are_made_visible(onrecord: Command, folder: Path) -> None:
    """A name that would rewrite the terminal is printed harmlessly."""
    (folder / "saved").mkdir()
    (folder / "saved" / "\x1b[2Jmill.txt").write_text(MILL)
    (folder / "saved" / "\x1b[2Jempty.txt").write_text("")
    outcome = onrecord("--corpus", "mine", "add", "saved")
    assert outcome.out == (
        "Added 1, changed 0, already there 0, skipped 1.\n"
        "  added saved/[2Jmill\n"
        "Without a title 1, an author 1, a date 1, a publisher 1.\n"
        "  skipped: saved/␛[2Jempty.txt is empty\n"
    )


def test_nothing_is_fetched(
    onrecord: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address in an article is text, and one in place of a path is no file."""

    def refused(*_: object) -> None:
        pytest.fail("something was fetched")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("socket.getaddrinfo", refused)
    (folder / "mill.md").write_text(f"---\nurl: https://courier.example/mill\n---\n{MILL}")
    assert onrecord("--corpus", "mine", "add", "mill.md").code == 0
    outcome = onrecord("--corpus", "mine", "add", "https://courier.example/mill")
    assert outcome.code == 2
    assert re.search("Path 'https:/+courier.example/mill' does not exist", outcome.err)


def test_a_real_process_adds(process: Command, saved: Path) -> None:
    """As a shell sees it."""
    outcome = process("--corpus", "mine", "add", "saved")
    assert (outcome.code, outcome.err) == (0, "Now run: onrecord --corpus mine build\n")
    assert outcome.out.startswith("Added 2, changed 0, already there 0, skipped 1.\n")


def test_what_is_odd_about_the_details_is_counted_and_named(
    onrecord: Command, folder: Path
) -> None:
    """What was cleaned or inferred is counted by its basis; a date that cannot be used is named."""
    lines = [
        {"id": "a", "title": "A", "text": MILL, "author": "By By Ada Fenn", "date": "3/4/19",
         "url": "https://www.courier.example/a"},
        {"id": "b", "title": "B", "text": WEIR, "url": "https://courier.example/2019/03/04/b"},
    ]  # fmt: skip
    (folder / "export.jsonl").write_text("\n".join(map(json.dumps, lines)))

    outcome = onrecord("--corpus", "mine", "add", "export.jsonl")

    assert outcome.out.splitlines()[3:] == [
        "Without an author 1, a date 1.",
        "Not as stated: author cleaned 1, published from address 1, publisher from host name 2 "
        "(onrecord show tells which).",
        '  note: export/a date stated as "3/4/19", which tells no one date',
    ]
    details = onrecord("--corpus", "other", "add", "export.jsonl", "--json").json["details"]
    assert details == {
        "unknown": {"title": 0, "author": 1, "published": 1, "publisher": 0},
        "inferred": [
            {"field": "author", "basis": "cleaned", "articles": 1},
            {"field": "published", "basis": "address", "articles": 1},
            {"field": "publisher", "basis": "host name", "articles": 2},
        ],
        "unused_dates": {"export/a": 'date stated as "3/4/19", which tells no one date'},
    }
