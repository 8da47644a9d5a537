"""What is reported in the narrator's words: the clause that belongs to a reporting verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.quotations.attribution import Cue
from corpus.quotations.units import MARKS, REACH, Unit
from corpus.quotations.words.names import CAPITALS
from corpus.span import Span, trimmed

# After these a clause may follow without "that".
_BARE = frozenset(
    """say argue insist note warn explain believe hope suggest tell acknowledge concede contend
    estimate assert allege complain fear testify conclude promise inform remind vow add""".split()
)
_QUESTION = frozenset(
    "ask wonder explain question say tell describe discuss know understand inquire".split()
)
_NEVER_BEHIND = frozenset("continue state begin think boast finish offer know".split())
_WITHOUT_THAT = frozenset(("seek", "threaten"))
_PROMISE = frozenset("promise vow threaten agree swear".split())
_NAMING = frozenset(
    """call describe label dub brand denounce criticize criticise condemn blast slam accuse praise
    mock dismiss refer characterize characterise decry deride attack hail""".split()
)
# "on Monday", "in an interview with the Courier", "to reporters": between a verb and its "that".
_ADJUNCT = re.compile(
    r"\s+(?:(?:(?:on|in|at|during|to|after|before|via|by|with|from|through|for|last|this|earlier|later"
    r"|again|also|yesterday|today|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,.;:\n\x01-\x04]{0,70}?)"
    r",?\s+)?(?=that\s)"
)
_CLAUSE = re.compile(
    r"\s+(?:he|she|they|it|there|we|I|you|this|these|those|the|a|an|no|his|her|their|its|our|my|if|when"
    r"|while|all|any|some|many|most|more|people|nothing|nobody|everyone|anyone|both|neither|\d[\d,.]*"
    r"|even|[A-Z][\w’'.-]*|[a-z]+s\s(?:should|would|will|could|must|are|were|have|had|can|may|might))\b"
)
_NO_CLAUSE = re.compile(
    rf"\s+(?:{CAPITALS.pattern}|(?:the|a|an|his|her|their|its|this|no)\s+\S+)\s*(?:[.,;]|$)"
    r"|\s+(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_DAY = re.compile(r"\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?=\s)")
_ASKED_FOR = re.compile(r"\s+(?:whether|how|why|what|who|if|where|when)\s")
_TO = re.compile(r"\s+(?:not\s+)?to\s+[a-z]")
_FOR = re.compile(r"\s+(?:for|on)\s+")
_AFTER_TAG = re.compile(
    r"\s*(?:[.,;]|$|(?:on|in|at|during|to|as|after|last|this|of|when|while|before|about|with|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|recently|through|via|by|from|earlier|later|again|today)\b)"
)
_JOIN = re.compile(
    r"(?:,?\s+(?:and|but|while|although|though|as|yet|or|so)|[;—–])\s*(?:then|also|later|he|she|they)?"
    r"\s*$"
)
_COMMA = re.compile(r",\s*$")
# What a narrator adds behind a comma.
_ASIDE = re.compile(r",\s(?:which|highlighting|underscoring|according)\b")
# Words. What is shorter ("said so", "to act") is hardly ever annotated whole.
_SHORTEST = 3
# Characters before an "according to" that a sentence begins with: "But".
_CONJUNCTION = 4
_LEADING = re.compile(r"(?:And|But|So|Yet|Still|However|Indeed),?\s+")


def contents_of(page: str, unit: Unit, cues: Sequence[Cue]) -> list[tuple[Cue, Span]]:
    """What the verbs of a sentence report, each with its verb, in order. What lies in another's
    content is left out, as is a verb without a source or without a clause."""
    found: list[tuple[Cue, Span]] = []
    reached = unit.start
    for number, cue in enumerate(cues):
        if cue.source is None or cue.attribution.start < reached:
            continue
        span = _behind(page, unit, cues, number) or _before(page, unit, cue, reached)
        if span is None or len(span.of(page).split()) < _SHORTEST:
            continue
        found.append((cue, span))
        reached = max(span.end, cue.attribution.end)
    return found


def _behind(page: str, unit: Unit, cues: Sequence[Cue], number: int) -> Span | None:
    """What follows a verb: "said that …", "asked whether …", "described the plan as …"."""
    cue = cues[number]
    end = _end(page, unit, cues, number)
    at = max(cue.resume, cue.verb.end)
    if cue.lemma == "according to":
        comma = page.find(",", at, min(end, at + REACH))
        start = comma + 1 if comma >= 0 and cue.verb.start - unit.start <= _CONJUNCTION else None
    else:
        start = None if cue.inverted else _clause_start(page, cue, at, end)
    return None if start is None else _trimmed(page, start, end)


def _clause_start(page: str, cue: Cue, at: int, end: int) -> int | None:
    """Where the clause of a verb begins; None where none follows at `at`."""
    near = min(end, at + REACH)
    lemma = cue.lemma
    if lemma not in _WITHOUT_THAT and (found := _ADJUNCT.match(page, at, near)):
        return found.end()
    if lemma in _BARE:
        day = _DAY.match(page, at, near)
        after = day.end() if day else at
        if _CLAUSE.match(page, after, near) and not _NO_CLAUSE.match(page, after, near):
            return after
    if (
        (lemma in _QUESTION and _ASKED_FOR.match(page, at, near))
        or (lemma in _PROMISE and _TO.match(page, at, near))
        or (lemma == "call" and _FOR.match(page, at, near))
        or (lemma in _NAMING and _has_mark(page, at, end))
        or (cue.sense == "saying" and page[at:near].lstrip()[:1] in tuple(MARKS))
    ):
        return at
    return None


def _has_mark(page: str, start: int, end: int) -> bool:
    return any(sign in page[start : min(end, start + REACH)] for sign in MARKS)


def _end(page: str, unit: Unit, cues: Sequence[Cue], number: int) -> int:
    """Where a content ends: with the sentence, or where the next verb's clause begins."""
    cue = cues[number]
    for other in cues[number + 1 : number + 4]:
        if other.verb.start <= cue.resume:
            continue
        start = other.verb.start
        if other.source is not None and other.source != cue.source:
            start = min(start, other.source.start)
        low = max(cue.resume, start - 24)
        own = other.source is not None and other.source != cue.source
        if found := _JOIN.search(page, low, start) or (not own and _COMMA.search(page, low, start)):
            return found.start()
    if found := _ASIDE.search(page, cue.resume, min(unit.end, cue.resume + 2 * REACH)):
        return found.start()
    return unit.end


def _before(page: str, unit: Unit, cue: Cue, reached: int) -> Span | None:
    """What stands before who is credited with it: "…, Ada Brook said"."""
    first = cue.verb.start if cue.inverted else cue.attribution.start
    if (cue.sense == "naming" or cue.lemma in _NEVER_BEHIND) and not cue.inverted:
        return None
    lead = page[max(reached, first - 3) : first].rstrip()
    is_chain = cue.lemma == "according to"
    if not is_chain and not lead.endswith(","):
        return None
    last = cue.source.end if cue.inverted and cue.source else max(cue.verb.end, cue.resume)
    if not _AFTER_TAG.match(page, last, unit.end) and not is_chain:
        return None
    start = unit.start if reached == unit.start else reached
    if found := _LEADING.match(page, start, first):
        start = found.end()
    span = _trimmed(page, start, first)
    if span is None or len(span.of(page).split()) < 5:
        return None
    return span


def _trimmed(page: str, start: int, end: int) -> Span | None:
    span = trimmed(page, start, end)
    if span is None:
        return None
    start, end = span.start, span.end
    while end > start and page[end - 1] in " ,;:.—–-!\n\u00a0":
        end -= 1
    while start < end and page[start] in " ,;:—–-\n\u00a0":
        start += 1
    return Span(start, end) if start < end else None
