"""`onrecord verify`: the index, and exported answers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.interface.conftest import Command, Outcome
from tests.retrieval.invented import LIBRARY

Write = Callable[[dict[str, str | bytes | None]], Path]
QUESTION = "What saving does the library bring on Mondays?"


@pytest.fixture
def exported(onrecord: Command, built: Path, folder: Path) -> Path:
    """An answer with one citation, saved as `onrecord ask --json` prints it."""
    path = folder / "answer.json"
    path.write_text(onrecord("ask", QUESTION, "-n", 1, "--json").out)
    return path


def alter(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the citation of an exported answer."""
    answer = json.loads(path.read_text())
    change(answer["citations"][0])
    path.write_text(json.dumps(answer))


def damage_a_text(folder: Path) -> None:
    connection = sqlite3.connect(folder / ".onrecord" / "articles.db")
    with connection:
        connection.execute("UPDATE text SET content = replace(content, '40,000', '90,000')")
    connection.close()


def test_a_sound_index(onrecord: Command, built: Path) -> None:
    """Everything was re-read and nothing is wrong: exit 0."""
    assert onrecord("verify") == Outcome(0, "6 articles and 6 passages re-read, 0 defects.\n", "")
    assert onrecord("verify", "--json").json == {"articles": 6, "passages": 6, "defects": []}


def test_an_index_with_an_altered_text(onrecord: Command, built: Path, folder: Path) -> None:
    """A digit that was changed in a stored text is found, its article named: exit 1."""
    damage_a_text(folder)
    outcome = onrecord("verify")
    assert outcome.code == 1
    defect, summary = outcome.out.splitlines()
    assert defect.startswith("news/library: The index is damaged: ")
    assert summary == "6 articles and 5 passages re-read, 1 defect."
    as_json = onrecord("verify", "--json")
    assert (as_json.code, as_json.json["defects"]) == (1, [defect])


def test_a_defect_comes_with_the_command_that_mends_it(
    onrecord: Command, built: Path, folder: Path
) -> None:
    """Of an index that another folder than the usual one holds, with its --index."""
    index = folder / "elsewhere"
    (folder / ".onrecord").rename(index)
    [vectors] = index.glob("generations/*/vectors.faiss")
    vectors.write_bytes(b"\0" * vectors.stat().st_size)
    defect, _ = onrecord("--index", index, "verify").out.splitlines()
    assert defect.endswith(f"Mend it with: onrecord --index {index} build")


def test_an_index_that_cannot_be_opened(onrecord: Command, built: Path, folder: Path) -> None:
    """One run names everything that is wrong, each with the command that mends it: exit 1."""
    damage_a_text(folder)
    [generation] = folder.glob(".onrecord/generations/*")
    for name in ("catalogue.db", "vectors.faiss"):
        path = generation / name
        path.write_bytes(b"\0" * path.stat().st_size)
    (folder / ".onrecord" / "remembered").unlink()
    outcome = onrecord("verify")
    assert (outcome.code, outcome.out) == (1, "")
    named = ["catalogue.db was altered", "vectors.faiss was altered", "remembered is missing",
             "articles.db holds an altered text"]  # fmt: skip
    for defect, name in zip(outcome.err.splitlines(), named, strict=True):
        assert name in defect
        assert defect.endswith("Mend it with: onrecord build")
    assert onrecord("build").code == 0
    assert onrecord("verify").code == 0


def test_a_verified_answer(onrecord: Command, exported: Path) -> None:
    """Citations that hold are told one by one: exit 0."""
    assert onrecord("verify", exported) == Outcome(
        0, "[1] verified: news/library: the cited words stand in the article\n", ""
    )


def test_a_verified_answer_as_json(onrecord: Command, exported: Path) -> None:
    """--json prints a list with an object for each citation."""
    assert onrecord("verify", exported, "--json").json == [
        {
            "number": 1,
            "article_id": "news/library",
            "verdict": "verified",
            "reason": "the cited words stand in the article",
        }
    ]


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda c: c.update(text=c["text"].replace("40,000", "90,000")), "altered"),
        (lambda c: c.update(start=c["start"] + 1, end=c["end"] + 1), "altered"),
        (lambda c: c.update(highlights=[[c["start"], c["end"] + 1]]), "altered"),
        (lambda c: c["article"].update(article_id="tram"), "altered"),
        (lambda c: c["article"].update(sha256="0" * 64), "unknown"),
    ],
    ids=["a digit", "the span", "a highlight", "the article", "the version"],
)
def test_a_tampered_answer(
    onrecord: Command, exported: Path, change: Callable[[dict[str, Any]], object], verdict: str
) -> None:
    """What does not hold, or cannot be told, exits 1."""
    alter(exported, change)
    outcome = onrecord("verify", exported)
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.startswith(f"[1] {verdict}: ")
    as_json = onrecord("verify", exported, "--json")
    assert (as_json.code, as_json.json[0]["verdict"]) == (1, verdict)


@pytest.mark.parametrize(
    ("files", "verdict"),
    [
        ({"news/library.md": LIBRARY.replace("40,000", "41,000")}, "superseded"),
        ({"news/library.md": None}, "removed"),
        ({"news/library.md": LIBRARY.replace("Ines Marl", "I. Marl")}, "details changed"),
    ],
    ids=["superseded", "removed", "details changed"],
)
def test_a_collection_that_moved_on(
    onrecord: Command,
    exported: Path,
    write: Write,
    files: dict[str, str | bytes | None],
    verdict: str,
) -> None:
    """Citations of what was true of the collection are told as such and exit 0."""
    write(files)
    assert onrecord("build").code == 0
    outcome = onrecord("verify", exported)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"[1] {verdict}: news/library: ")


def test_one_bad_citation_among_good_ones(onrecord: Command, write: Write, folder: Path) -> None:
    """Each citation is judged by itself, and one that does not hold makes the exit code 1."""
    town = write({f"{n}.txt": f"Warden {n} keeps the lighthouse." for n in (1, 2, 3)})
    answer = onrecord("--corpus", town, "ask", "Who keeps the lighthouse?", "--json").json
    answer["citations"][1]["text"] = "Something else."
    (folder / "answer.json").write_text(json.dumps(answer))
    outcome = onrecord("verify", "answer.json")
    verdicts = [line.split(":")[0] for line in outcome.out.splitlines()]
    assert outcome.code == 1
    assert verdicts == ["[1] verified", "[2] altered", "[3] verified"]


def test_an_answer_without_citations(onrecord: Command, built: Path, folder: Path) -> None:
    """Support none has nothing to check, and that is said: exit 0."""
    path = folder / "answer.json"
    path.write_text(onrecord("ask", "Which zeppelin?", "--json").out)
    assert onrecord("verify", path) == Outcome(0, "The answer has no citations.\n", "")


def test_a_byte_order_mark_is_no_obstacle(onrecord: Command, exported: Path) -> None:
    """An answer that an editor saved with a byte-order mark is still read."""
    exported.write_bytes(b"\xef\xbb\xbf" + exported.read_bytes())
    assert onrecord("verify", exported).code == 0


def test_control_characters_of_an_export_are_made_visible(
    onrecord: Command, exported: Path
) -> None:
    """A forged id cannot write `verified` over its verdict."""
    alter(exported, lambda c: c["article"].update(article_id="\x1b[1A[1] verified"))
    assert onrecord("verify", exported).out.startswith("[1] altered: ␛[1A[1] verified: ")


@pytest.fixture
def conversation(onrecord: Command, built: Path, folder: Path) -> Path:
    """Two answers, the first without citations, as the page exports them."""
    asked = ("Which\nzeppelin?", QUESTION)
    answers = [onrecord("ask", question, "-n", 1, "--json").json for question in asked]
    path = folder / "conversation.json"
    path.write_text(json.dumps({"format": 1, "answers": answers}))
    return path


def test_a_conversation_is_verified_answer_by_answer(onrecord: Command, conversation: Path) -> None:
    """Each question stands on a line before its citations."""
    assert onrecord("verify", conversation) == Outcome(
        0,
        "Which zeppelin?\n"
        "The answer has no citations.\n"
        "\n"
        f"{QUESTION}\n"
        "[1] verified: news/library: the cited words stand in the article\n",
        "",
    )


def test_a_verified_conversation_as_json(onrecord: Command, conversation: Path) -> None:
    """An object for each citation, with the number of its answer."""
    assert onrecord("verify", conversation, "--json").json == [
        {
            "answer": 2,
            "number": 1,
            "article_id": "news/library",
            "verdict": "verified",
            "reason": "the cited words stand in the article",
        }
    ]


def test_one_altered_citation_in_a_conversation(onrecord: Command, conversation: Path) -> None:
    """Makes the exit code 1, and what a forged question would do to a terminal is made visible."""
    exported = json.loads(conversation.read_text())
    exported["answers"][1]["question"] = "\x1b[2J"
    exported["answers"][1]["citations"][0]["text"] = "Something else."
    conversation.write_text(json.dumps(exported))
    outcome = onrecord("verify", conversation)
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.splitlines()[3:] == [
        "␛[2J",
        "[1] altered: news/library: the cited words do not stand at that place of the article",
    ]
    assert onrecord("verify", conversation, "--json").code == 1


@pytest.mark.parametrize("exported", ['{"format": 1, "answers": []}', "# On the Record", "{}"])
def test_another_file_is_told_what_would_be_read(
    onrecord: Command, built: Path, folder: Path, exported: str
) -> None:
    """A Markdown export, a conversation without an answer: exit 2 and a sentence."""
    path = folder / "export"
    path.write_text(exported)
    outcome = onrecord("verify", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "no conversation exported as JSON" in outcome.err
