"""A user's mistakes: one clear message on stderr that says what to do, exit 2, no traceback.

Where the message advises a command, the tests run it.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interface.conftest import Command, Outcome

Write = Callable[[dict[str, str | bytes | None]], Path]

USAGE = {
    "unknown command": (("sing",), "No such command 'sing'"),
    "unknown option": (("ask", "Who?", "--loud"), "No such option '--loud'"),
    "no question": (("ask",), "Missing argument 'QUESTION'"),
    "two questions": (("ask", "Who?", "When?"), "Got unexpected extra argument"),
    "no article": (("show",), "Missing argument 'ARTICLE'"),
    "no citations": (("ask", "Who?", "-n", "0"), "0 is not in the range 1<=x<=50"),
    "too many citations": (("ask", "Who?", "-n", "51"), "51 is not in the range 1<=x<=50"),
    "a number in words": (("ask", "Who?", "-n", "five"), "'five' is not a valid integer range"),
    "nothing to find": (("find",), "Missing argument 'TERMS...'"),
    "nothing to check": (("check",), "Give either TEXT to check, or --file DRAFT."),
    "two things to check": (("check", "Who?", "--file", "a.txt"), "Give either TEXT to check"),
    "page nought": (("find", "tram", "--page", "0"), "0 is not in the range x>=1"),
    "too many on a page": (("find", "tram", "-n", "501"), "501 is not in the range 1<=x<=500"),
    "a port in words": (("serve", "--port", "http"), "'http' is not a valid integer range"),
    "a port too high": (("serve", "--port", "65536"), "65536 is not in the range"),
    "nothing to add": (("add",), "Missing argument 'PATH...'"),
    "what is not there to add": (("add", "gone.html"), "Path 'gone.html' does not exist."),
    "standard input to add": (("add", "-"), "Path '-' does not exist."),
    "a global option after its command": (("build", "--corpus", "town"), "No such option"),
}

MISTAKES = {
    "an empty question": (("ask", ""), "Ask in a few words or a sentence."),
    "a question of spaces": (("ask", " \t"), "Ask in a few words or a sentence."),
    "a question of punctuation": (("ask", "?!"), "Ask in a few words or a sentence."),
    "a question too long": (("ask", "tram " * 900), "Ask it in fewer words."),
    "a month that is none": (
        ("ask", "Who?", "--from", "2018-13"),
        "'2018-13' is not a date such as 2018, 2018-04 or 2018-04-10.",
    ),
    "a day that is none": (("ask", "Who?", "--to", "2018-02-30"), "is not a date such as 2018"),
    "a date in words": (("ask", "Who?", "--to", "last May"), "is not a date such as 2018"),
    "a date of another order": (("ask", "Who?", "--to", "10/04/2018"), "is not a date such as"),
    "spaces to check": (("check", " "), "There is no word to check."),
    "a draft that is not there": (
        ("check", "--file", "gone.txt"), "gone.txt cannot be read: No such file or directory.",
    ),
    "a draft of another format": (("check", "--file", "a.odt"), "Save it as .txt, .md or .docx."),
    "spaces to find": (("find", " "), "There is no word to look for."),
    "stop words to find": (("find", "of", "the"), "of the has only words that stand in nearly"),
    "too much to find": (("find", "tram " * 900), "Give fewer words."),
    "a page that is none": (
        ("find", "tram", "--page", "4"),
        "There is one page of these mentions, so none with the number 4.",
    ),
    "a page of a table": (
        ("find", "tram", "--csv", "--page", "2"),
        "--csv prints every page as a table. Leave out --json and --page.",
    ),
    "a table in JSON": (("find", "tram", "--csv", "--json"), "Leave out --json and --page."),
    "a day to find from that is none": (("find", "tram", "--from", "2018-02-30"), "is not a date"),
    "an article that is none": (
        ("show", "no/such"),
        "There is no article no/such. List them with: onrecord articles",
    ),
    "an export that is none": (
        ("verify", "no-such.json"),
        "no-such.json cannot be read: No such file or directory. Give an exported answer.",
    ),
    "an export that is a folder": (("verify", "town"), "Is a directory. Give an exported answer."),
    "an export that is binary": (
        ("verify", "binary.json"),
        "binary.json is not text. Give an answer from `onrecord ask --json`.",
    ),
    "an export that is no JSON": (("verify", "prose.json"), "exported by `onrecord ask --json`"),
    "an export that is no answer": (("verify", "list.json"), "exported by `onrecord ask --json`"),
    "an empty export": (("verify", "empty.json"), "exported by `onrecord ask --json`"),
    "an export of a later version": (
        ("verify", "later.json"),
        "The answer has format 9; this program reads formats up to 1. Update the program.",
    ),
    "a folder that is missing": (
        ("--corpus", "missing", "--index", "new", "build"),
        "missing does not exist. Give a folder with --corpus DIR.",
    ),
    "a folder that is a file": (
        ("--corpus", "prose.json", "--index", "new", "build"),
        "prose.json is not a folder. Give a folder with --corpus DIR.",
    ),
    "a folder without articles": (
        ("--corpus", "bare", "--index", "new", "build"),
        "bare holds no articles. Put some into it, such as .txt, .md, .html, .pdf, .docx, .csv or "
        ".jsonl files, or give another folder with --corpus DIR.",
    ),
    "a missing folder to read": (
        ("--corpus", "missing", "--index", "new", "articles"),
        "missing does not exist. Give a folder with --corpus DIR.",
    ),
    "an index that is a file": (
        ("--corpus", "town", "--index", "prose.json", "build"), "then run the build again"
    ),
    "an index below a file": (
        ("--corpus", "town", "--index", "prose.json/ix", "build"), "then run the build again"
    ),
    "an index to read that is a file": (("--index", "prose.json", "articles"), "onrecord"),
    "nothing to read in what is added": (
        ("add", "bare"), "No article was found in what you named.\n  skipped: bare/film.mp4 "
    ),
    "adding to a file": (
        ("--corpus", "prose.json", "add", "town"),
        "prose.json is not a folder. Give a folder with --corpus DIR.",
    ),
    "adding a collection to itself": (
        ("add", "town"), "  skipped: town lies in the collection already"
    ),
    "adding to the starter collection": (
        ("--index", "new", "add", "town"),
        "Name a folder of your own, which is made if there is none: onrecord --corpus DIR add",
    ),
    "an address that is none": (
        ("serve", "--host", "127..1"),
        "There is no address 127..1 here. Give another --host.",
    ),
}  # fmt: skip

NOT_UTF8 = {
    "article": ("show", "caf\udce9"),
    "publisher": ("ask", "Who?", "--publisher", "caf\udce9"),
    "question": ("ask", "Who owns the caf\udce9?"),
    "terms": ("find", "caf\udce9"),
    "export": ("verify", "caf\udce9.json"),
    "corpus": ("--corpus", "caf\udce9", "build"),
    "index": ("--index", "caf\udce9", "build"),
    "encoder": ("--encoder", "caf\udce9", "build"),
    "file": ("add", "caf\udce9.txt"),
    "command": ("caf\udce9",),
}


def require_clear(outcome: Outcome) -> None:
    """Exit 2, nothing on stdout, a message and no traceback on stderr."""
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err
    assert "Traceback" not in outcome.err


def advised(message: str) -> list[str]:
    """The arguments of the command that a message advises."""
    [command] = re.findall(r"with: onrecord (.*? ?build(?: --full)?)(?=$|,|\.)", message.strip())
    return shlex.split(command)


@pytest.fixture
def files(built: Path, folder: Path) -> None:
    """Files that are no exported answers, and a folder without articles."""
    (folder / "bare").mkdir()
    (folder / "bare" / "film.mp4").write_bytes(b"%PDF")
    (folder / "binary.json").write_bytes(b"\x89PNG\xff")
    (folder / "prose.json").write_text("The ferry sank.")
    (folder / "list.json").write_text("[]")
    (folder / "empty.json").write_text("")
    (folder / "later.json").write_text('{"format": 9, "citations": []}')


@pytest.mark.parametrize(("arguments", "message"), USAGE.values(), ids=USAGE.keys())
def test_wrong_usage(
    onrecord: Command, folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    """What cannot be parsed is told with the usage, before anything is read or built."""
    outcome = onrecord(*arguments)
    require_clear(outcome)
    assert outcome.err.startswith("Usage: onrecord ")
    assert "--help' for help." in outcome.err
    assert message in outcome.err
    assert list(folder.iterdir()) == []


def test_an_option_without_its_value(onrecord: Command, folder: Path) -> None:
    """An option that was cut off is named."""
    assert onrecord("--corpus") == Outcome(
        2, "", "Error: Option '--corpus' requires an argument.\n"
    )


@pytest.mark.parametrize(("arguments", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_unusable_input(
    onrecord: Command, files: None, arguments: tuple[str, ...], message: str
) -> None:
    """What cannot be worked with is named, with what to do next; the index still answers."""
    outcome = onrecord(*arguments)
    require_clear(outcome)
    assert sum(line.startswith("onrecord: ") for line in outcome.err.splitlines()) == 1
    assert message in outcome.err
    assert onrecord("status").code == 0


@pytest.mark.parametrize("arguments", NOT_UTF8.values(), ids=NOT_UTF8.keys())
def test_arguments_that_are_no_text(
    onrecord: Command, folder: Path, arguments: tuple[str, ...]
) -> None:
    """Bytes that are not UTF-8, as an old file name has them, are refused wherever they stand."""
    outcome = onrecord(*arguments)
    require_clear(outcome)
    assert re.fullmatch(
        r"onrecord: The argument '.*\\udce9.*' is not UTF-8. Give it in UTF-8.\n", outcome.err
    )
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("sing",),
        ("ask", ""),
        ("ask", "Who?", "--from", "2018-13"),
        ("show", "no/such"),
        ("show", "caf\udce9"),
        ("verify", "no-such.json"),
        ("--corpus", "missing", "build"),
        ("--corpus", ".", "status"),
        ("serve", "--host", "127..1"),
    ],
    ids=lambda arguments: " ".join(arguments).encode(errors="replace").decode(),
)
def test_a_real_process_prints_no_traceback(
    process: Command, wordy: Path, arguments: tuple[str, ...]
) -> None:
    """What a shell gets to see is exit 2, a message on stderr and nothing on stdout."""
    require_clear(process(*arguments))


@pytest.mark.parametrize("command", ["articles", "status", "verify"])
def test_another_folder_than_that_of_the_index(
    onrecord: Command, built: Path, folder: Path, command: str
) -> None:
    """An explicit --corpus that is not the index's is refused, both are named, and the command
    that is advised makes it the index's."""
    other = folder / "other town"
    other.mkdir()
    (other / "mill.txt").write_text("The mill opens on Friday.")
    outcome = onrecord("--corpus", "other town", command)
    require_clear(outcome)
    assert f"was built from {built}, not from other town." in outcome.err
    assert onrecord(*advised(outcome.err.replace(", or give another --index.", ""))).code == 0
    assert onrecord("--corpus", "other town", command).code == 0
    assert onrecord("status", "--json").json["collection"] == str(other)


@pytest.mark.parametrize("index", [".onrecord", "elsewhere ix"], ids=["default", "given"])
def test_another_encoder_than_that_of_the_index(onrecord: Command, town: Path, index: str) -> None:
    """A question cannot be read by another encoder; the command that is advised rebuilds this
    very index with it."""
    at = ("--index", index)
    assert onrecord(*at, "--corpus", town, "build").code == 0
    outcome = onrecord(*at, "--encoder", "tiny", "ask", "Who closes the library?")
    require_clear(outcome)
    assert "was built with the encoder all-MiniLM-L6-v2" in outcome.err
    assert onrecord(*advised(outcome.err)).code == 0
    assert onrecord(*at, "--encoder", "tiny", "ask", "Who closes the library?").code == 0
    assert onrecord(*at, "status", "--json").json["encoder"] == "tiny"


def test_an_encoder_that_is_none(process: Command, town: Path, folder: Path) -> None:
    """A model that is neither a folder nor in the hub's cache is refused, and nothing is left
    that would count as an index."""
    outcome = process("--corpus", town, "--encoder", "./no-model", "build")
    require_clear(outcome)
    assert "There is no encoder ./no-model" in outcome.err
    assert "Give the folder of a sentence-transformers model." in outcome.err
    assert not (folder / ".onrecord" / "CURRENT").exists()


def later_format(index: Path) -> None:
    [manifest] = index.glob("generations/*/manifest.json")
    content = json.loads(manifest.read_text()) | {"format": 99}
    manifest.write_text(json.dumps(content))


@pytest.mark.parametrize("index", [".onrecord", "elsewhere ix"], ids=["default", "given"])
@pytest.mark.parametrize(
    "command",
    [("articles",), ("status",), ("ask", "Who?"), ("verify",), ("build",)],
    ids=lambda command: command[0],
)
def test_an_index_of_a_later_version(
    onrecord: Command, town: Path, folder: Path, index: str, command: tuple[str, ...]
) -> None:
    """An index in a newer format is left alone; what is advised rebuilds it in this one's."""
    at = ("--index", index)
    assert onrecord(*at, "--corpus", town, "build").code == 0
    later_format(folder / index)
    outcome = onrecord(*at, *command)
    require_clear(outcome)
    assert "has format 99; this program reads formats up to 3. Update the program" in outcome.err
    rebuild = advised(outcome.err)
    assert rebuild[-2:] == ["build", "--full"]
    assert onrecord(*rebuild).code == 0
    assert onrecord(*at, "status", "--json").json["collection"] == str(town)


def cut(pattern: str) -> Callable[[Path], None]:
    """Take the last byte of a file."""

    def cut_file(index: Path) -> None:
        [path] = index.glob(pattern)
        path.write_bytes(path.read_bytes()[:-1])

    return cut_file


def without(pattern: str) -> Callable[[Path], None]:
    def remove(index: Path) -> None:
        [path] = index.glob(pattern)
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def overwritten(pattern: str) -> Callable[[Path], None]:
    """The same size, another content."""

    def overwrite(index: Path) -> None:
        [path] = index.glob(pattern)
        path.write_bytes(b"\x00" * path.stat().st_size)

    return overwrite


def altered_source(index: Path) -> None:
    [path] = index.glob("generations/*/catalogue.db")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE article SET metadata = replace(metadata, 'Courier', 'Carrier')")
    connection.close()


DAMAGE = {
    "pointer empty": lambda index: (index / "CURRENT").write_text(""),
    "pointer to nowhere": lambda index: (index / "CURRENT").write_text(f"20 {'0' * 64}\n"),
    "pointer out of the folder": lambda index: (index / "CURRENT").write_text("../.. 0\n"),
    "pointer is binary": lambda index: (index / "CURRENT").write_bytes(b"\xff\xfe\x00"),
    "generations gone": without("generations"),
    "manifest gone": without("generations/*/manifest.json"),
    "manifest cut": cut("generations/*/manifest.json"),
    "manifest overwritten": overwritten("generations/*/manifest.json"),
    "catalogue gone": without("generations/*/catalogue.db"),
    "catalogue cut": cut("generations/*/catalogue.db"),
    "catalogue overwritten": overwritten("generations/*/catalogue.db"),
    "catalogue altered": altered_source,
    "texts gone": without("articles.db"),
    "texts overwritten": overwritten("articles.db"),
    "postings gone": without("generations/*/postings"),
    "postings cut": cut("generations/*/postings/rows.npy"),
    "vectors gone": without("generations/*/vectors.faiss"),
    "vectors cut": cut("generations/*/vectors.faiss"),
    "vectors overwritten": overwritten("generations/*/vectors.faiss"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("index", [".onrecord", "elsewhere ix"], ids=["default", "given"])
def test_a_damaged_index(
    onrecord: Command, town: Path, folder: Path, index: str, damage: Callable[[Path], None]
) -> None:
    """Whatever part is missing, cut or altered: asking says so, and the command that it advises
    mends it from the same collection."""
    at, question = ("--index", index), ("ask", "Who closes the library?", "--json")
    assert onrecord(*at, "--corpus", town, "build").code == 0
    before = onrecord(*at, *question).json
    damage(folder / index)
    outcome = onrecord(*at, *question)
    require_clear(outcome)
    assert outcome.err.startswith("onrecord: The index is damaged: ")
    assert onrecord(*advised(outcome.err)).code == 0
    after = onrecord(*at, *question)
    assert (after.code, after.json["citations"]) == (0, before["citations"])
    assert onrecord(*at, "verify").code == 0


@pytest.mark.parametrize("array", ["letters", "ends", "starts", "rows", "weights", "size"])
@pytest.mark.parametrize("byte", [0, 0x7F, 0xFF], ids=hex)
def test_an_altered_array_of_the_postings(
    onrecord: Command, built: Path, folder: Path, array: str, byte: int
) -> None:
    """Altered postings are told before anything is answered from them."""
    [path] = folder.glob(f".onrecord/generations/*/postings/{array}.npy")
    header, content = path.read_bytes()[:128], path.read_bytes()[128:]
    path.write_bytes(header + bytes([byte]) * len(content))
    outcome = onrecord("ask", "Who closes the library?", "--json")
    require_clear(outcome)
    assert outcome.err.startswith(f"onrecord: The index is damaged: {path} was altered")
    assert onrecord("verify").code == 1


@pytest.mark.parametrize("index", [".onrecord", "elsewhere ix"], ids=["default", "given"])
def test_what_is_advised_for_a_changed_folder(
    onrecord: Command, town: Path, write: Write, index: str
) -> None:
    """The line about a changed folder names a command that brings this very index up to date."""
    at = ("--index", index)
    assert onrecord(*at, "--corpus", town, "build").code == 0
    write({"mill.txt": "The mill opens on Friday."})
    stale = onrecord(*at, "articles")
    assert onrecord(*advised(stale.err)).code == 0
    assert onrecord(*at, "articles").err == ""


def test_the_list_of_articles_is_advised_for_the_index_that_was_asked(
    onrecord: Command, town: Path
) -> None:
    """With --index, the command that lists the articles has it too."""
    outcome = onrecord("--corpus", town, "--index", "ix", "show", "no/such")
    assert outcome.err.endswith(f"with: onrecord --index {town.parent / 'ix'} articles\n")


def test_a_port_in_use_is_told_before_anything_is_built(
    onrecord: Command, town: Path, folder: Path
) -> None:
    """The chat does not build an index first, only to find that it cannot listen."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = onrecord("--corpus", town, "serve", "--port", port)
    require_clear(outcome)
    assert outcome.err == (
        f"onrecord: Port {port} of 127.0.0.1 cannot be used: Address already in use. "
        "Give another with --port.\n"
    )
    assert not (folder / ".onrecord").exists()


def test_control_characters_of_an_argument_are_made_visible(onrecord: Command, built: Path) -> None:
    """A message that repeats what was typed cannot move the cursor."""
    assert onrecord("show", "\x1b[2Jno").err.startswith("onrecord: There is no article ␛[2Jno. ")


def test_verify_finds_an_index_wanting_that_cannot_be_opened(
    onrecord: Command, built: Path, folder: Path
) -> None:
    """An altered catalogue is what verifying is for: exit 1 with the defect, where others exit
    2 because they cannot work."""
    [catalogue] = folder.glob(".onrecord/generations/*/catalogue.db")
    content = bytearray(catalogue.read_bytes())
    content[len(content) // 2] ^= 1
    catalogue.write_bytes(bytes(content))
    verified = onrecord("verify")
    assert (verified.code, verified.out) == (1, "")
    assert verified.err == (
        f"onrecord: The index is damaged: {catalogue} was altered after it was written. "
        "Mend it with: onrecord build\n"
    )
    assert onrecord("articles").code == 2
