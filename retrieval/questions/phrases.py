"""Words in quotation marks: read out of what was asked, and found exactly.

A phrase is the same words in the same order, in any case. Nothing is stemmed and no word is left
out. Quotation marks are no words: “hunter” groups holds "hunter groups". Any other punctuation
must stand as it does in the phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from corpus import Span

_QUOTED = re.compile('["“”„]([^"“”„]*)["“”„]')
_LETTER = r"[^\W_]"
_ACCENT = r"[\u0300-\u036f]"
# Also an apostrophe at the end of a word, which nothing tells from a closing mark.
_MARK = "[\"“”„‟«»‹›'’‘‚‛]"
_WORD = rf"{_LETTER}(?:{_LETTER}|{_ACCENT})*"
_PART = re.compile(rf"{_WORD}(?:['’]{_WORD})*|(?!{_MARK})\S")
# The edges of a word: not inside another one, nor inside O’Brien, 2.5 or 1,500. A possessive may
# follow, since in Brien’s the name still stands exactly.
_BEFORE_WORD = rf"(?<!{_LETTER})(?<!{_ACCENT})(?<!{_LETTER}['’])"
_AFTER_WORD = rf"(?!{_LETTER}|{_ACCENT}|['’](?!s(?!{_LETTER})){_LETTER})"
_BEFORE_NUMBER = r"(?<!\d[.,])"
_AFTER_NUMBER = r"(?![.,]\d)"


def read_phrases(asked: str) -> tuple[tuple[str, ...], str]:
    """The phrases in double quotation marks, straight or curly, each once and in order, and what
    is left without them.

    White space in a phrase is single spaces. Marks around no word are no phrase, and neither is
    what follows a mark that is never closed: its words stay with the rest.
    """
    phrases: dict[str, None] = {}
    for found in _QUOTED.finditer(asked):
        if any(character.isalnum() for character in found[1]):
            phrases[" ".join(found[1].split())] = None
    return tuple(phrases), _QUOTED.sub(" ", asked)


def holds(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text. Raises ValueError for a phrase without words."""
    return _pattern(phrase).search(text) is not None


def places(text: str, phrase: str) -> Iterator[Span]:
    """Where the phrase stands in the text: spans in order, disjoint."""
    for found in _pattern(phrase).finditer(text):
        yield Span(*found.span())


@lru_cache(maxsize=256)
def _pattern(phrase: str) -> re.Pattern[str]:
    composed = unicodedata.normalize("NFC", phrase)
    parts = list(_PART.finditer(composed))
    if not any(part.group()[0].isalnum() for part in parts):
        raise ValueError(f"{phrase!r} holds no word")
    written = _spelling(parts[0].group())
    for before, part in pairwise(parts):
        between = composed[before.end() : part.start()]
        spaced = any(character.isspace() for character in between)
        written += rf"{_MARK}*\s(?:\s|{_MARK})*" if spaced else f"{_MARK}*"
        written += _spelling(part.group())
    first, last = parts[0].group()[0], parts[-1].group()[-1]
    if first.isalnum():
        written = _BEFORE_WORD + (_BEFORE_NUMBER if first.isdigit() else "") + written
    if last.isalnum() or unicodedata.combining(last):
        written += _AFTER_WORD + (_AFTER_NUMBER if last.isdigit() else "")
    return re.compile(written, re.IGNORECASE)


def _spelling(part: str) -> str:
    """The characters in all the ways in which they may be typed: both apostrophes, and an accent
    with its letter or as a mark of its own."""
    return "".join(
        "['’]"
        if character in "'’"
        else "(?:" + "|".join(sorted({re.escape(character), re.escape(apart)})) + ")"
        if (apart := unicodedata.normalize("NFD", character)) != character
        else re.escape(character)
        for character in part
    )
