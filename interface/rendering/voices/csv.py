"""Voices as CSV (RFC 4180), for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from interface.rendering.cells import address_of, csv_table, titled
from retrieval import Place, Voice, Voices

COLUMNS = (
    "speaker", "role", "organisation", "utterance", "kind", "words", "context", "attribution",
    "article_id", "title", "publisher", "date", "url", "page", "start", "end", "sha256",
)  # fmt: skip


def voices_csv(voices: Voices) -> str:
    """One line for each place of each utterance under a line of column names: who speaks as that
    article tells it, and the words exactly. Fields are made inert as those of mentions are."""
    return csv_table(
        COLUMNS,
        (
            (*_speaker(voice, place), str(utterance.number), *_said(place))
            for voice in voices.voices
            for utterance in voice.utterances
            for place in utterance.places
        ),
    )


def _speaker(voice: Voice, place: Place) -> tuple[str | None, ...]:
    """One spelling for all places of a person, so that the column can be sorted by."""
    speaker = place.quotation.speaker
    if speaker is None:
        return None, None, None
    name = voice.person.name if voice.person and place.is_theirs else speaker.name
    return name, speaker.role, speaker.organisation


def _said(place: Place) -> Iterator[str | None]:
    article, quotation = place.article, place.quotation
    metadata, text = article.metadata, article.text
    yield quotation.kind
    yield quotation.span.of(text)
    yield place.context.of(text)
    yield quotation.attribution.of(text) if quotation.attribution else None
    yield article.article_id
    yield titled(metadata)
    yield metadata.publisher
    yield metadata.dated
    yield address_of(metadata)
    yield str(article.page_at(quotation.span.start) or "")
    yield str(quotation.span.start)
    yield str(quotation.span.end)
    yield article.sha256
