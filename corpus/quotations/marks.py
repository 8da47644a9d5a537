"""Quotation marks in pairs: which words of an article stand between them.

Four habits are told apart: double marks in all their shapes (“ ” " '' ``), single ones (‘ ’ '), and
guillemets. A mark of one habit closes what one of the same habit has opened, whatever its shape:
pages that mix “ with " are common. A single mark is an apostrophe unless its place says otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.span import Span, trimmed

Habit = Literal["double", "single", "guillemet"]
_Role = Literal["open", "close"]

_MARK = re.compile(r"''|``|[“”„‟\"‘’'`«»‹›]")
_HABITS: dict[str, Habit] = dict.fromkeys('“”„‟"', "double")
_HABITS |= {"''": "double", "``": "double"}
_HABITS |= dict.fromkeys("‘’'`", "single")
_HABITS |= dict.fromkeys("«»‹›", "guillemet")
_OPENERS = frozenset("“„‟‘«‹") | {"``"}
# What a mark that opens may follow, beside white space, and what one that closes may precede.
_BEFORE_OPENING = frozenset("([{—–-/:;,.>…|*_") | frozenset(_HABITS)
_AFTER_CLOSING = frozenset(")]}—–-/:;,.?!…|<&*_") | frozenset(_HABITS)
# Words that begin with an apostrophe, and decades: 'em, '90s.
_ELISION = re.compile(
    r"(?:em|til|till|cause|tis|twas|bout|n|round|un|cos|ere|\d0s|\d\d)(?!\w)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between two marks, inside one paragraph.

    words: without the marks. whole: with them. closed: whether a mark closes it.
    continues: whether it goes on with the one before it, which the paragraph before left open.
    depth: how many others it stands in.
    """

    words: Span
    whole: Span
    habit: Habit
    closed: bool
    continues: bool
    depth: int


@dataclass(slots=True)
class _Open:
    habit: Habit
    start: int
    inner: int
    continues: bool


def marked_words(text: str, paragraphs: Sequence[Span]) -> list[list[Marked]]:
    """For each paragraph the words that stand between its marks, in order of their beginning."""
    found: list[list[Marked]] = []
    starts: list[int] = [paragraph.start for paragraph in paragraphs]
    marks: list[list[re.Match[str]]] = [[] for _ in paragraphs]
    if not paragraphs:
        return found
    for mark in _MARK.finditer(text, paragraphs[0].start, paragraphs[-1].end):
        at = bisect_left(starts, mark.start() + 1) - 1
        if mark.end() <= paragraphs[at].end:
            marks[at].append(mark)
    left: Habit | None = None
    for position, paragraph in enumerate(paragraphs):
        here = marks[position]
        if not here:
            found.append([])
            left = None
            continue
        following = marks[position + 1] if position + 1 < len(paragraphs) else []
        opens_next = (
            _HABITS[following[0].group()]
            if following and following[0].start() == paragraphs[position + 1].start
            else None
        )
        pairs, left = _pairs(text, paragraph, here, left, opens_next)
        found.append(pairs)
    return found


def _pairs(
    text: str,
    paragraph: Span,
    marks: Sequence[re.Match[str]],
    left: Habit | None,
    opens_next: Habit | None,
) -> tuple[list[Marked], Habit | None]:
    """The pairs of a paragraph, and the habit of a speech that the next paragraph goes on with."""
    roles = _single_roles(text, paragraph, marks, opens_next)
    stack = _Stack(text)
    for number, mark in enumerate(marks):
        habit = _HABITS[mark.group()]
        depth = stack.depth(habit)
        if habit == "single":
            role = roles[number]
        else:
            opens = _opens(text, paragraph, mark, inside=depth is not None)
            role = "open" if opens else "close"
        if role == "close" and depth is not None:
            stack.close(depth, mark)
        elif role == "open" and (depth is None or habit != "single"):
            # A mark that opens inside its own habit: the one before was never closed.
            while depth is not None and len(stack.open) > depth:
                stack.cut(mark.start())
            continues = left == habit and mark.start() == paragraph.start
            stack.open.append(_Open(habit, mark.start(), mark.end(), continues))
    goes_on = opens_next if stack.open and stack.open[0].habit == opens_next else None
    while stack.open:
        stack.end(paragraph.end, paragraph.end, closed=False)
    return sorted(stack.found, key=lambda each: (each.whole.start, -each.whole.end)), goes_on


@dataclass(slots=True)
class _Stack:
    """The marks that stand open, at most one of each habit, and what was found so far."""

    text: str
    open: list[_Open] = field(default_factory=list)
    found: list[Marked] = field(default_factory=list)

    def depth(self, habit: Habit) -> int | None:
        return next((at for at, each in enumerate(self.open) if each.habit == habit), None)

    def close(self, depth: int, mark: re.Match[str]) -> None:
        while len(self.open) > depth + 1:
            self.end(mark.start(), mark.start(), closed=False)
        self.end(mark.start(), mark.end(), closed=True)

    def cut(self, before: int) -> None:
        """End one that nothing closes: with its last whole sentence."""
        stop = before
        for found in _SENTENCE_END.finditer(self.text, self.open[-1].inner, before):
            stop = found.end()
        self.end(stop, stop, closed=False)

    def end(self, at: int, after: int, *, closed: bool) -> None:
        top = self.open.pop()
        if words := trimmed(self.text, top.inner, at):
            whole = Span(top.start, after if closed else words.end)
            self.found.append(
                Marked(words, whole, top.habit, closed, top.continues, len(self.open))
            )


def _around(text: str, paragraph: Span, mark: re.Match[str]) -> tuple[str, str]:
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return before, after


def _opens(text: str, paragraph: Span, mark: re.Match[str], *, inside: bool) -> bool:
    """Whether a mark opens. Its place decides, then its shape, then what stands open."""
    before, after = _around(text, paragraph, mark)
    may_open = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    may_close = (after.isspace() or after in _AFTER_CLOSING) and not before.isspace()
    sign = mark.group()
    if may_open != may_close:
        if sign in _OPENERS or sign == "”":
            # The shape is wrong far less often than the space beside it.
            shape = sign in _OPENERS
            return may_open if shape != may_open and shape == inside else shape
        return may_open
    if sign in _OPENERS:
        return True
    return sign not in "”»›" and not inside


def _single_roles(
    text: str, paragraph: Span, marks: Sequence[re.Match[str]], opens_next: Habit | None
) -> list[_Role | None]:
    """What each single mark does; None for an apostrophe and for marks of other habits.

    One that could end a plural possessive closes only where no surer one follows before the next
    that opens; a straight one opens only where one closes it or the next paragraph goes on.
    """
    roles: list[_Role | None] = [None] * len(marks)
    surely = perhaps = False
    for number in range(len(marks) - 1, -1, -1):
        mark = marks[number]
        if _HABITS[mark.group()] != "single":
            continue
        before, after = _around(text, paragraph, mark)
        if _may_open(text, mark, before, after):
            goes_on = mark.start() == paragraph.start and opens_next == "single"
            if surely or perhaps or goes_on or mark.group() == "‘":
                roles[number] = "open"
            surely = perhaps = False
        elif not before.isspace() and not after.isalnum() and mark.group() != "‘":
            possessive = before in "sS" and after.isspace()
            if not (possessive and surely):
                roles[number] = "close"
            perhaps = True
            surely = surely or not possessive
    return roles


def _may_open(text: str, mark: re.Match[str], before: str, after: str) -> bool:
    return (
        mark.group() != "’"
        and not after.isspace()
        and (before.isspace() or before in _BEFORE_OPENING)
        and not _ELISION.match(text, mark.end())
    )
