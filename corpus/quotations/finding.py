"""The quotations of an article, from its marks and its reporting verbs.

The text is read once, sentence by sentence, with the words in marks blanked out. Each stretch in
marks gets the verb of its sentence that it belongs to; one without a verb goes on with the speaker
before it. The clauses that verbs report take over the marked words inside them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.article import Article
from corpus.quotations.attribution import Cue, credit, cues_of, subject_of
from corpus.quotations.indirect import contents_of
from corpus.quotations.marks import Habit, Marked, marked_words
from corpus.quotations.quotation import Quotation, QuotationKind
from corpus.quotations.sources import antecedent
from corpus.quotations.speakers import Entity, People
from corpus.quotations.speech import habit_of_speech, is_speech
from corpus.quotations.units import Unit, blanked, units_of
from corpus.sentences import paragraph_spans
from corpus.span import Span

# Version of the rules. Raise it when the same text would give other quotations, so that a rebuild
# reads every article again.
QUOTATION_RULES = "1"
# Characters of the narrator's that make a clause more than the marked words in it.
_NARRATED = 6

_Clauses = Sequence[tuple[Cue, Span]]


def quotations_of(article: Article) -> tuple[Quotation, ...]:
    """The quotations of an article, in order of their spans.

    What stands in marks and is no speech (scare quotes, titles, nicknames) is none of them, and
    furniture holds none. Words that somebody quotes inside a quotation are one of their own, and
    the speaker is whoever quotes them.
    """
    text = article.text
    paragraphs = [
        paragraph
        for stretch in article.prose()
        for paragraph in paragraph_spans(text, stretch.start, stretch.end)
    ]
    marked = marked_words(text, paragraphs)
    outer = [each for stretches in marked for each in stretches if each.depth == 0]
    page = blanked(text, outer)
    reading = _Reading(text, page, People(), habit_of_speech(outer))
    reading.people.read(page)
    for unit in units_of(page, paragraphs, outer):
        cues = cues_of(page, unit) if unit.verbs else []
        clauses = contents_of(page, unit, cues) if cues else []
        spots, credits_ = _read_marked(reading, unit, cues, clauses) if unit.marked else ({}, [])
        spoken = _read_clauses(reading, unit, clauses, spots, credits_) if clauses else None
        if not unit.marked:
            _read_narration(reading, unit, cues, spoken)
    reading.people.settle()
    found = [each.quotation() for each in reading.found if each.clause or each.stretches]
    found += _nested([each for stretches in marked for each in stretches if each.depth], found)
    return tuple(sorted(found, key=lambda each: (each.span, each.nested)))


@dataclass(frozen=True, slots=True)
class _Credit:
    """Who is credited with words. near: whether a reporting verb of the same sentence shows it."""

    cue: Cue
    entity: Entity | None
    paragraph: int
    near: bool


@dataclass(slots=True)
class _Found:
    """clause: the whole of what is reported, where not all of it stands in marks."""

    stretches: list[Marked]
    credit: _Credit | None
    clause: Span | None = None

    def quotation(self) -> Quotation:
        cue = self.credit.cue if self.credit else None
        entity = self.credit.entity if self.credit else None
        kind: QuotationKind = "direct"
        if self.clause:
            kind = "mixed" if self.stretches else "indirect"
        return Quotation(
            span=self.clause or Span(self.stretches[0].whole.start, self.stretches[-1].whole.end),
            kind=kind,
            quoted=tuple(each.words for each in self.stretches),
            speaker=entity.speaker() if entity else None,
            source=cue.source if cue else None,
            verb=cue.verb if cue and cue.lemma else None,
            attribution=cue.attribution if cue else None,
            outlets=cue.outlets if cue else (),
        )


@dataclass(slots=True)
class _Reading:
    """What the sentences read so far have given.

    last: who spoke last or was spoken of. unfinished: a speech that the next paragraph may go on
    with.
    """

    text: str
    page: str
    people: People
    habit: Habit | None
    found: list[_Found] = field(default_factory=list)
    last: _Credit | None = None
    unfinished: _Found | None = None

    def credit(self, unit: Unit, cue: Cue, *, near: bool = True) -> _Credit:
        return _Credit(cue, self._entity(unit, cue), unit.paragraph, near)

    def subject(self, unit: Unit, end: int) -> _Credit | None:
        """The name or pronoun that a sentence begins with, where no verb reports."""
        subject = subject_of(self.page, unit, end)
        if subject is None:
            return None
        cue = Cue(subject, "", "naming", subject, inverted=False, resume=subject.end, outlets=())
        return self.credit(unit, cue, near=False)

    def _entity(self, unit: Unit, cue: Cue) -> Entity | None:
        if cue.source is None:
            return None
        words = cue.source.of(self.text)
        if words.lower() in {"who", "which", "that"}:
            meant = antecedent(self.page, unit.start, cue.source.start)
            return self.people.of(meant.of(self.text)) if meant else None
        return self.people.of(words)

    def attend(self, given: _Credit | None) -> None:
        if given is not None and given.entity is not None:
            self.people.attend(given.entity)


def _read_marked(
    reading: _Reading, unit: Unit, cues: list[Cue], clauses: _Clauses
) -> tuple[dict[int, _Found], list[_Credit | None]]:
    """What was found in the sentence's marks, by number, and the credit of each stretch that its
    own sentence gives."""
    spots: dict[int, _Found] = {}
    credits_: list[_Credit | None] = []
    for number, marked in enumerate(unit.marked):
        cue = credit(reading.page, unit, cues, number)
        own = (
            reading.credit(unit, cue)
            if cue is not None
            else reading.subject(unit, marked.whole.start)
        )
        credits_.append(own)
        reading.attend(own)
        given = own or _inherited(reading, unit)
        reading.last = given or reading.last
        if marked.continues and reading.unfinished is not None:
            _continue(reading.unfinished, marked, own)
            continue
        near = given.cue if given is not None and given.near else None
        reported = near is not None and _lies_in(marked.whole, near, clauses)
        reading.unfinished = None
        if is_speech(reading.text, reading.page, marked, reading.habit, near, reported=reported):
            spots[number] = reading.unfinished = _Found([marked], given)
            reading.found.append(reading.unfinished)
    return spots, credits_


def _inherited(reading: _Reading, unit: Unit) -> _Credit | None:
    """Who spoke before, in this paragraph or the one above."""
    last = reading.last
    if last is None or unit.paragraph - last.paragraph > 1:
        return None
    return (
        last
        if last.paragraph == unit.paragraph
        else replace(last, paragraph=unit.paragraph, near=False)
    )


def _continue(speech: _Found, marked: Marked, own: _Credit | None) -> None:
    """A speech that began in the paragraph before; a verb behind its end counts for all of it."""
    speech.stretches.append(marked)
    if own is not None and own.near and (speech.credit is None or not speech.credit.near):
        speech.credit = own


def _lies_in(whole: Span, cue: Cue, clauses: _Clauses) -> bool:
    at = bisect_left(clauses, whole.start + 1, key=lambda clause: clause[1].start) - 1
    return at >= 0 and clauses[at][0].verb == cue.verb and clauses[at][1].contains(whole)


def _read_clauses(
    reading: _Reading,
    unit: Unit,
    clauses: _Clauses,
    spots: dict[int, _Found],
    credits_: Sequence[_Credit | None],
) -> _Credit | None:
    """Add what the clauses of a sentence report; gives the last one's credit."""
    spoken: _Credit | None = None
    for cue, span in clauses:
        given = reading.credit(unit, cue)
        report = _report(unit, span, given, spots, credits_)
        if report is not None:
            reading.found.append(report)
            reading.attend(given)
            spoken = given
    return spoken


def _report(
    unit: Unit,
    span: Span,
    given: _Credit,
    spots: dict[int, _Found],
    credits_: Sequence[_Credit | None],
) -> _Found | None:
    """What a clause reports. It takes over the marked words in it that are the same speaker's;
    where some are another's, their own quotations say more than the clause does."""
    low = bisect_left(unit.marked, span.start, key=lambda each: each.whole.end - 1)
    high = bisect_left(unit.marked, span.end, key=lambda each: each.whole.start)
    narrated = span.end - span.start
    for number in range(low, high):
        marked, own = unit.marked[number], credits_[number]
        if not span.contains(marked.whole) or not marked.closed or marked.continues:
            return None
        if own is not None and own.cue.source != given.cue.source:
            return None
        narrated -= marked.whole.end - marked.whole.start
    if low < high and narrated < _NARRATED:
        return None
    taken = []
    for number in range(low, high):
        if number in spots:
            taken += spots[number].stretches
            spots[number].stretches = []
    return _Found(taken, given, span)


def _read_narration(reading: _Reading, unit: Unit, cues: list[Cue], spoken: _Credit | None) -> None:
    """Note whom a sentence without marks is about: an untagged speech after it is theirs."""
    if spoken is None and cues and cues[-1].source is not None:
        spoken = reading.credit(unit, cues[-1])
    spoken = spoken or reading.subject(unit, unit.end)
    reading.attend(spoken)
    reading.last = spoken or reading.last


def _nested(inner: Sequence[Marked], outer: Sequence[Quotation]) -> list[Quotation]:
    """The words that somebody quotes inside a quotation. Those inside what is no speech are
    nobody's."""
    found = []
    stretches = sorted(((words, each) for each in outer for words in each.quoted), key=_by_start)
    at = 0
    for marked in inner:
        while at < len(stretches) and stretches[at][0].end < marked.words.end:
            at += 1
        if at == len(stretches):
            break
        words, around = stretches[at]
        if words.contains(marked.words):
            found.append(
                replace(
                    around, span=marked.whole, kind="direct", quoted=(marked.words,), nested=True
                )
            )
    return found


def _by_start(stretch: tuple[Span, Quotation]) -> int:
    return stretch[0].start
