"""Who is credited with the words of a sentence: source, verb, and those who were told."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from corpus.quotations.marks import Marked
from corpus.quotations.sources import (
    is_passive,
    listener_after,
    source_after,
    source_before,
    subject_within,
    without_auxiliaries,
)
from corpus.quotations.units import MARKS, PAUSED, QUOTED, REACH, Unit
from corpus.quotations.words.names import CAPITALS
from corpus.quotations.words.verbs import LEMMAS, NOUNS, SENSES, Sense
from corpus.quotations.words.vocabulary import NO_NAMES
from corpus.span import Span

# Verbs of a sentence on either side of a stretch that are looked at. Hardly any has more.
_NEAREST = 6
_TELLING = frozenset("tell inform remind assure warn advise ask write".split())
_JOINT = re.compile(r"[\s,—–-]*")
# A form without an ending is a verb behind these words, and else most often a noun.
_BASE = re.compile(
    r"(?:^|[\s\x01-\x04])(?:they|we|i|who|to|would|will|could|can|may|might|should|must|did|do|does|not"
    r"|people|also|often|and|[\w’']*[^s\W]s|\w+n['’]t|\w+ly)$",
    re.IGNORECASE,
)
# What somebody has to say, or might, or did not say, they have not said.
_MERELY_DUE = re.compile(
    r"\b(?:(?:have|has|had|needs?|needed|wants?|wanted|ought|going) to|might|must|should"
    r"|(?:did|does|do|would|will|could|can) not|(?:did|does|do|would|wo|could|ca)n['’]t|never)$",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(
    r"\b(?:interview|conversation|speaking|appearance|remarks|statement)\s+"
    r"(?:with|to|on|by)\s+((?:the\s+)?" + CAPITALS.pattern + ")"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb with the words that name who speaks.

    inverted: the source stands behind the verb. resume: where what is reported may begin.
    """

    verb: Span
    lemma: str
    sense: Sense
    source: Span | None
    inverted: bool
    resume: int
    outlets: tuple[Span, ...]

    @property
    def attribution(self) -> Span:
        source = self.source
        if source is None:
            return self.verb
        return Span(min(source.start, self.verb.start), max(source.end, self.verb.end))


def cues_of(page: str, unit: Unit) -> list[Cue]:
    """The reporting verbs of a sentence, in order. One without a source of its own (“adding”)
    takes that of the one before it."""
    cues: list[Cue] = []
    low = unit.start
    marked = iter(unit.marked)
    following = next(marked, None)
    behind: Marked | None = None
    for start, end in unit.verbs:
        while following is not None and following.whole.end <= start:
            behind, following = following, next(marked, None)
        form = page[start:end]
        before = page[max(unit.start, start - 24) : start].rstrip()
        if form in {"according to", "According to"} or is_passive(page, low, start):
            cues += _cue_behind(page, unit, Span(start, end))
        elif _is_verb(form, before):
            place = _Place(Span(start, end), LEMMAS[form], before, low, behind)
            cues.append(_cue(page, unit, place, cues))
            low = end
    return cues


def _cue_behind(page: str, unit: Unit, verb: Span) -> list[Cue]:
    """One cue for "according to Ada Brook" and "was asked by Ada Brook", none for "was told"."""
    form, at, sense = verb.of(page), verb.end, SENSES.get(verb.of(page), "saying")
    chain = form.endswith(" to")
    if not chain:
        by = _BY.match(page, at, min(unit.end, at + 4))
        if by is None:
            return []
        at = by.end()
    source = source_after(page, at, unit.end, opening=chain and verb.start <= unit.start)
    if source is None:
        return []
    lemma = "according to" if chain else LEMMAS[form]
    return [Cue(verb, lemma, sense, source, inverted=True, resume=source.end, outlets=())]


def _is_verb(form: str, before: str) -> bool:
    """Whether a form that may be a noun is a verb, by the words before it."""
    if form == LEMMAS[form] and (not _BASE.search(before) or _MERELY_DUE.search(before)):
        return False
    if form in NOUNS and not _SUBJECT_BEFORE_NOUN.search(before):
        return False
    return not _DETERMINED.search(before)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a verb stands. before: the words before it in its sentence, up to 24 characters.
    low: the end of the verb before it. behind: the marked words before it."""

    verb: Span
    lemma: str
    before: str
    low: int
    behind: Marked | None


def _cue(page: str, unit: Unit, place: _Place, cues: list[Cue]) -> Cue:
    verb, lemma = place.verb, place.lemma
    participle = verb.of(page).endswith("ing")
    source, inverted = (None, False) if participle else _own_source(page, unit, place)
    if source is None and cues and (participle or _JOINED.search(place.before)):
        source = cues[-1].source
    elif source is None and participle:
        source = subject_of(page, unit, verb.start)
    resume = source.end if inverted and source else verb.end
    outlets: tuple[Span, ...] = ()
    if lemma in _TELLING and not inverted:
        listener, resume = listener_after(page, verb.end, unit.end)
        outlets = (listener,) if listener is not None else ()
    if found := _INTERVIEW.search(page, verb.end, min(unit.end, verb.end + 160)):
        outlets = (*outlets, Span(*found.span(1)))
    return Cue(verb, lemma, SENSES[verb.of(page)], source, inverted, resume, outlets)


def _own_source(page: str, unit: Unit, place: _Place) -> tuple[Span | None, bool]:
    """The source that stands beside a verb, and whether it stands behind it."""
    verb, before = place.verb, place.before
    if not before or before[-1] in MARKS or _is_tagged(unit, place):
        after = source_after(page, verb.end, unit.end)
        return after, after is not None
    source: Span | None = None
    if place.behind is not None and place.low <= place.behind.whole.end:
        source = _whole_tag(page, place.behind.whole.end, verb.start)
    if source is None:
        source = source_before(page, max(place.low, verb.start - REACH), verb.start)
    parenthetical = before.endswith(",") and place.lemma in _INVERTED
    if parenthetical and (source is None or page[source.end : verb.start].strip() != ","):
        after = source_after(page, verb.end, unit.end)
        if after is not None and page[after.start].isupper():
            return after, True
    return source, False


def _is_tagged(unit: Unit, place: _Place) -> bool:
    """Whether a verb follows the marked words that its sentence begins with, and a comma that
    stands outside the marks, as British papers put it: “…”, said the harbour master."""
    return (
        place.behind is not None
        and place.behind.whole.start == unit.start
        and place.before.endswith(f"{PAUSED},")
    )


def _whole_tag(page: str, after: int, verb: int) -> Span | None:
    """All that stands between marked words and a verb, where it begins with who speaks:
    “…,” Ada Brook, 30, of Fern Hill, who was there, said."""
    if verb - after > REACH:
        return None
    found = _TAG_START.match(page, after, verb)
    if found is None or page[after - 1] == QUOTED:
        return None
    end = without_auxiliaries(page, found.start(1), verb)
    while end > found.start(1) and page[end - 1] in " ,\u00a0\n":
        end -= 1
    tag = page[found.start(1) : end]
    if not tag or tag.split()[0].lower() in NO_NAMES - _TAG_WORDS or _NO_TAG.search(tag):
        return None
    return Span(found.start(1), end)


_TAG_WORDS = frozenset("the a an he she they his her one their its our i we".split())
_TAG_START = re.compile(
    r"[\s,—–-]*([A-Z]|(?:the|a|an|he|she|they|his|her|one|another|their|its)\s)"
)
_NO_TAG = re.compile(
    r"\b(?:but|because|that|while|although|and (?:he|she|they)|as)\b|[:;\x01-\x04]"
)
_BY = re.compile(r"\s+by(?=\s)")
_INVERTED = frozenset("say write add explain note report argue recall warn tweet".split())
_JOINED = re.compile(r"(?:\band|\bbut|,|\bthen|\balso|\blater)$")
_DETERMINED = re.compile(
    r"\b(?:the|a|an|of|no|any|his|her|their|its|my|our|this|that|these|those|’s|'s)$", re.IGNORECASE
)
_SUBJECT_BEFORE_NOUN = re.compile(
    r"(?:\b(?:[A-Z][\w’'.-]*|he|she|it|who|which|also|now|often)|[),])$|^$"
)


def subject_of(page: str, unit: Unit, end: int) -> Span | None:
    """The name or the pronoun that a sentence begins with, if it does so before `end`."""
    return subject_within(page, unit.start, min(end, unit.start + REACH))


def credit(page: str, unit: Unit, cues: list[Cue], number: int) -> Cue | None:
    """The verb that the marked words with this number in the sentence belong to."""
    marked = unit.marked[number]
    start, end = marked.whole.start, marked.whole.end
    middle = bisect_left(cues, start, key=lambda cue: cue.verb.start)
    before = cues[max(0, middle - _NEAREST) : middle]
    after = [cue for cue in cues[middle : middle + _NEAREST] if cue.source is not None]
    if before:
        nearest = before[-1]
        between = page[max(nearest.resume, nearest.verb.end) : start]
        if nearest.source is not None and len(between) < 20 and not between.strip(" ,:\u00a0\n—–-"):
            return nearest
    stop = unit.marked[number + 1].whole.start if number + 1 < len(unit.marked) else unit.end
    for cue in after[:1]:
        first = cue.verb.start if cue.inverted else cue.attribution.start
        if cue.verb.start < stop and first - end < REACH and _JOINT.fullmatch(page, end, first):
            return cue
    known = [cue for cue in before if cue.source is not None]
    return known[-1] if known else after[0] if after else None
