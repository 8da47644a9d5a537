"""`onrecord check`: quotations and claims on the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from index import SearchIndex
from retrieval import check_as_json, check_text
from tests.corpus.test_docx import docx, p
from tests.interface.conftest import Command

Write = Callable[[Mapping[str, str | bytes | None]], Path]

HARBOUR = (
    "“The harbour is open again,” Ann Lee said. “We counted 46 boats on Sunday,” Tom Reed said.\n"
)
LIMITS = (
    "Exact means equal but for quotation marks, dashes, white space, and a comma or full stop at "
    "the very end. It says where words stand, not whether they are right.\n"
)


@pytest.fixture
def harbour(onrecord: Command, write: Write) -> Path:
    """A collection of one article with two speakers, indexed."""
    folder = write({"harbour.md": f"---\ntitle: Harbour\npublisher: Courier\n---\n{HARBOUR}"})
    assert onrecord("--corpus", folder, "build").code == 0
    return folder


def test_an_exact_quotation(onrecord: Command, harbour: Path) -> None:
    """By whom and where; exit 0."""
    outcome = onrecord("check", "“the harbour is open again,” Ann Lee said.")
    assert outcome.code == 1  # a capital is no small letter
    outcome = onrecord("check", '"The harbour is open again" Ann Lee said.')
    assert (outcome.code, outcome.err) == (0, "")
    sentence = outcome.out.split("characters 1 to 26\n")[1].split("\n")[0]
    assert outcome.out == (
        "1 quotation: 1 exact\n"
        "Searched 1 article, none with a date\n"
        "\n"
        "Exact: “The harbour is open again”\n"
        "    The draft names Ann Lee, as the article does\n"
        "    Harbour, Courier, no date\n"
        "    The article gives them to Ann Lee\n"
        "    harbour, characters 1 to 26\n"
        f"{sentence}\n"
        "\n"
        f"{LIMITS}"
    )
    assert sentence == "“The harbour is open again,” Ann Lee said."


def test_an_altered_quotation(onrecord: Command, harbour: Path) -> None:
    """Each difference is a line; exit 1."""
    outcome = onrecord("check", "“We never counted 64 boats on Sunday,” Ann Lee said.")
    assert outcome.code == 1
    assert "Altered: “We never counted 64 boats on Sunday,”\n" in outcome.out
    assert "    The draft names Ann Lee; the article does not\n" in outcome.out
    assert "    Added: “never” (negation)\n    “64” for “46” (number)\n" in outcome.out


def test_another_speakers_words(onrecord: Command, harbour: Path) -> None:
    """They are real, and not the named speaker's; exit 1."""
    outcome = onrecord("check", "“The harbour is open again,” Tom Reed said.")
    assert outcome.code == 1
    assert "The words stand so, but not as this speaker's: “The harbour" in outcome.out
    assert "    The article gives them to Ann Lee\n" in outcome.out


def test_pieces_and_what_was_cut(onrecord: Command, harbour: Path) -> None:
    """A cut is shown in full; exit 1."""
    outcome = onrecord("check", "“The harbour … open again”")
    assert outcome.code == 1
    assert "Shortened: “The harbour … open again”\n" in outcome.out
    assert "    Cut, as the draft shows: “is”\n" in outcome.out


def test_a_text_without_marks(onrecord: Command, harbour: Path) -> None:
    """Found exactly, that is all; not found, it is shown beside what is near; exit 0 and 1."""
    outcome = onrecord("check", "the harbour is open")
    assert outcome.code == 1
    outcome = onrecord("check", "The harbour is open")
    assert (outcome.code, "plain words" in outcome.out) == (0, False)
    outcome = onrecord("check", "On Sunday Tom Reed counted 47 boats and 46 gulls in the harbour.")
    assert outcome.code == 1
    assert "    Found here: “Sunday”, “Tom Reed”, “46”\n    Not found here: “47”\n" in outcome.out
    for word in ("support", "true", "false", "verified", "independent", "origin"):
        assert word not in outcome.out.casefold()


def test_a_text_on_stdin(harbour: Path, onrecord: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads it, in UTF-8."""
    given = ["“The harbour is open again,” Ann Lee said.".encode(), b"\xff\xfe\xfa"]
    for data, code in zip(given, (0, 2), strict=True):
        stdin = SimpleNamespace(buffer=io.BytesIO(data))
        monkeypatch.setattr("interface.commands.check.sys", SimpleNamespace(stdin=stdin))
        outcome = onrecord("check", "-")
        assert outcome.code == code
    assert outcome.err == "onrecord: What came on stdin is not UTF-8 text. Give it in UTF-8.\n"


@pytest.mark.parametrize("name", ["draft.txt", "draft.md", "draft.docx", "DRAFT.TXT"])
def test_a_draft(onrecord: Command, harbour: Path, folder: Path, name: str) -> None:
    """Text, Markdown without its front matter, and Word."""
    words = "“The harbour is open again,” Ann Lee said."
    content = {
        ".md": f"---\ntitle: “A title”\n---\n{words}\n".encode(),
        ".docx": docx(p(words)),
    }.get(Path(name).suffix, words.encode())
    (folder / name).write_bytes(content)
    outcome = onrecord("check", "--file", name)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("1 quotation: 1 exact\n")


def test_a_draft_without_quotations_exits_0(onrecord: Command, harbour: Path, folder: Path) -> None:
    """No quotation is wanting; its sentences are shown all the same."""
    (folder / "draft.txt").write_text("The mayor opened the harbour on Monday.")
    outcome = onrecord("check", "--file", "draft.txt")
    assert outcome.code == 0
    assert outcome.out.startswith(
        "Nothing here stands in quotation marks; 1 sentence in plain words\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("draft.txt", b"", "is empty"),
        ("draft.txt", b"a\x00b", "is binary, not text"),
        ("draft.docx", b"PK no archive", "is not a Word document"),
        ("draft.md", b"---\ntitle: x\n", "opens front matter with --- and never closes it"),
    ],
)
def test_a_draft_that_cannot_be_read(
    onrecord: Command, harbour: Path, folder: Path, name: str, content: bytes, reason: str
) -> None:
    """One line says why; exit 2."""
    (folder / name).write_bytes(content)
    outcome = onrecord("check", "--file", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"onrecord: {name} ")
    assert reason in outcome.err or name == "draft.docx"
    assert outcome.err.count("\n") == 1


def test_a_draft_in_another_encoding_says_so(
    onrecord: Command, harbour: Path, folder: Path
) -> None:
    """A guess is told on stderr."""
    (folder / "draft.txt").write_bytes("“The harbour is open again”, said a café.".encode("cp1252"))
    outcome = onrecord("check", "--file", "draft.txt")
    assert "1 quotation: 1 exact" in outcome.out
    assert outcome.err == "draft.txt is not UTF-8 and was read as cp1252; save it as UTF-8.\n"


def test_json(onrecord: Command, harbour: Path) -> None:
    """--json prints the documented object."""
    text = "“We counted 47 boats on Sunday,” Tom Reed said."
    index = SearchIndex(Path(".onrecord"))
    expected = check_as_json(check_text(text, index, None))
    index.close()
    outcome = onrecord("check", text, "--json")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.json == json.loads(json.dumps(expected))
    (checked,) = outcome.json["quotations"]
    assert checked["draft"] == {"text": "We counted 47 boats on Sunday,", "start": 1, "end": 31}
    assert checked["named"] == {"speaker": "Tom Reed", "role": None, "organisation": None}
    assert (checked["verdict"], checked["attribution"]) == ("altered", "same")
    at = HARBOUR.index("46")
    assert checked["differences"] == [
        {
            "draft": {"text": "47", "start": 12, "end": 14},
            "draft_at": 12,
            "source": {"text": "46", "start": at, "end": at + 2},
            "source_at": at,
            "numbers": True,
            "negation": False,
        }
    ]
    (place,) = checked["places"]
    assert place["text"] == "We counted 46 boats on Sunday"
    assert (place["words_of"], place["article"]["article_id"]) == ("speaker", "harbour")
    assert (checked["cuts"], checked["also_in"], checked["articles"]) == ([], [], 0)
    assert sorted(outcome.json) == [
        "claims", "exact", "format", "index", "quotation_marks", "quotations", "scope",
    ]  # fmt: skip
