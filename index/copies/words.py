"""The words of a text as copies are compared: two texts with equal ones say the same.

Capitals, white space and punctuation do not count; figures, and the signs that change one, do.
"""

from __future__ import annotations

import re

from corpus import Span

# Words, figures, and the signs that change one. An apostrophe or a stop inside belongs to them.
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|[%£$€¥°+/<>=~−]|(?<![\w-])-(?=[\d£$€])")
_SOFT_HYPHEN = "\u00ad"
# What belongs to the words beside it, though it is none: marks and brackets opened before the
# first, marks, brackets and stops behind the last.
_OPENING, _CLOSING = "“‘\"'«„([", ".,;:!?…”’\"'»)]"


def folded(text: str) -> str:
    """The words of `text`, one space between them; equal exactly where the words are equal."""
    return " ".join(_WORD.findall(text.replace(_SOFT_HYPHEN, ""))).replace("’", "'").casefold()


def folded_words(text: str) -> list[str]:
    """The words of `text`, in order."""
    return folded(text).split()


def places_of(words: str, text: str) -> list[Span]:
    """Where exactly these words, as `folded` gives them, follow each other in `text`; in order,
    with the punctuation that belongs to them."""
    if not words:
        return []
    stream, sought = f" {folded(text)} ", f" {words} "
    found, at = [], stream.find(sought)
    bounds: list[Span] = []
    while at >= 0:
        bounds = bounds or _bounds(text)
        first = stream.count(" ", 0, at)
        last = first + words.count(" ")
        if span := _with_marks(text, Span(bounds[first].start, bounds[last].end), words):
            found.append(span)
        at = stream.find(sought, at + len(sought) - 1)
    return found


def _bounds(text: str) -> list[Span]:
    """Where the words of `text` stand, in order."""
    if _SOFT_HYPHEN not in text:
        return [Span(*found.span()) for found in _WORD.finditer(text)]
    kept = [at for at, letter in enumerate(text) if letter != _SOFT_HYPHEN]
    solid = text.replace(_SOFT_HYPHEN, "")
    return [Span(kept[f.start()], kept[f.end() - 1] + 1) for f in _WORD.finditer(solid)]


def _with_marks(text: str, span: Span, words: str) -> Span | None:
    """The span with the punctuation around it, as far as it holds the same words then."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    wider = Span(start, end)
    return next((each for each in (wider, span) if folded(each.of(text)) == words), None)
