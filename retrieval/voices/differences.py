"""Two wordings of the same words, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from index import folded

Where = Literal["both", "earlier", "later"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive words that stand in both wordings, as the later one writes them, or in one of
    them only. White space in `words` is single spaces."""

    words: str
    where: Where


def differences(earlier: str, later: str) -> tuple[Piece, ...]:
    """Both wordings from beginning to end; nothing where they have the same words. Capitals and
    punctuation do not count, figures do."""
    before, after = _words(earlier), _words(later)
    if [word for word, _ in before] == [word for word, _ in after]:
        return ()
    return tuple(_pieces(before, after))


def _pieces(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> Iterator[Piece]:
    compared = SequenceMatcher(
        None, [word for word, _ in before], [word for word, _ in after], autojunk=False
    )
    for how, start, end, new_start, new_end in compared.get_opcodes():
        if how == "equal":
            yield _piece(after[new_start:new_end], "both")
            continue
        if start < end:
            yield _piece(before[start:end], "earlier")
        if new_start < new_end:
            yield _piece(after[new_start:new_end], "later")


def _piece(words: list[tuple[str, str]], where: Where) -> Piece:
    return Piece(" ".join(written for _, written in words), where)


def _words(text: str) -> list[tuple[str, str]]:
    """Each word as it is compared and as it is written. Signs between spaces stay with the word
    before them."""
    words: list[tuple[str, str]] = []
    for written in text.split():
        if compared := folded(written):
            words.append((compared, written))
        elif words:
            words[-1] = (words[-1][0], f"{words[-1][1]} {written}")
    return words
