"""Sentences as spans.

sentencex (the Wikimedia Foundation's rule-based splitter) finds the boundaries; this module
gives it one paragraph at a time with the double quotation marks blanked out, because it keeps
everything between two marks together and a quoted speech of five sentences is five sentences
to a reader. Afterwards marks go to the sentence that they open or close, and a piece that
starts in lower case (“Why?” he asked.) goes back to the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from corpus.span import Span, trimmed

_OPENING = "“‘«„([{"
# Every kind of white space becomes a plain one: sentencex 1.0 counts bytes for characters after
# an initial ("A\u00a0.") and panics on one that has two.
_SPACES = (chr(code) for code in range(0x3001) if chr(code).isspace())
_BLANKED = str.maketrans(dict.fromkeys(["“", "”", "„", "«", "»", '"', *_SPACES], " "))
_TERMINAL = re.compile(r"[.!?…:;][\"'’”»)\]]*$")
# Lines of wrapped text fill their column; lines of a list or of poetry do not.
_NARROWEST_COLUMN = 40
_WIDEST_COLUMN = 120
_FILLED = 0.6
# Of courts, councils and police; sentencex does not know them.
_ABBREVIATION = re.compile(r"\b(?:[Pp]aras?|approx|Cllrs?|Supt|Insp|Det|Const)\.\s+$")
_BULLET = re.compile(r"[-*•]\s")
_LETTER = re.compile(r"[^\W_]")
# Characters that sentencex is given at once. Its time grows with their square where they are not
# ASCII: 160,000 of a line of Chinese took it 10 seconds, and one line may have 8 million.
_WINDOW = 5_000
# A "sentence" longer than this is text without punctuation (a transcript, a table): of 139,000
# in 3,000 news articles, 10 are. It is cut between words, since the encoder reads only 180.
_LONGEST_SENTENCE = 250


def sentence_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of `text[start:end]`, in order, disjoint.

    Together they hold every character of it that is not white space, and each begins and ends
    on one.
    """
    for paragraph in paragraph_spans(text, start, end):
        yield from _split(text, paragraph)


def paragraph_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Stretches that a sentence does not leave: lines, or wrapped lines taken together."""
    opened: int | None = None
    lines = list(_lines(text, start, end))
    widest = max((line.end - line.start for line in lines), default=0)
    for position, line in enumerate(lines):
        opened = line.start if opened is None else opened
        following = lines[position + 1] if position + 1 < len(lines) else None
        if following is None or not _continues(text, line, following, widest):
            yield Span(opened, line.end)
            opened = None


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if line := trimmed(text, start, stop):
            yield line
        start = stop + 1


def _continues(text: str, line: Span, following: Span, widest: int) -> bool:
    if text.count("\n", line.end, following.start) != 1 or _BULLET.match(text, following.start):
        return False
    is_column = _NARROWEST_COLUMN <= widest <= _WIDEST_COLUMN
    if is_column and line.end - line.start >= _FILLED * widest:
        # A full stop may belong to an abbreviation; only the splitter can tell. A colon is
        # followed by a list or by speech.
        return text[line.end - 1] != ":"
    return text[following.start].islower() and not _TERMINAL.search(line.of(text)[-4:])


def _split(text: str, paragraph: Span) -> Iterator[Span]:
    masked = paragraph.of(text).translate(_BLANKED)
    opened = paragraph.start
    cuts = [_before_opening_marks(text, opened, opened + end) for end in _ends(masked)]
    letter = _NextLetter(text, paragraph.end)
    for cut in cuts:
        if cut <= opened or cut >= paragraph.end or _goes_on(text, cut, letter.after(cut)):
            continue
        if sentence := trimmed(text, opened, cut):
            yield from _within_limit(text, sentence)
        opened = cut
    if sentence := trimmed(text, opened, paragraph.end):
        yield from _within_limit(text, sentence)


def _ends(masked: str) -> Iterator[int]:
    """Where sentencex sees sentences end, in order. It is given a window at a time, from the last
    of the ends that it saw on, so that a window's own end is taken for none."""
    at = 0
    while at < len(masked):
        window = masked[at : at + _WINDOW]
        found = [int(b["end_index"]) for b in sentencex.get_sentence_boundaries("en", window)]
        if at + len(window) < len(masked):
            found = [end for end in found if end < len(window)]
        yield from (at + end for end in found)
        at += found[-1] if found else len(window)


def _before_opening_marks(text: str, start: int, cut: int) -> int:
    """`cut`, moved before quotation marks and brackets that open what follows it, and at most to
    `start`."""
    at = cut
    while at > start and (
        text[at - 1].isspace() or text[at - 1] in _OPENING or text[at - 1] == '"'
    ):
        at -= 1
        if text[at] in _OPENING or (text[at] == '"' and at > 0 and text[at - 1].isspace()):
            cut = at
        elif text[at] == '"':
            break
    return cut


def _goes_on(text: str, cut: int, following: str | None) -> bool:
    """Whether the sentence before the cut goes on after it: in lower case behind a closing mark
    (a full stop alone may well end a sentence of an all lower-case writer), or with nothing
    that could be a sentence of its own. following: the first letter or digit after the cut."""
    if _ABBREVIATION.search(text, max(0, cut - 12), cut):
        return True
    if following is None:
        return True
    at = cut
    while text[at - 1].isspace():
        at -= 1
    return following.islower() and text[at - 1] != "."


class _NextLetter:
    """The first letter or digit of `text[:end]` after a place. Looking for it from every place
    anew took minutes on a line of 80,000 pictographs and full stops."""

    def __init__(self, text: str, end: int) -> None:
        self._text, self._end = text, end
        self._from, self._at = 0, -1  # none stands between the two

    def after(self, place: int) -> str | None:
        if not self._from <= place <= self._at:
            found = _LETTER.search(self._text, place, self._end)
            self._from, self._at = place, found.start() if found else self._end
        return self._text[self._at] if self._at < self._end else None


def _within_limit(text: str, sentence: Span) -> Iterator[Span]:
    words = [found.span() for found in re.finditer(r"\S+", sentence.of(text))]
    for first in range(0, len(words), _LONGEST_SENTENCE):
        last = min(first + _LONGEST_SENTENCE, len(words)) - 1
        yield Span(sentence.start + words[first][0], sentence.start + words[last][1])
