"""Voices and speakers as text for a terminal: words exactly, everything else around them."""

from __future__ import annotations

from collections.abc import Iterator

from corpus import Article, Span
from interface.rendering.terminal import origin_lines, quoted, visible
from interface.rendering.voices.wording import (
    REPORTED,
    UNRESOLVED,
    UNRESOLVED_LIMITS,
    VOICES_LIMITS,
    attribution_beside,
    carried,
    dates_of,
    described,
    differently_said,
    in_one_context,
    known_line,
    looked_through,
    published_by,
    quoted_in,
    speakers_summary,
    unresolved_line,
    voice_share,
    voices_summary,
)
from interface.rendering.wording import (
    LIMITS,
    absent,
    date_in_words,
    pages_in_words,
    searched,
    source_line,
    title_of,
)
from retrieval import Appearance, Place, Speakers, Utterance, Voice, Voices


def voices_text(voices: Voices, *, styled: bool) -> str:
    """Who says what, in lines: the time line, then each speaker with their words by article.
    styled: what stands in quotation marks in bold, for a terminal."""
    facts = [searched(voices.scope), absent(voices.scope.absent_terms), looked_through(voices)]
    lines = [visible(voices_summary(voices)), *(visible(fact) for fact in facts if fact)]
    lines += _timeline(voices)
    for voice in voices.voices:
        lines += ["", *_voice(voice, styled=styled)]
    return "\n".join([*lines, "", VOICES_LIMITS, *([LIMITS] if voices.voices else [])])


def speakers_text(speakers: Speakers) -> str:
    """People in lines; those who were looked for each with the articles that they speak in."""
    lines = []
    for known in speakers.people:
        lines.append(visible(known.person.title))
        if told := described(known.person):
            lines.append(f"    {visible(told)}")
        lines.append(f"    {known_line(known)}")
        if speakers.named is not None:
            lines += [f"    {visible(_appearance(each))}" for each in known.appearances]
    lines.append(visible(speakers_summary(speakers)))
    if speakers.total > len(speakers.people):
        lines.append(f"There are more: -n {speakers.total}")
    if unresolved := unresolved_line(speakers.unresolved):
        lines.append(unresolved)
    return "\n".join(lines)


def _appearance(each: Appearance) -> str:
    """As which speaker of which article: what a rule in speakers.toml needs."""
    speaker = each.speaker
    told = ", ".join(filter(None, (speaker.name, speaker.role, speaker.organisation)))
    return f"{each.article_id} · {date_in_words(each.date)} · {told}"


def _timeline(voices: Voices) -> Iterator[str]:
    """A line for each date, oldest first, with who spoke in an article of that date."""
    spoke: dict[str, dict[str, None]] = {}
    for voice in voices.voices:
        if voice.person is not None:
            for each in dates_of(voice):
                spoke.setdefault(each, {})[voice.person.title] = None
    if not spoke:
        return
    yield from ("", "Who spoke when, by the dates of the articles:")
    width = max(len(date_in_words(each)) for each in spoke)
    for each in sorted(spoke):
        yield visible(f"    {date_in_words(each):<{width}}  {'; '.join(spoke[each])}")


def _voice(voice: Voice, *, styled: bool) -> Iterator[str]:
    if voice.person is None:
        yield UNRESOLVED
        yield f"    {UNRESOLVED_LIMITS}"
    else:
        yield visible(voice.person.title)
        if told := described(voice.person):
            yield f"    {visible(told)}"
    yield f"    {voice_share(voice)}"
    for article, utterances in voice.by_article():
        yield ""
        yield f"    {visible(title_of(article))}"
        yield f"    {visible(source_line(article.metadata))}"
        yield from (f"    {line}" for line in origin_lines(article.metadata))
        for indirect in (False, True):
            for together in in_one_context(e for e in utterances if e.indirect == indirect):
                yield from _utterances(together, styled=styled)


def _utterances(together: list[Utterance], *, styled: bool) -> Iterator[str]:
    """Utterances of the same sentences."""
    place = together[0].places[0]
    span, marked = quoted_in(together)
    numbers = " ".join(f"[{utterance.number}]" for utterance in together)
    widened = "" if place.context == span else ", shown in their context"
    yield ""
    yield f"    {numbers} {_place(place.article, span)}{widened}"
    if together[0].indirect:
        yield f"    {REPORTED}:"
    yield quoted(place.article, place.context, marked, styled=styled)
    if attribution := attribution_beside(place):
        yield f"    ({visible(attribution.of(place.article.text))})"
    for utterance in together:
        yield from _others(utterance)


def _others(utterance: Utterance) -> Iterator[str]:
    for other in utterance.places[1:]:
        where = _place(other.article, other.quotation.span)
        notes = [visible(published_by(other.article.metadata)), where]
        notes += [visible(note) for note in (differently_said(other),) if note]
        yield f"    also: {' · '.join(notes)}"
        if other.pieces:
            yield f"    there: {visible(_wording(other))}"
    if len(utterance.places) > 1:
        yield f"    {carried(utterance)}"


def _place(article: Article, span: Span) -> str:
    page = pages_in_words(article, span)
    return visible(
        f"{article.article_id}, {page + ', ' if page else ''}characters {span.start} to {span.end}"
    )


def _wording(place: Place) -> str:
    """`ran [-aground-] {+onto rocks+}`: what only the first place has, and what only this one."""
    marks = {"both": ("", ""), "earlier": ("[-", "-]"), "later": ("{+", "+}")}
    return " ".join(
        f"{marks[piece.where][0]}{piece.words}{marks[piece.where][1]}" for piece in place.pieces
    )
