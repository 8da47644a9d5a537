"""The JSON of a check, which the command line and programs share."""

from __future__ import annotations

from typing import Any

from corpus import Span
from retrieval.answers.serialise import (
    FORMAT,
    article_as_json,
    quotation_as_json,
    scope_as_json,
    span_as_json,
)
from retrieval.checking.outcome import (
    Check,
    CheckedClaim,
    CheckedQuotation,
    Near,
    Occurrence,
)
from retrieval.checking.words.differences import Cut, Difference


def check_as_json(check: Check) -> dict[str, Any]:
    """See docs/check.md. Offsets are code points, end exclusive: of what stands under `draft` in
    the draft, of everything else in the article's text."""
    return {
        "format": FORMAT,
        "exact": check.is_exact,
        "quotation_marks": check.has_marks,
        "quotations": [_quotation(each, check.draft) for each in check.quotations],
        "claims": [_claim(each, check.draft) for each in check.claims],
        "scope": scope_as_json(check.scope),
        "index": {"generation": check.generation, "built": check.built},
    }


def _quotation(checked: CheckedQuotation, draft: str) -> dict[str, Any]:
    speaker = checked.speaker
    # Differences and cuts are those of the first place.
    text = checked.places[0].article.text if checked.places else ""
    return {
        "draft": _stretch(checked.span, draft),
        "named": {
            "speaker": speaker.name,
            "role": speaker.role,
            "organisation": speaker.organisation,
        }
        if speaker
        else None,
        "verdict": checked.verdict,
        "attribution": checked.attribution,
        "places": [_place(place) for place in checked.places],
        "differences": [_difference(each, draft, text) for each in checked.differences],
        "cuts": [_cut(cut, text) for cut in checked.cuts],
        "also_in": [
            {
                "article_id": other.article_id,
                "sha256": other.sha256,
                "start": other.span.start,
                "end": other.span.end,
            }
            for other in checked.elsewhere
        ],
        "articles": checked.articles,
        "distinct_texts": checked.texts,
    }


def _place(place: Occurrence) -> dict[str, Any]:
    text = place.article.text
    return {
        **_stretch(place.span, text),
        "page": place.article.page_at(place.span.start),
        "pieces": [span_as_json(piece) for piece in place.pieces],
        "context": span_as_json(place.context),
        "words_of": place.words_of,
        "quotation": quotation_as_json(place.quotation) if place.quotation else None,
        "article": article_as_json(place.article),
    }


def _difference(each: Difference, draft: str, text: str) -> dict[str, Any]:
    return {
        "draft": _stretch(each.drafted, draft) if each.drafted else None,
        "draft_at": each.drafted_at,
        "source": _stretch(each.source, text) if each.source else None,
        "source_at": each.source_at,
        "numbers": each.numbers,
        "negation": each.negation,
    }


def _cut(cut: Cut, text: str) -> dict[str, Any]:
    return {
        **_stretch(cut.span, text),
        "shown": cut.shown,
        "negations": [span_as_json(span) for span in cut.negations],
    }


def _claim(checked: CheckedClaim, draft: str) -> dict[str, Any]:
    return {
        "draft": _stretch(checked.span, draft),
        "facts": [{"kind": fact.kind, **_stretch(fact.span, draft)} for fact in checked.facts],
        "nearest": [_near(near) for near in checked.near],
    }


def _near(near: Near) -> dict[str, Any]:
    return {
        **_stretch(near.span, near.article.text),
        "page": near.article.page_at(near.span.start),
        "highlights": [span_as_json(span) for span in near.highlights],
        "found": [[span_as_json(span) for span in spans] for spans in near.found],
        "article": article_as_json(near.article),
    }


def _stretch(span: Span, text: str) -> dict[str, Any]:
    return {"text": span.of(text), "start": span.start, "end": span.end}
