"""What a question that leans on earlier ones takes over from them.

Only words of the person's own questions are taken over, and a year that is counted from one of
theirs. What the question puts in the place of something is left behind: after "How many fines in
Skerry?", "And in Ashford?" takes over the fines alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retrieval.questions.chunks import Chunk, chunks
from retrieval.questions.leaning import leans
from retrieval.questions.question import LONGEST_QUESTION, one_line

# nDCG@10 on the 285 answerable questions of MTRAG-UN, with hybrid search as in retrieval.ask but
# without close reading:
#   last turn alone  all turns joined  as here
#   .820             .821              .884   +.064 (95%: .041 to .090) and +.063 (.026 to .100)
# The differences are paired bootstraps of 10,000 samples, seed 1. Of 200 questions asked alone,
# each after an unrelated one, 0.7% take something over (mean of 100 draws; 99 are at most 2%).
# Searched for as "question a b" .880, "question (a, b)" .881, "a b question" .880, with the whole
# question before instead .867, for the vector alone .880, for the words alone .849.
#
# Earlier questions that are looked at: with 1, 2 and 3 .870, .881, .883.
_REMEMBERED = 10
# Words that are taken over at most: with 4, 8 and 12 .872, .881, .883; more than 16 change nothing.
_MOST_WORDS = 16

_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
} | {"a": 1}
_YEARS_AWAY = re.compile(
    rf"""(?:\b(?P<number>{"|".join(_NUMBERS)}|[0-9][0-9]?)\ years?
    \ (?P<way>earlier|later|before|after)
    |\bthe\ (?:year\ (?P<side>before|after)|(?P<next>previous|following|next)\ year))
    (?:\ (?:that|then))?(?=\s*(?:[.?!,;]|$))""",
    re.IGNORECASE | re.VERBOSE,
)
_BACKWARDS = ("earlier", "before", "previous")
# A question that only puts names in a place: these words, and perhaps a preposition.
_SWAPPING = frozenset(
    """about also and around at but by across for from how in just near no not now of on only or
    please so the then to what with within""".split()
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """searched_for: the question, and behind a dash what it took over.
    taken_over: phrases as they stood in earlier questions, those of the latest question first, or
        the year that "two years earlier" gives.
    """

    searched_for: str
    taken_over: tuple[str, ...]


def follow_up(asked: str, earlier: Sequence[str]) -> FollowUp:
    """What to search for when `asked` (one line) comes after `earlier`, oldest first.

    Questions that stand alone, and those after nothing, are searched for as they are. Never longer
    than LONGEST_QUESTION if `asked` is not. Any strings may be earlier ones.
    """
    if not leans(asked):
        return FollowUp(asked, ())
    subject: tuple[Chunk, ...] = ()
    for question in earlier[-_REMEMBERED:]:
        text = one_line(question)[:LONGEST_QUESTION]
        subject = _at_most((*_own(text), *(_left(text, subject) if leans(text) else ())))
    taken = [chunk.text for chunk in _left(asked, subject)]
    while taken and len(_joined(asked, taken)) > LONGEST_QUESTION:
        taken.pop()
    return FollowUp(_joined(asked, taken), tuple(taken))


def _joined(asked: str, taken: Sequence[str]) -> str:
    return f"{asked} — {', '.join(taken)}" if taken else asked


def _at_most(subject: Iterable[Chunk]) -> tuple[Chunk, ...]:
    kept: list[Chunk] = []
    left = _MOST_WORDS
    for chunk in subject:
        left -= len(chunk.terms)
        if left < 0:
            break
        kept.append(chunk)
    return tuple(kept)


def _own(text: str) -> tuple[Chunk, ...]:
    """The phrases of a question; words that only count years are none."""
    return chunks(_YEARS_AWAY.sub(" ", text))


def _left(text: str, subject: tuple[Chunk, ...]) -> list[Chunk]:
    """What a question that leans on a subject leaves of it, neither said again nor replaced."""
    own = _own(text)
    said = frozenset[str]().union(*(chunk.terms for chunk in own))
    left = [chunk for chunk in subject if not chunk.terms <= said]
    return _unreplaced(text, own, _in_time(text, own, left))


def _in_time(text: str, own: tuple[Chunk, ...], left: list[Chunk]) -> list[Chunk]:
    """Without the dates that a question replaces, or with the year that it counts to."""
    kinds = {chunk.kind for chunk in own}
    if "year" in kinds:
        return [chunk for chunk in left if chunk.kind not in ("year", "month")]
    if "month" in kinds:
        return [chunk for chunk in left if chunk.kind != "month"]
    away = _YEARS_AWAY.search(text)
    years = [chunk for chunk in left if chunk.kind == "year"]
    if away is None or len(years) != 1:
        return left
    counted = str(int(years[0].text) + _years(away))
    moved = replace(years[0], text=counted, terms=frozenset([counted]))
    return [moved if chunk is years[0] else chunk for chunk in left if chunk.kind != "month"]


def _years(away: re.Match[str]) -> int:
    number = (away["number"] or "one").casefold()
    years = _NUMBERS[number] if number in _NUMBERS else int(number)
    way = (away["way"] or away["side"] or away["next"]).casefold()
    return -years if way in _BACKWARDS else years


def _unreplaced(text: str, own: tuple[Chunk, ...], left: list[Chunk]) -> list[Chunk]:
    """Without the name that a question of nothing but a name puts its own in the place of.

    "And in Ashford?" replaces what stood after "in", "at" or "from"; "What about Ashford?" the
    name of the earlier questions if they have only one, since with two nobody could tell which,
    and something besides it.
    """
    beside = text
    for chunk in own:
        beside = beside.replace(chunk.text, " ", 1)
    names = [chunk for chunk in left if chunk.kind == "name"]
    if not own or not all(chunk.text[0].isupper() for chunk in own):
        return left
    if not set(re.findall(r"\w+", beside.casefold())) <= _SWAPPING:
        return left
    slot = own[0].slot
    replaced = [name for name in names if name.slot == slot] if slot else names
    if not slot and not len(names) == 1 < len(left):
        return left
    return [chunk for chunk in left if chunk not in replaced]
