"""Which passages a search may find, and what was searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index import Filter, SearchIndex, terms
from retrieval.answers.answer import Scope
from retrieval.errors import UnknownSpeaker, UnusableQuestion
from retrieval.questions.phrases import holds
from retrieval.questions.question import Question


def require_speaker(chosen: Filter, index: SearchIndex) -> None:
    """Raises UnknownSpeaker where the filter names a speaker whom the collection has not."""
    if chosen.speaker is not None and not index.catalogue.people_named(chosen.speaker):
        raise UnknownSpeaker(
            f"Nobody named {chosen.speaker} speaks in this collection. See who does with: "
            "onrecord speakers"
        )


def allowed_rows(
    index: SearchIndex, chosen: Filter, among: Sequence[int] | None
) -> Callable[[int], bool]:
    """Whether a row passes the filter and holds every phrase."""
    if not chosen and among is None:
        return lambda row: True
    rows = set(index.catalogue.matching(chosen).tolist())
    return rows.__contains__ if among is None else rows.intersection(among).__contains__


def rows_with(phrases: Sequence[str], index: SearchIndex, chosen: Filter) -> list[int] | None:
    """The rows whose passages hold every phrase exactly; None where there is no phrase."""
    if not phrases:
        return None
    query = [term for phrase in phrases for term in terms(phrase)]
    if not all(terms(phrase) for phrase in phrases):
        raise UnusableQuestion(
            "Words in quotation marks must occur exactly, and one of these has only words that "
            "are too common to look for. Quote more words, or leave the marks out."
        )
    return [
        row
        for row in index.rows_holding(query, chosen)
        if all(holds(index.passage(row).text, phrase) for phrase in phrases)
    ]


def scope_of(
    question: Question, phrases: Sequence[str], chosen: Filter, index: SearchIndex
) -> Scope:
    """phrases: those of which it is not known that they stand somewhere."""
    absent = [question.word(term) for term in question.terms if not index.occurs(term)]
    absent += [f"“{phrase}”" for phrase in phrases if not rows_with([phrase], index, Filter())]
    return Scope(*index.catalogue.scope(chosen), absent_terms=tuple(absent))
