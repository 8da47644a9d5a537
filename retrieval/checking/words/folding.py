"""The words of a text as quotations are compared: exact means that these are equal, in order.

Folded are quotation marks, which do not count; dashes and hyphens, which are all one; and white
space. Spelling, capitals, figures and all other punctuation stay as they are. A letter and its
accent are one letter, however they were typed, and "…" is three full stops.

A single mark is an apostrophe inside a word. Behind an s it may end a possessive (the hunters’
van) or a quotation; which, is told from the other single marks of its paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Span

APOSTROPHES = "'’‘ʼ＇‛`´"
DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
# They are not seen; a soft hyphen is a hyphen only where a line ends.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ACCENTS = "\u0300-\u036f"
_LETTERS = rf"[^\W_](?:[^\W_]|[{_UNSEEN}]*[{_ACCENTS}]|[{_UNSEEN}]+(?=[^\W_]))*"
_IS_UNSEEN = re.compile(f"[{_UNSEEN}{_ACCENTS}]")
# What stands between two words and does not count.
_GAP = rf"[\s\"“”„‟«»‹›‚＂{APOSTROPHES}{_UNSEEN}{_ACCENTS}]*"
_DOTS = rf"[.…](?:{_GAP}[.…])*"
_DASH = rf"[{DASHES}](?:{_GAP}[{DASHES}])*"
_TOKEN = re.compile(
    # Words and figures: don't, O’Brien, 1,500, 2.5, 10:30, hunters’
    rf"(?P<word>{_LETTERS}(?:(?:[{APOSTROPHES}]|(?<=\d)[.,:/](?=\d)){_LETTERS})*"
    rf"(?:(?<=[sS])[{APOSTROPHES}](?![\w{APOSTROPHES}]))?)"
    rf"|(?P<dash>{_DASH})"
    rf"|(?P<dots>{_DOTS})"
    rf"|(?P<other>[^\w\s\"“”„‟«»‹›‚＂{APOSTROPHES}{_UNSEEN}{_ACCENTS}]|_)"
)
# Characters in which the other single marks of a paragraph are looked for.
_LOOKED_AROUND = 1_000
_OPENS = re.compile(rf"(?:^|(?<=[\s“\"„«(\[{DASHES}]))[{APOSTROPHES}](?=\S)", re.MULTILINE)
_CLOSES = re.compile(rf"(?<=[^\s{APOSTROPHES}])(?<![sS])[{APOSTROPHES}](?!\w)")
_MAY_CLOSE = re.compile(rf"(?<=[sS])[{APOSTROPHES}](?!\w)")
_PLAIN = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(_UNSEEN))


@dataclass(frozen=True, slots=True)
class Folded:
    """words: those of a text, in order, each punctuation mark a word of its own.
    spans: where each stands in the text.
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]

    def __len__(self) -> int:
        return len(self.words)

    def part(self, first: int, last: int) -> Folded:
        """The words from `first` up to, not including, `last`."""
        return Folded(self.words[first:last], self.spans[first:last])

    def span(self, first: int, last: int) -> Span:
        """From the beginning of the word `first` to the end of the one before `last`."""
        return Span(self.spans[first].start, self.spans[last - 1].end)


def fold(text: str, start: int = 0, end: int | None = None, but: Sequence[Span] = ()) -> Folded:
    """The words of `text[start:end]`. but: spans whose words are left out, in order."""
    words, spans = [], []
    for word, span in words_from(text, start, len(text) if end is None else end, but):
        words.append(word)
        spans.append(span)
    return Folded(tuple(words), tuple(spans))


def words_from(
    text: str, start: int, end: int, but: Sequence[Span] = ()
) -> Iterator[tuple[str, Span]]:
    """The words of `text[start:end]` one by one; see `fold`."""
    for stop, resume in [*((span.start, span.end) for span in but), (end, end)]:
        if start < stop:
            for found in _TOKEN.finditer(text, start, min(stop, end)):
                first, last = found.span()
                word = _folded(found.lastgroup or "other", found.group())
                if word[-1] == "'" and not _is_possessive(text, last - 1):
                    word, last = word[:-1], last - 1
                yield word, Span(first, last)
        start = max(start, resume)


def is_unseen(letter: str) -> bool:
    """Whether a character belongs to the one before it, or is not seen: an accent typed apart, a
    soft hyphen, a space of no width."""
    return _IS_UNSEEN.fullmatch(letter) is not None


def is_word(word: str) -> bool:
    """Whether a folded word is more than punctuation."""
    return word[0].isalnum()


def pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    """Finds the beginnings of these words in a text, and few places besides. Accents typed apart
    escape it."""
    return re.compile(_GAP.join(_written(word) for word in words))


def _written(word: str) -> str:
    if word == "-":
        return _DASH
    if word in (".", "..", "..."):
        return _DOTS
    return f"[{_UNSEEN}]*".join(
        f"[{APOSTROPHES}]" if letter == "'" else re.escape(letter) for letter in word
    )


def _is_possessive(text: str, at: int) -> bool:
    """Whether a single mark behind an s closes nothing that its paragraph opens."""
    start = max(text.rfind("\n", 0, at) + 1, at - _LOOKED_AROUND)
    end = text.find("\n", at, at + _LOOKED_AROUND)
    end = end if end >= 0 else min(len(text), at + _LOOKED_AROUND)
    opened = None
    for opened in _OPENS.finditer(text, start, at):  # noqa: B007 - the last one
        pass
    if opened is None or any(
        marks.search(text, opened.end(), at) for marks in (_CLOSES, _MAY_CLOSE)
    ):
        return True
    again = _OPENS.search(text, at + 1, end)
    return _CLOSES.search(text, at + 1, again.start() if again else end) is not None


def _folded(kind: str, found: str) -> str:
    if kind == "dash":
        return "-"
    if kind == "dots":
        return "..."[: found.count(".") + 3 * found.count("…")]
    if found.isascii():
        return found.replace("`", "'") if "`" in found else found
    folded = found.translate(_PLAIN)
    return unicodedata.normalize("NFC", folded)
