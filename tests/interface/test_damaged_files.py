"""Every file of an index, damaged in every way: no wrong word, no traceback, and `build` mends.

The commands that read either answer with words that stand in the articles, or say in one line
what is wrong. After `build` all is as before, whatever had happened to the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus import Article, read_collection
from index import Generations
from tests.interface.conftest import Command, Outcome

QUESTION = ("ask", "Who closes the library?", "--json")
MENTIONS = ("find", "library", "--json")
ARTICLES = ("articles", "--json")

IN_GENERATION = (
    "manifest.json",
    "catalogue.db",
    *(
        f"postings/{name}.npy"
        for name in ("letters", "ends", "starts", "rows", "counts", "weights", "lengths", "size")
    ),
    "vectors.faiss",
    "words/basis.npy",
    "words/places.npy",
    "words/segments.json",
)  # fmt: skip
FILES = (
    *IN_GENERATION, "CURRENT", "history", "remembered", "lock", "articles.db", "segment", "basis",
)  # fmt: skip


def flip(place: float, bit: int = 0x04) -> Callable[[Path], None]:
    """Flip a bit of the byte at that part of the file."""

    def flip_byte(path: Path) -> None:
        content = bytearray(path.read_bytes())
        if content:
            content[min(int(len(content) * place), len(content) - 1)] ^= bit
            path.write_bytes(content)

    return flip_byte


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def delete(path: Path) -> None:
    path.unlink()


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE = {
    "first byte": flip(0),
    "byte at a fifth": flip(0.2),
    "byte in the middle": flip(0.5),
    "high bit near the end": flip(0.9, 0x80),
    "last byte": flip(1),
    "cut": cut,
    "empty": empty,
    "gone": delete,
    "a folder": become_a_folder,
}


@dataclass(frozen=True)
class Whole:
    """A collection, an index of it without damage, and what the commands print of that."""

    collection: Path
    index: Path
    articles: dict[str, Article]
    printed: dict[tuple[str, ...], Any]


def locate(index: Path, name: str) -> Path:
    if name == "segment":
        return next((index / "vectors").rglob("*.npy"))
    if name == "basis":
        return next((index / "vectors").rglob("*.basis"))
    if name in IN_GENERATION:
        return Generations(index).folder(Generations(index).current().generation) / name
    return index / name


@pytest.fixture
def whole(onrecord: Command, built: Path, folder: Path) -> Whole:
    """Two builds old, so that the history and the segments hold something."""
    (built / "mill.txt").write_text("The mill opens on Friday. The library closes at noon.")
    assert onrecord("build").code == 0
    read = read_collection(built).articles
    return Whole(
        built,
        folder / ".onrecord",
        {article.article_id: article for article in read},
        {command: printed(onrecord(*command)) for command in (QUESTION, MENTIONS, ARTICLES)},
    )


def printed(outcome: Outcome) -> Any:
    """What a command printed, without which generation it was."""
    assert outcome.code == 0, outcome.err
    value = outcome.json
    if isinstance(value, dict):
        value.pop("index", None)
    return value


def require_exact(whole: Whole, citations: list[dict[str, Any]]) -> None:
    """Every citation is the slice of its article that it says it is, with that article's source."""
    for cited in citations:
        article = whole.articles[cited["article"]["article_id"]]
        assert cited["text"] == article.text[cited["start"] : cited["end"]]
        assert cited["article"]["sha256"] == article.sha256
        assert cited["article"]["title"] == article.metadata.title
        assert cited["article"]["publisher"] == article.metadata.publisher
        assert cited["article"]["url"] == article.metadata.url


def require_refused(outcome: Outcome, *codes: int) -> None:
    """Nothing on stdout but defects, one line of message, no traceback."""
    assert outcome.code in codes
    assert "Traceback" not in outcome.err + outcome.out
    assert outcome.err.count("onrecord: ") == (0 if outcome.out else 1)
    assert len(outcome.err.splitlines()) == (0 if outcome.out else 1)


def require_sound_or_refused(whole: Whole, onrecord: Command) -> None:
    asked = onrecord(*QUESTION)
    if asked.code == 0:
        assert asked.json["citations"]
        require_exact(whole, asked.json["citations"])
    else:
        require_refused(asked, 2)
    found = onrecord(*MENTIONS)
    if found.code == 0:
        assert printed(found) == whole.printed[MENTIONS]
    else:
        require_refused(found, 2)
    shown = onrecord("show", "mill", "--json")
    if shown.code == 0:
        assert shown.json["text"] == whole.articles["mill"].text
    else:
        require_refused(shown, 2)
    verified = onrecord("verify")
    if verified.code != 0:
        require_refused(verified, 1, 2)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_costs_no_wrong_word_and_is_mended(
    onrecord: Command, whole: Whole, name: str, damage: Callable[[Path], None]
) -> None:
    """Whatever is wrong with it: exact words or one clear line, and `build` makes it whole."""
    damage(locate(whole.index, name))

    require_sound_or_refused(whole, onrecord)

    built = onrecord("build")
    assert built.code == 0, built.err
    assert {command: printed(onrecord(*command)) for command in whole.printed} == whole.printed
    verified = onrecord("verify")
    assert (verified.code, verified.err) == (0, "")
    assert onrecord("build").out.endswith("Nothing has changed; the index stays as it was.\n")


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_no_flipped_byte_gives_a_wrong_word(onrecord: Command, whole: Whole, name: str) -> None:
    """Forty places of every file, two bits each."""
    path = locate(whole.index, name)
    content = path.read_bytes()
    for bit in (0x02, 0x80):
        for part in range(40):
            flip(part / 40, bit)(path)
            require_sound_or_refused(whole, onrecord)
            path.write_bytes(content)
    assert printed(onrecord(*QUESTION)) == whole.printed[QUESTION]
