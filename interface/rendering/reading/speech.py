"""Whose words stand where in an article that is read, and who these people are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Quotation, Span, Speaker
from interface.rendering.reading.wording import NOBODYS_BADGE, quotations_counted
from interface.rendering.speaking import UNRESOLVED, speaker_in_words, words_of

# As reader.css has them; the seventh speaker has the colour of the first, and a badge of their own.
COLOURS = 6


@dataclass(frozen=True, slots=True)
class SpeakerShown:
    """Somebody who speaks in the article.

    badge: stands before their words, from 1 in the order of the text; `?` where the article does
        not make certain who speaks. colour: from 1 to COLOURS, and 0 for those.
    name: as the article has it, with role and organisation. counts: of their quotations.
    quoted, reported: what is said of words of theirs, in quotation marks and without.
    """

    badge: str
    colour: int
    name: str
    counts: str
    quoted: str
    reported: str


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of one speaker.

    speaker: their place in the legend, from 0. told: reported without quotation marks.
    opens: whether a quotation begins here, and does not go on.
    """

    span: Span
    speaker: int
    told: bool
    opens: bool


def heard(
    quotations: Iterable[Quotation], *, in_brief: bool
) -> tuple[tuple[SpeakerShown, ...], tuple[Speech, ...]]:
    """The speakers in the order in which they first speak, unresolved words last, and what they
    say, in the order of the text and disjoint. What somebody quotes inside a quotation belongs
    to that one."""
    # The longest first, so that what lies inside another quotation is part of it.
    ordered = sorted(quotations, key=lambda each: (each.span.start, each.nested, -each.span.end))
    spoken: list[tuple[Quotation, list[Span]]] = []
    at = 0
    for quotation in ordered:
        shown = []
        for span in _stretches(quotation):
            if (start := max(span.start, at)) < span.end:
                shown.append(Span(start, span.end))
                at = span.end
        if shown:
            spoken.append((quotation, shown))
    known: list[Speaker | None] = list(
        dict.fromkeys(each.speaker for each, _ in spoken if each.speaker is not None)
    )
    if any(each.speaker is None for each, _ in spoken):
        known.append(None)
    number = {speaker: position for position, speaker in enumerate(known)}
    legend = tuple(
        _shown(speaker, position, [each for each, _ in spoken if each.speaker == speaker], in_brief)
        for speaker, position in number.items()
    )
    speeches = tuple(
        Speech(span, number[quotation.speaker], quotation.kind == "indirect", span is shown[0])
        for quotation, shown in spoken
        for span in shown
    )
    return legend, speeches


def _stretches(quotation: Quotation) -> list[Span]:
    """The words that are somebody's; a direct quotation with the marks around it."""
    if quotation.kind == "indirect":
        return [quotation.span]
    spans = list(quotation.quoted)
    if quotation.kind == "direct":
        spans[0] = Span(quotation.span.start, spans[0].end)
        spans[-1] = Span(spans[-1].start, quotation.span.end)
    return spans


def _shown(
    speaker: Speaker | None, position: int, theirs: list[Quotation], in_brief: bool
) -> SpeakerShown:
    reported = sum(each.kind == "indirect" for each in theirs)
    return SpeakerShown(
        badge=NOBODYS_BADGE if speaker is None else str(position + 1),
        colour=0 if speaker is None else position % COLOURS + 1,
        name=UNRESOLVED if speaker is None else speaker_in_words(speaker),
        counts=quotations_counted(len(theirs) - reported, reported),
        quoted=words_of(speaker, reported=False, in_brief=in_brief),
        reported=words_of(speaker, reported=True, in_brief=in_brief),
    )
