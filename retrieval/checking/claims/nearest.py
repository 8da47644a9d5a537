"""The passages nearest to a claim, with what of its numbers, dates and names stands in each."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Span
from index import Encoder, SearchIndex
from retrieval.ask import ask
from retrieval.checking.claims.facts import facts_of, places_of_fact
from retrieval.checking.outcome import CheckedClaim, Near
from retrieval.errors import UnusableQuestion
from retrieval.questions.question import LONGEST_QUESTION

# Passages shown beside a claim.
_NEAREST = 3


def check_claim(
    spans: Sequence[Span], text: str, index: SearchIndex, encoder: Encoder | None
) -> CheckedClaim:
    """spans: the stretches of the draft `text` that make the claim, in order."""
    facts = facts_of(text, spans)
    words = " ".join(span.of(text) for span in spans)[:LONGEST_QUESTION]
    try:
        citations = ask(words, index, encoder, limit=_NEAREST).citations
    except UnusableQuestion:  # only words that are too common
        citations = ()
    return CheckedClaim(
        span=Span(spans[0].start, spans[-1].end),
        facts=facts,
        near=tuple(
            Near(
                citation.article,
                citation.passage.span,
                citation.highlights,
                tuple(
                    places_of_fact(fact, text, citation.article.text, citation.passage.span)
                    for fact in facts
                ),
            )
            for citation in citations
        ),
    )
