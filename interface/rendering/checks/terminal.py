"""A check as text for a terminal: words of draft and articles exactly, everything else around
them."""

from __future__ import annotations

from collections.abc import Iterator

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
from interface.rendering.terminal import quoted, visible
from interface.rendering.wording import pages_in_words, searched
from retrieval import Check, CheckedClaim, CheckedQuotation, Near, Occurrence


def check_text_lines(check: Check, *, styled: bool) -> str:
    """The check in lines. styled: the words that were found in bold, for a terminal."""
    lines = [check_summary(check), searched(check.scope)]
    for quotation in check.quotations:
        lines += ["", *_quotation(quotation, check.draft, styled=styled)]
    for claim in check.claims:
        lines += ["", *_claim(claim, check.draft, styled=styled)]
    return "\n".join([*lines, "", CHECK_LIMITS])


def _quotation(checked: CheckedQuotation, draft: str, *, styled: bool) -> Iterator[str]:
    yield visible(f"{VERDICTS[checked.verdict]}: “{checked.span.of(draft).strip()}”")
    yield from (f"    {visible(line)}" for line in finding_lines(checked, draft))
    for place in checked.places:
        yield from _place(place, is_found=checked.verdict != "not found", styled=styled)


def _place(place: Occurrence, *, is_found: bool, styled: bool) -> Iterator[str]:
    yield f"    {visible(where_line(place))}"
    if is_found:
        yield f"    {visible(whose_words(place))}"
    yield f"    {_characters(place)}"
    yield quoted(place.article, place.context, place.pieces if is_found else (), styled=styled)


def _claim(claim: CheckedClaim, draft: str, *, styled: bool) -> Iterator[str]:
    yield visible(f"{CLAIM}: {claim.span.of(draft)}")
    yield f"    {NEAREST}" if claim.near else f"    {NOTHING_NEAR}"
    for near in claim.near:
        yield f"    {visible(where_line(near))}"
        yield from (f"    {visible(line)}" for line in facts_lines(claim, near, draft))
        yield f"    {_characters(near)}"
        yield quoted(near.article, near.span, marked_spans(near), styled=styled)


def _characters(place: Occurrence | Near) -> str:
    page = pages_in_words(place.article, place.span)
    where = f"characters {place.span.start} to {place.span.end}"
    return f"{visible(place.article.article_id)}, {page + ', ' if page else ''}{where}"
