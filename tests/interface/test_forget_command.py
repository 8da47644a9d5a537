"""`onrecord forget`: an article is erased for good, and old citations say that it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.interface.conftest import Command

QUESTION = "When does the library close?"


def test_a_forgotten_article_is_named_with_its_file(onrecord: Command, built: Path) -> None:
    """The file is not touched; the person is told that it is still there."""
    outcome = onrecord("forget", "news/library")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "Erased 1 version of news/library.\n"
        "  news/library.md still lies in the collection; builds leave this text out, but would "
        "take a changed one.\n"
    )
    assert (built / "news/library.md").exists()
    assert onrecord("show", "news/library").code == 2


def test_what_was_erased_as_json(onrecord: Command, built: Path) -> None:
    """For a program: how many versions, of which articles, and the files that still hold one."""
    assert onrecord("forget", "news/library", "--json").json == {
        "versions": 1,
        "articles": ["news/library"],
        "files": ["news/library.md"],
    }


def test_a_citation_of_a_forgotten_article_is_withdrawn(
    onrecord: Command, built: Path, folder: Path
) -> None:
    """It cannot be compared with anything, so it does not hold; its day is told."""
    answer = onrecord("ask", QUESTION, "-n", "1", "--json")
    assert answer.json["citations"][0]["article"]["article_id"] == "news/library"
    (folder / "answer.json").write_text(answer.out, encoding="utf-8")
    onrecord("forget", "news/library")

    checked = onrecord("verify", "answer.json")

    day = f"{datetime.now(UTC):%Y-%m-%d}"
    assert (checked.code, checked.out) == (
        1,
        f"[1] withdrawn: news/library: the text was withdrawn on {day} and erased\n",
    )


def test_an_article_that_was_never_there_is_a_mistake(onrecord: Command, built: Path) -> None:
    """The message says where to find the ids; nothing is erased."""
    outcome = onrecord("forget", "news/librarian")

    assert outcome.code == 2
    assert "holds no version of news/librarian" in outcome.err
    assert "onrecord articles" in outcome.err


def test_without_an_index_nothing_is_built_to_forget_from(onrecord: Command, town: Path) -> None:
    """Building one only to erase from it would read what is to be forgotten."""
    outcome = onrecord("--corpus", town, "forget", "news/library")

    assert (outcome.code, outcome.out) == (2, "")
    assert "There is no index" in outcome.err


def test_another_collection_is_not_forgotten_from(
    onrecord: Command, built: Path, folder: Path
) -> None:
    """An explicit --corpus that is not the index's own is a mistake."""
    (folder / "other").mkdir()

    outcome = onrecord("--corpus", folder / "other", "forget", "news/library")

    assert outcome.code == 2
    assert "was built from" in outcome.err


def test_a_citation_whose_copy_was_forgotten_still_verifies(
    onrecord: Command, built: Path, folder: Path
) -> None:
    """That its words stood in the other article too can no more be compared, and is no forgery."""
    library = (built / "news/library.md").read_text(encoding="utf-8")
    (built / "copy.md").write_text(library + "\nThe Herald asked the mayor.", encoding="utf-8")
    onrecord("build")
    answer = onrecord("ask", QUESTION, "-n", "1", "--json")
    (cited,) = answer.json["citations"]
    (place,) = cited["also_in"]
    (folder / "answer.json").write_text(answer.out, encoding="utf-8")

    onrecord("forget", place["article_id"])

    assert onrecord("verify", "answer.json").code == 0
