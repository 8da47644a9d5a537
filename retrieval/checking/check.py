"""Checking a draft: its quotations against the words of the articles, its claims beside them."""

from __future__ import annotations

from index import Encoder, SearchIndex
from retrieval.answers.answer import Scope
from retrieval.checking.claims.nearest import check_claim
from retrieval.checking.draft import read_draft
from retrieval.checking.outcome import Check
from retrieval.checking.quotations import check_quotation


def check_text(
    text: str, index: SearchIndex, encoder: Encoder | None, *, is_whole: bool = True
) -> Check:
    """Check every quotation and every claim of a text.

    is_whole: a text without quotation marks is one quotation, too; it is no claim any more where
        it stands somewhere exactly. Else, as in a draft, it has none.
    encoder: the one that the index was built with, which only claims need; None searches for
        them by words alone.
    Raises UnusableDraft, and IndexDamaged where an article is not what was indexed.
    """
    text = text.encode(errors="replace").decode()  # half a surrogate pair is "?"
    draft = read_draft(text, is_whole=is_whole)
    quotations = tuple(check_quotation(each, text, index) for each in draft.quotations)
    is_found = not draft.has_marks and any(each.articles for each in quotations)
    claims = () if is_found else draft.claims
    return Check(
        draft=text,
        has_marks=draft.has_marks,
        quotations=quotations,
        claims=tuple(check_claim(spans, text, index, encoder) for spans in claims),
        scope=Scope(*index.catalogue.scope(), absent_terms=()),
        generation=index.manifest.generation,
        built=index.manifest.built,
    )
