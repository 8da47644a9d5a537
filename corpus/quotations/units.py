"""An article as sentences of its narrator, with the words in quotation marks blanked out.

What stands in marks says nothing about who speaks them, and its full stops end nothing. So each
stretch becomes as many control characters; the last one tells how it ends. Offsets stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.quotations.marks import Marked
from corpus.quotations.words.verbs import VERB
from corpus.span import Span

QUOTED, STOPPED, ASKED, PAUSED = "\x01", "\x02", "\x03", "\x04"
MARKS = QUOTED + STOPPED + ASKED + PAUSED
# How many characters around a verb or a mark are looked at. The longest of the sources in PolNeAR's
# training part that stand beside their verb has 242.
REACH = 260

_CONTROL = dict.fromkeys(range(9), " ")
_ENDS = re.compile(
    r"\n+|[.!?…]['’)\]]*[^\S\n]+(?=[^a-z\s])|[\x02\x03][)\]]*[^\S\n]+(?=[A-Z\x01-\x04(\[])"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.])(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Govs|St|Gen|Lt|Col|Capt|Sgt|Maj|Cmdr|Adm"
    r"|Rev|Hon|Prof|Jr|Sr|vs|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Cllr|Supt|Insp|Det|Const|Pres|Messrs"
    r"|Ald|Del|Atty|Asst|Co|Inc|Fla|Calif|Conn|Ariz|Ill|Mass|Mich|Minn|Miss|Tenn|Va|Wis|Pa|Ga)$"
)
_TAG = re.compile(
    r"(?:[A-Z][\w’'.-]* ){1,4}(?:said|asked|says|asks|wrote|added|told|shouted|tweeted)\b"
)


@dataclass(slots=True)
class Unit:
    """A sentence of the narrator with what stands in marks inside it, or marked words alone.

    paragraph: its number. verbs: the reporting verbs, as spans. marked: in order.
    """

    start: int
    end: int
    paragraph: int
    verbs: list[tuple[int, int]] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)


def blanked(text: str, marked: Sequence[Marked]) -> str:
    """`text` with each of the outer `marked` stretches as control characters."""
    parts = []
    at = 0
    for each in marked:
        start, end = each.whole.start, each.whole.end
        parts.append(text[at:start])
        last = text[each.words.end - 1]
        following = text[end : end + 1]
        sign = QUOTED
        if last == ".":
            sign = STOPPED
        elif last in "?!…":
            sign = ASKED
        elif last in ",—–-" or following == ",":
            sign = PAUSED
        if not each.closed:
            sign = STOPPED
        parts.append(QUOTED * (end - start - 1) + sign)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def units_of(page: str, paragraphs: Sequence[Span], outer: Sequence[Marked]) -> list[Unit]:
    """The sentences of `page`, a blanked text, in order. outer: what is blanked in it."""
    units = list(_sentences(page, paragraphs))
    if not units:
        return units
    starts = [unit.start for unit in units]
    if page.startswith("According to ", units[0].start):  # the first words of a text follow nothing
        units[0].verbs.append((units[0].start, units[0].start + len("According to")))
    for found in VERB.finditer(page, units[0].start, units[-1].end):
        at = bisect_left(starts, found.start(1) + 1) - 1
        if at >= 0 and found.end(1) <= units[at].end:
            units[at].verbs.append(found.span(1))
    for each in outer:
        at = bisect_left(starts, each.whole.start + 1) - 1
        units[max(at, 0)].marked.append(each)
    return units


def _sentences(page: str, paragraphs: Sequence[Span]) -> Iterator[Unit]:
    for number, paragraph in enumerate(paragraphs):
        opened = paragraph.start
        for stop in _ENDS.finditer(page, paragraph.start, paragraph.end):
            sign = stop.group()[0]
            if sign == "\n":
                continue
            if sign == "." and _ABBREVIATED.search(
                page, max(opened, stop.start() - 8), stop.start()
            ):
                continue
            if sign == ASKED and _TAG.match(page, stop.end()):
                continue
            yield Unit(opened, stop.start() + 1, number)
            opened = stop.end()
        if opened < paragraph.end:
            yield Unit(opened, paragraph.end, number)
