"""`onrecord articles`, `show` and `status`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import text_sha256
from tests.interface.conftest import Command
from tests.retrieval.invented import SPOTTERS_IN_PELLBROOK, TOWN_TEXTS

Write = Callable[[dict[str, str | bytes | None]], Path]

LIBRARY = {
    "article_id": "news/library",
    "sha256": text_sha256(TOWN_TEXTS["news/library"]),
    "title": "Library to close on Mondays",
    "publisher": "Wexcombe Courier",
    "author": "Ines Marl",
    "published": "2018-04-10",
    "published_evidence": "metadata",
    "url": "https://courier.example/library",
    "kind": "article",
    "original": None,
    "evidence": {},
    "imported": None,
    "file": "news/library.md",
    "words": 48,
    "passages": 1,
}


def test_articles_are_listed_by_id(onrecord: Command, built: Path) -> None:
    """Each article comes with title, publisher, date and size; a brief says what it is about."""
    outcome = onrecord("articles")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "barrier\n"
        "    Untitled article\n"
        "    publisher unknown, no date · 38 words, 1 passage\n"
        "board\n"
        "    Board says its advice is unchanged\n"
        "    On the Record (brief) · Brief by this project about: Our advice to spotters, "
        "Wardens Board, 2 May 2019 · 29 words, 1 passage\n"
        "ferry\n"
        "    Ferry aground\n"
        "    Skerry Herald, 3 February 2020 · 31 words, 1 passage\n"
        "ferry-again\n"
        "    Ferry hits rocks in fog\n"
        "    Wexcombe Courier, 4 February 2020 · 31 words, 1 passage\n"
        "news/library\n"
        "    Library to close on Mondays\n"
        "    Wexcombe Courier, 10 April 2018 · 48 words, 1 passage\n"
        "tram\n"
        "    Trams to stop\n"
        "    Marlow Bay Post, November 2019 · 42 words, 1 passage\n"
        "6 articles.\n"
    )


@pytest.mark.parametrize(
    ("original", "about"),
    [("", ""), ("original:\n  publisher: Wardens Board\n", ", Wardens Board")],
    ids=["no original", "original without a title"],
)
def test_a_brief_is_always_listed_as_one(
    onrecord: Command, write: Write, original: str, about: str
) -> None:
    """Even where the original has no title, a brief is told apart from an article."""
    town = write({"brief.md": f"---\nkind: brief\n{original}---\nThe Board met in May."})
    listed = onrecord("--corpus", town, "articles").out
    assert f"· Brief by this project about: an untitled original{about} ·" in listed


def test_articles_as_json(onrecord: Command, built: Path) -> None:
    """The list has an object for each article, by id, with all that is known of it."""
    listed = onrecord("articles", "--json").json
    assert [article["article_id"] for article in listed] == [
        "barrier", "board", "ferry", "ferry-again", "news/library", "tram",
    ]  # fmt: skip
    assert listed[4] == LIBRARY
    assert listed[1]["original"] == {
        "title": "Our advice to spotters",
        "publisher": "Wardens Board",
        "author": "Lowell Sand",
        "published": "2019-05-02",
        "url": "https://board.example/advice",
    }


def test_an_article_is_shown_with_its_text(onrecord: Command, built: Path) -> None:
    """What is known comes first, unknown is left out, and the text stands there exactly."""
    assert onrecord("show", "news/library").out == (
        "article_id: news/library\n"
        f"sha256: {LIBRARY['sha256']}\n"
        "title: Library to close on Mondays\n"
        "publisher: Wexcombe Courier\n"
        "author: Ines Marl\n"
        "published: 2018-04-10 (from metadata)\n"
        "url: https://courier.example/library\n"
        "kind: article\n"
        "file: news/library.md\n"
        "words: 48\n"
        "passages: 1\n"
        f"\n{TOWN_TEXTS['news/library']}\n"
    )


def test_a_brief_is_shown_with_its_original(onrecord: Command, built: Path) -> None:
    """The original's details stand beside the brief's own."""
    shown = onrecord("show", "board").out.splitlines()
    assert shown[4] == "kind: brief"
    assert shown[8:13] == [
        "original title: Our advice to spotters",
        "original publisher: Wardens Board",
        "original author: Lowell Sand",
        "original published: 2019-05-02",
        "original url: https://board.example/advice",
    ]


def test_furniture_is_shown_as_not_quoted(onrecord: Command, write: Write) -> None:
    """What is no quotable prose, and the evidence for the date, are told."""
    town = write({"pellbrook.txt": SPOTTERS_IN_PELLBROOK})
    shown = onrecord("--corpus", town, "show", "pellbrook").out
    lines = shown[: shown.index("\n\n")].splitlines()
    assert [line for line in lines[2:] if not line.startswith(("words", "passages"))] == [
        "title: Night ‘litter spotters’ told to sign up with the rangers (from headline)",
        "publisher: Pellbrook Mercury (from source line)",
        "published: 2019-03-14 (posted: Thu, 03/14/2019 - 08:15 -- webdesk)",
        "url: https://mercury.example/pellbrook/20417-litter-spotters-rangers/ (from address line)",
        "kind: article",
        "file: pellbrook.txt",
        "not quoted (headline): Night ‘litter spotters’ told to sign up with the rangers",
        "not quoted (stamp): Thu, 03/14/2019 - 08:15 -- webdesk",
        "not quoted (source line): Source: Pellbrook Mercury",
        "not quoted (address): https://mercury.example/pellbrook/20417-litter-spotters-rangers/",
    ]
    assert shown.endswith(f"\n\n{SPOTTERS_IN_PELLBROOK}\n")


def test_what_was_inferred_is_shown_with_what_it_rests_on(onrecord: Command, write: Write) -> None:
    """A host name, a cleaned author, and a date that tells no day."""
    fields = [
        "---", "title: Mill", "author: By By Nora Quill", "date: 07/12/2017",
        "url: https://www.courier.example/mill", "---", "The mill is open.",
    ]  # fmt: skip
    town = write({"mill.md": "\n".join(fields)})
    shown = onrecord("--corpus", town, "show", "mill").out.splitlines()
    assert shown[3:6] == [
        "publisher: courier.example (from host name: www.courier.example)",
        'author: Nora Quill (cleaned from "By By Nora Quill")',
        'published: unknown (stated as "07/12/2017", which tells no one date)',
    ]
    as_json = onrecord("show", "mill", "--json").json
    assert as_json["evidence"]["publisher"] == "host name: www.courier.example"


def test_a_date_is_shown_with_the_stated_one_that_tells_no_day(
    onrecord: Command, write: Write
) -> None:
    """First what it rests on, then what could not be used, so that neither passes for the other."""
    address = "https://courier.example/2018/04/11/mill"
    fields = ["---", "date: 07/12/2017", f"url: {address}", "---", "The mill is open."]
    town = write({"mill.md": "\n".join(fields)})
    shown = onrecord("--corpus", town, "show", "mill").out.splitlines()
    assert (
        f"published: 2018-04-11 (from address: {address}; "
        'stated as "07/12/2017", which tells no one date)'
    ) in shown


def test_an_imported_article_is_shown_with_its_original(onrecord: Command, write: Write) -> None:
    """The name and the hash of the file that its text was extracted from."""
    imported = ["imported:", "  file: mill.html", f"  sha256: {'0' * 64}"]
    town = write({"mill.md": "\n".join(["---", *imported, "---", "The mill is open."])})

    shown = onrecord("--corpus", town, "show", "mill").out.splitlines()

    assert f"imported from: mill.html (sha256 {'0' * 64})" in shown
    as_json = onrecord("show", "mill", "--json").json
    assert as_json["imported"] == {"file": "mill.html", "sha256": "0" * 64}


def test_an_article_as_json(onrecord: Command, write: Write) -> None:
    """The text comes with its furniture and passages as offsets into it."""
    text = "Mill to open\n\nThe mill opens on Friday. Everybody is asked.\n"
    town = write({"mill.txt": text})
    shown = onrecord("--corpus", town, "show", "mill", "--json").json
    assert shown == {
        "article_id": "mill",
        "sha256": text_sha256(text),
        "title": "Mill to open",
        "publisher": None,
        "author": None,
        "published": None,
        "published_evidence": None,
        "url": None,
        "kind": "article",
        "original": None,
        "evidence": {"title": "headline"},
        "imported": None,
        "file": "mill.txt",
        "words": 8,
        "passages": 1,
        "text": text,
        "furniture": [{"start": 0, "end": 12, "kind": "headline"}],
        "passage_spans": [[14, 59]],
    }


def test_json_keeps_every_character(onrecord: Command, built: Path) -> None:
    """Characters outside ASCII are printed as themselves and come back the same."""
    outcome = onrecord("show", "barrier", "--json")
    assert "🛶🛶 The flood barrier" in outcome.out
    assert outcome.json["text"] == TOWN_TEXTS["barrier"]


def test_control_characters_are_made_visible(onrecord: Command, write: Write) -> None:
    """A text or a title cannot move the cursor of the terminal that shows it."""
    town = write(
        {"mill.jsonl": r'{"id": "mi\u001bll", "title": "a\u0007b", "text": "The mill\u001b[2J."}'}
    )
    shown = onrecord("--corpus", town, "show", "mi\x1bll").out
    assert "article_id: mi␛ll\n" in shown
    assert "title: a␇b\n" in shown
    assert shown.endswith("\n\nThe mill␛[2J.\n")
    assert onrecord("articles").out.startswith("mi␛ll\n    a␇b\n")


def test_status(onrecord: Command, built: Path, folder: Path) -> None:
    """The status tells what the index was built from, when and how, and its size."""
    facts = onrecord("status", "--json").json
    generation, built_at, size = facts["generation"], facts["built"], facts["bytes"]
    assert facts == {
        "collection": str(built),
        "folder_has_changed": False,
        "index": str(folder / ".onrecord"),
        "generation": generation,
        "built": built_at,
        "articles": 6,
        "passages": 6,
        "from": "2018-04-10",
        "to": "2020-02-04",
        "encoder": "all-MiniLM-L6-v2",
        "precision": "float32",
        "vectors": 1.0,
        "analyzer": "english-2",
        "bytes": size,
    }
    parts = (folder / ".onrecord" / "generations" / generation).rglob("*")
    assert size == sum(p.stat().st_size for p in parts if p.is_file() and p.name != "manifest.json")
    shown = onrecord("status").out
    assert f"collection: {built}\nfolder has changed: False\n" in shown
    assert f"bytes: {size:,}\n" in shown


def test_status_tells_that_the_folder_has_changed(
    onrecord: Command, built: Path, write: Write
) -> None:
    """A file that was added since the build is noticed."""
    write({"mill.txt": "The mill opens on Friday."})
    outcome = onrecord("status", "--json")
    assert outcome.json["folder_has_changed"] is True
    assert outcome.json["articles"] == 6
