"""The program's own words about people and what they say. None says anything about the world."""

from __future__ import annotations

from collections.abc import Iterable

from corpus import Metadata, Person, Span
from interface.rendering.wording import (
    about_line,
    brief_line,
    counted,
    date_in_words,
    dates_between,
    disjoint,
    original_title,
    source_line,
)
from retrieval import KnownSpeaker, Place, Speakers, Utterance, Voice, Voices

UNRESOLVED = "Speaker not certain"
UNRESOLVED_LIMITS = "The article does not show for certain who says this."
VOICES_LIMITS = (
    "Listed are the quotations in passages on the subject. Who speaks is read from the article's "
    "own words; where these are not plain, nobody is named."
)
REPORTED = "Reported, not word for word"
SPEAKERS_CAPTION = "Speakers, the most quoted first"
# (how its cells look, its name)
SPEAKER_COLUMNS = (
    ("name", "Speaker"),
    ("count", "Quotations"),
    ("count", "Articles"),
    ("date", "Dates"),
)
TO_FILTER = "A name leads to Ask and sets the filter “Speaker” there."

# Roles and organisations that stand beside a name; the others are in the JSON.
_TOLD = 3


def voices_summary(voices: Voices) -> str:
    """`5 speakers, 12 utterances in 4 articles, 3 distinct texts, on “night fishing”`."""
    if not voices.voices:
        return f"Nobody is quoted on “{voices.asked}”"
    who = counted(voices.people, "speaker")
    return (
        f"{who}, {counted(voices.utterances, 'utterance')} in "
        f"{articles_and_texts(voices.articles, voices.texts)}, on “{voices.asked}”"
    )


def looked_through(voices: Voices) -> str:
    """Which passages the quotations stand in."""
    on = "that hold these words" if voices.by_words else "on the subject"
    if not voices.passages:
        return f"No passages {on} were found"
    passages = counted(voices.passages, "passage")
    if voices.more:
        return f"Looked through the {passages} that match best; others may be on the subject too"
    return f"Looked through {passages} {on}"


def articles_and_texts(articles: int, texts: int) -> str:
    """`5 articles, 2 distinct texts`, or `5 articles` where each is one."""
    told = counted(articles, "article")
    return told if texts == articles else f"{told}, {counted(texts, 'distinct text')}"


def described(person: Person) -> str:
    """The commonest roles and organisations beside what the person is called by; nothing where
    none is given: `police and crime commissioner; Nottinghamshire`."""
    said = {person.title, *(() if person.name else (*person.roles[:1], *person.organisations[:1]))}
    lists = [
        [each for each in given if each not in said]
        for given in (person.roles, person.organisations)
    ]
    return "; ".join(
        ", ".join(given[:_TOLD]) + (", …" if len(given) > _TOLD else "") for given in lists if given
    )


def voice_share(voice: Voice) -> str:
    """`3 utterances in 5 articles, 2 distinct texts`."""
    articles = len({place.article.article_id for place in voice.places})
    texts = len({place.earliest for place in voice.places})
    utterances = counted(len(voice.utterances), "utterance")
    return f"{utterances} in {articles_and_texts(articles, texts)}"


def in_one_context(utterances: Iterable[Utterance]) -> list[list[Utterance]]:
    """Those that stand first in the same sentences together, so that these are shown once."""
    by_context: dict[Span, list[Utterance]] = {}
    for utterance in utterances:
        by_context.setdefault(utterance.places[0].context, []).append(utterance)
    return list(by_context.values())


def quoted_in(utterances: Iterable[Utterance]) -> tuple[Span, list[Span]]:
    """From the first of their words to the last, where they stand first, and what of them stands
    in quotation marks: in order, disjoint."""
    quotations = [utterance.places[0].quotation for utterance in utterances]
    marked = disjoint(span for quotation in quotations for span in quotation.quoted)
    start = min(quotation.span.start for quotation in quotations)
    return Span(start, max(quotation.span.end for quotation in quotations)), marked


def attribution_beside(place: Place) -> Span | None:
    """What shows who speaks, where it does not stand in the context."""
    attribution = place.quotation.attribution
    if attribution is None or place.context.contains(attribution):
        return None
    return attribution


def carried(utterance: Utterance) -> str:
    """How often an utterance is carried, where it is more than once: `In 5 articles, 2 distinct
    texts`."""
    if len(utterance.places) == 1:
        return ""
    articles = len({place.article.article_id for place in utterance.places})
    return f"In {articles_and_texts(articles, utterance.texts)}"


def differently_said(place: Place) -> str:
    """To whom another article gives the same words, where it is not the same person."""
    if place.is_theirs:
        return ""
    speaker = place.quotation.speaker
    if speaker is None:
        return "speaker not certain there"
    named = Person(((place.article.article_id, speaker),)).title
    return f"given there to: {named}"


def published_by(metadata: Metadata) -> str:
    """Publisher and date in a line; for a brief, what it is about."""
    brief = brief_line(metadata)
    if brief is None:
        return source_line(metadata)
    return f"{brief} {original_title(metadata)}{about_line(metadata)}"


def known_line(known: KnownSpeaker) -> str:
    """`12 quotations (8 direct, 2 mixed, 2 indirect) in 5 articles, April 2018 to 2 May 2019`."""
    kinds = ", ".join(
        f"{number:,} {kind}"
        for kind, number in (
            ("direct", known.direct), ("mixed", known.mixed), ("indirect", known.indirect),
        )
        if number
    )  # fmt: skip
    dates = dates_between(known.first, known.last) or date_in_words(None)
    return (
        f"{counted(known.quotations, 'quotation')} ({kinds}) in "
        f"{articles_and_texts(known.articles, known.texts)}, {dates}"
    )


def speakers_summary(speakers: Speakers) -> str:
    """`12 speakers.`"""
    if speakers.total:
        return f"{counted(speakers.total, 'speaker')}."
    if speakers.named is None:
        return "Nobody is quoted in this collection."
    return f"Nobody named {speakers.named} speaks in this collection."


def more_speakers(speakers: Speakers) -> str:
    """Where not all are shown: `The 100 most quoted are shown. Search by name for the others.`"""
    if speakers.total == len(speakers.people):
        return ""
    return f"The {len(speakers.people):,} most quoted are shown. Search by name for the others."


def fewer_texts(known: KnownSpeaker) -> str:
    """`2 distinct texts`, or nothing where each article is one."""
    return "" if known.texts == known.articles else counted(known.texts, "distinct text")


def unresolved_line(unresolved: int) -> str:
    """So that nobody takes the list for all that is said."""
    if not unresolved:
        return ""
    verb = "has" if unresolved == 1 else "have"
    more = counted(unresolved, "more quotation")
    return f"{more} {verb} no speaker who is certain and {verb} no place in this list."


def dates_of(voice: Voice) -> list[str]:
    """The date of each place of each utterance that has one, ISO 8601 as far as it is known."""
    return [place.article.metadata.dated for place in voice.places if place.article.metadata.dated]
