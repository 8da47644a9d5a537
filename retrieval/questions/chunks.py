"""What a question is about, in pieces that can be taken over into the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from index import tokens
from retrieval.questions.leaning import SMALL_TALK, is_name
from retrieval.questions.question import asks

Kind = Literal["name", "year", "month", "words"]

# What is longer would be all that is taken over, or too much to be.
_LONGEST = 8
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MONTHS = frozenset(
    """January February March April May June July August September October November
    December""".split()
)
_PLACING = frozenset("in from at near across within around".split())
_OTHER_SLOTS = frozenset("by for with to of on".split())


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words next to each other, as they stand in a question.

    terms: as they are searched for.
    slot: the preposition before it, "in" for all that place something; "" for none.
    """

    text: str
    terms: frozenset[str]
    kind: Kind
    slot: str


def chunks(text: str) -> tuple[Chunk, ...]:
    """The chunks of a question in one line, in order, each once, without small talk.

    A name, a year and a month are chunks of their own.
    """
    found: list[Chunk] = []
    end = 0
    for token in tokens(text):
        word, start = token.span.of(text), token.span.start
        kind = _kind(text, word, start)
        if kind != "month" and (asks(word) or word.casefold() in SMALL_TALK):
            continue
        last = found[-1] if found else None
        if (
            last is not None
            and text[end:start] in (" ", "-")
            and kind == last.kind
            and kind in ("name", "words")
            and len(last.terms) < _LONGEST
        ):
            whole = last.text + text[end : token.span.end]
            found[-1] = replace(last, text=whole, terms=last.terms | {token.term})
        else:
            found.append(Chunk(word, frozenset([token.term]), kind, _slot(text[:start])))
        end = token.span.end
    return tuple({chunk.terms: chunk for chunk in reversed(found)}.values())[::-1]


def _kind(text: str, word: str, start: int) -> Kind:
    if _YEAR.fullmatch(word):
        return "year"
    named = is_name(text, start)
    if word in _MONTHS and (named or word != "May"):  # "May I ask …"
        return "month"
    return "name" if named else "words"


def _slot(before: str) -> str:
    words = before.casefold().split()
    if words and words[-1] == "the":
        words.pop()
    if not words or words[-1] in _PLACING:
        return "in" if words else ""
    return words[-1] if words[-1] in _OTHER_SLOTS else ""
