"""A check as HTML for the chat. Every datum is escaped here, once, and nowhere before."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from interface.rendering.checks.wording import (
    CHECK_LIMITS,
    CLAIM,
    NEAREST,
    NOTHING_NEAR,
    VERDICTS,
    check_summary,
    facts_lines,
    finding_lines,
    marked_spans,
    where_line,
    whose_words,
)
from interface.rendering.html import original_html, quoted_html
from interface.rendering.wording import pages_in_words, permalink, searched
from retrieval import Check, CheckedClaim, CheckedQuotation, Near, Occurrence


def check_html(check: Check) -> str:
    """A check: the count, each quotation with its places, each claim with what is near."""
    checked = [_quotation(each, check.draft) for each in check.quotations]
    checked += [_claim(each, check.draft) for each in check.claims]
    scope = escape(f"{searched(check.scope)}. {CHECK_LIMITS}")
    return (
        f'<div class="answer checks"><p class="verdict">{escape(check_summary(check))}.</p>'
        f'<ol class="citations">{"".join(checked)}</ol><p class="scope">{scope}</p></div>'
    )


def _quotation(checked: CheckedQuotation, draft: str) -> str:
    words = escape(f"{VERDICTS[checked.verdict]}: “{checked.span.of(draft).strip()}”")
    facts = _listed(finding_lines(checked, draft))
    is_found = checked.verdict != "not found"
    places = "".join(_place(place, is_found=is_found) for place in checked.places)
    return f'<li class="citation"><p class="checked">{words}</p>{facts}{places}</li>'


def _place(place: Occurrence, *, is_found: bool) -> str:
    words = quoted_html(place.article, place.context, place.pieces if is_found else ())
    whose = f'<span class="whose">{escape(whose_words(place))}</span>' if is_found else ""
    return f'<blockquote class="passage">{words}</blockquote>{_source(place, whose)}'


def _claim(claim: CheckedClaim, draft: str) -> str:
    words = escape(f"{CLAIM}: {claim.span.of(draft)}")
    near = "".join(_near(each, claim, draft) for each in claim.near)
    heading = _listed([NEAREST if claim.near else NOTHING_NEAR])
    return f'<li class="citation"><p class="checked">{words}</p>{heading}{near}</li>'


def _near(near: Near, claim: CheckedClaim, draft: str) -> str:
    words = quoted_html(near.article, near.span, marked_spans(near))
    facts = _listed(facts_lines(claim, near, draft))
    return f'<blockquote class="passage">{words}</blockquote>{facts}{_source(near, "")}'


def _source(place: Occurrence | Near, whose: str) -> str:
    page = pages_in_words(place.article, place.span)
    where = escape(where_line(place) + (f", {page}" if page else ""))
    return (
        f'<p class="source"><a class="cite" href="{escape(permalink(place.article, place.span))}">'
        f'{where}<span class="hidden">, open the article at these words</span></a>{whose}'
        f"{original_html(place.article, place.span)}</p>"
    )


def _listed(facts: Iterable[str]) -> str:
    lines = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    return f'<ul class="findings">{lines}</ul>' if lines else ""
