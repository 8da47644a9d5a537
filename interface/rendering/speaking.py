"""Who speaks in a citation, in fixed words around names and words of the article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Quotation, Span, Speaker
from retrieval import CautionKind, Citation

UNRESOLVED = "The article does not make certain whose words these are"
_OWN, _REPORTED = "Words of", "Reported words of"
_BRIEF = {_OWN: "Words, quoted in our brief, of", _REPORTED: "Reported in our brief of"}
_CAUTIONS: dict[CautionKind, str] = {
    "condition": "a condition",
    "denial": "a denial",
    "allegation": "an allegation",
}


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A line on one speaker of a citation: fixed `words`, the `speaker` as the article calls them,
    the words of the article that show it, and fixed words on where these stand."""

    words: str
    speaker: str
    shown_by: str
    where: str

    @property
    def told(self) -> str:
        """`Words of: Ann Lee (harbour master); “she said”, before this passage`."""
        told = f"{self.words}: {self.speaker}" if self.speaker else self.words
        if self.shown_by:
            told += f"; “{self.shown_by}”{self.where}"
        return told


def speaker_in_words(speaker: Speaker) -> str:
    """`Ann Lee (harbour master, Elmbridge Council)`, as far as it is known."""
    known = [part for part in (speaker.name, speaker.role, speaker.organisation) if part]
    return f"{known[0]} ({', '.join(known[1:])})" if known[1:] else known[0]


def speaker_lines(citation: Citation) -> list[SpeakerLine]:
    """A line for each speaker of the citation and way of reporting, in the order of the text;
    words that somebody quotes inside a quotation have no line of their own."""
    lines: dict[tuple[str, str], SpeakerLine] = {}
    for quotation in citation.quotations:
        if quotation.nested and len(citation.quotations) > 1:
            continue
        line = _line(citation, quotation)
        lines.setdefault((line.words, line.speaker), line)
    return list(lines.values())


def words_of(speaker: Speaker | None, *, reported: bool, in_brief: bool) -> str:
    """`Words of: Ann Lee (harbour master)`; a brief says that they stand in a brief."""
    if speaker is None:
        return UNRESOLVED
    words = _REPORTED if reported else _OWN
    return f"{_BRIEF[words] if in_brief else words}: {speaker_in_words(speaker)}"


def their_words(quotations: Iterable[Quotation], within: Span) -> tuple[list[Span], list[Span]]:
    """The spans of words quoted, and of words reported without quotation marks, cut to `within`;
    each in order and disjoint."""
    quotations = list(quotations)
    quoted = _cut([span for each in quotations for span in each.quoted], within)
    told = _cut([each.span for each in quotations if each.kind == "indirect"], within)
    return quoted, told


def caution_line(citation: Citation) -> str:
    """`In the highlighted words: a condition (“if”), a denial (“denied”)`, or nothing."""
    text = citation.article.text
    cues: dict[tuple[str, str], str] = {}
    for caution in citation.cautions:
        cue = caution.span.of(text)
        told = f"{_CAUTIONS[caution.kind]} (“{cue}”)"
        cues.setdefault((caution.kind, cue.casefold()), told)
    return f"In the highlighted words: {', '.join(cues.values())}" if cues else ""


def _line(citation: Citation, quotation: Quotation) -> SpeakerLine:
    if quotation.speaker is None:
        return SpeakerLine(UNRESOLVED, "", "", "")
    article, passage = citation.article, citation.passage.span
    words = _REPORTED if quotation.kind == "indirect" else _OWN
    if article.metadata.kind == "brief":
        words = _BRIEF[words]
    shown_by, where = "", ""
    if (shown := quotation.attribution) is not None and not passage.contains(shown):
        shown_by = " ".join(shown.of(article.text).split())
        where = ", before this passage" if shown.start < passage.start else ", after this passage"
    return SpeakerLine(words, speaker_in_words(quotation.speaker), shown_by, where)


def _cut(spans: Iterable[Span], within: Span) -> list[Span]:
    cut: list[Span] = []
    for span in sorted(spans):
        start = max(span.start, within.start, cut[-1].end if cut else 0)
        end = min(span.end, within.end)
        if start < end:
            cut.append(Span(start, end))
    return cut
