"""The canonical JSON of voices and of speakers, which the command line and exports share."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from corpus import Person
from retrieval.answers.serialise import (
    FORMAT,
    article_as_json,
    quotation_as_json,
    scope_as_json,
    span_as_json,
)
from retrieval.speakers import Appearance, KnownSpeaker, Speakers
from retrieval.voices.voices import Place, Utterance, Voice, Voices


def voices_as_json(voices: Voices) -> dict[str, Any]:
    """See docs/voices.md. Offsets are code points in the article's text, end exclusive."""
    return {
        "format": FORMAT,
        "subject": voices.asked,
        "by_words": voices.by_words,
        "passages": voices.passages,
        "more": voices.more,
        "people": voices.people,
        "utterances": voices.utterances,
        "articles": voices.articles,
        "texts": voices.texts,
        "voices": [_voice(voice) for voice in voices.voices],
        "scope": scope_as_json(voices.scope),
        "index": {"generation": voices.generation, "built": voices.built},
    }


def speakers_as_json(speakers: Speakers) -> dict[str, Any]:
    """See docs/speakers.md."""
    return {
        "format": FORMAT,
        "named": speakers.named,
        "people": speakers.total,
        "unresolved": speakers.unresolved,
        "speakers": [_known(known) for known in speakers.people],
        "index": {"generation": speakers.generation, "built": speakers.built},
    }


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "person": _person(voice.person) if voice.person else None,
        "utterances": [_utterance(utterance) for utterance in voice.utterances],
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "roles": list(person.roles),
        "organisations": list(person.organisations),
    }


def _utterance(utterance: Utterance) -> dict[str, Any]:
    return {
        "number": utterance.number,
        "indirect": utterance.indirect,
        "texts": utterance.texts,
        "places": [_place(place) for place in utterance.places],
    }


def _place(place: Place) -> dict[str, Any]:
    article, span = place.article, place.quotation.span
    return {
        "article": article_as_json(article),
        "text": span.of(article.text),
        **quotation_as_json(place.quotation),
        "context": span_as_json(place.context),
        "page": article.page_at(span.start),
        "is_theirs": place.is_theirs,
        "differences": [[piece.where, piece.words] for piece in place.pieces],
    }


def _known(known: KnownSpeaker) -> dict[str, Any]:
    return {
        **_person(known.person),
        "quotations": known.quotations,
        "direct": known.direct,
        "mixed": known.mixed,
        "indirect": known.indirect,
        "articles": known.articles,
        "texts": known.texts,
        "first": known.first,
        "last": known.last,
        "appearances": [_appearance(appearance) for appearance in known.appearances],
    }


def _appearance(appearance: Appearance) -> dict[str, Any]:
    return {
        "article_id": appearance.article_id,
        "date": appearance.date,
        **asdict(appearance.speaker),
        "direct": appearance.direct,
        "mixed": appearance.mixed,
        "indirect": appearance.indirect,
    }
