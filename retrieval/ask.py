"""From a question to an answer made of citations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index import Encoder, Filter, SearchIndex, terms
from retrieval.answers.answer import (
    Answer,
    IndexState,
    Scope,
)
from retrieval.answers.balance import heard_in
from retrieval.answers.candidates import Candidates
from retrieval.answers.citing import citation_of
from retrieval.answers.earliest import under_the_earliest
from retrieval.answers.selection import reports_of, select
from retrieval.answers.support import (
    answer_support,
)
from retrieval.errors import UnknownSpeaker, UnusableQuestion
from retrieval.questions.asked_speaker import asked_speaker
from retrieval.questions.follow_up import FollowUp, follow_up
from retrieval.questions.phrases import holds, read_phrases
from retrieval.questions.question import Question, read_question
from retrieval.questions.two_sided import Subject, subject_of
from retrieval.ranking.hybrid import HybridRanking, rank_hybrid
from retrieval.ranking.query import Query, query_of

# Citations in an answer, unless asked for more or fewer.
DEFAULT_LIMIT = 5


def ask(
    asked: str,
    index: SearchIndex,
    encoder: Encoder | None,
    *,
    limit: int = DEFAULT_LIMIT,
    chosen: Filter | None = None,
    after: Sequence[str] = (),
    as_asked: bool = False,
) -> Answer:
    """Answer a question with at most `limit` passages of the index.

    after: the person's questions before this one, oldest first. One that leans on them is searched
        for with words of theirs; see retrieval.questions.follow_up.
    as_asked: search for the question itself, with nothing taken over and nothing left out. Else one
        that has two sides is searched for without the words that take one; see
        retrieval.questions.two_sided.
    encoder: the one that the index was built with; None searches by words alone.
    Raises UnusableQuestion, UnknownSpeaker, and IndexDamaged where a passage is not what was
    indexed.
    """
    question = read_question(asked).text
    followed = FollowUp(question, ()) if as_asked else follow_up(question, after)
    subject = Subject(question, ()) if as_asked else subject_of(followed.searched_for)
    query = query_of(read_question(subject.searched_for), index, encoder)
    chosen = chosen or Filter()
    if chosen.speaker is not None and not index.catalogue.people_named(chosen.speaker):
        raise UnknownSpeaker(
            f"Nobody named {chosen.speaker} speaks in this collection. See who does with: "
            "onrecord speakers"
        )
    phrases, _ = read_phrases(query.question.text)
    among = _holding(phrases, index, chosen)
    ranked = rank_hybrid(query, index, read=limit, chosen=chosen, among=among)
    candidates = Candidates(ranked, query, index, quoted=bool(phrases))
    found = candidates.leaders()
    own, speaker = _own_words(query, index, limit, chosen, among)
    first = Candidates(own, query, index, quoted=bool(phrases)).leaders() if own else []
    theirs = {candidate.row for candidate in first if candidate.support != "none"}
    reports = reports_of([*first, *(each for each in found if each.row not in theirs)])
    heard = heard_in(reports, index) if subject.left_out else None
    selected = select(reports, query, len(reports) if theirs else limit, heard)
    selected.sort(key=lambda report: report.candidate.row not in theirs)
    selected = under_the_earliest(
        selected[:limit],
        {candidate.row for candidate in (*first, *found)},
        query,
        index,
        candidates.read,
        _allowed(index, chosen, among),
    )
    rankings = (own, ranked) if own and theirs else (ranked,)
    citations = tuple(
        citation_of(number, report, rankings, index)
        for number, report in enumerate(selected, start=1)
    )
    return Answer(
        question=asked.strip().encode(errors="replace").decode(),  # half a surrogate pair is "?"
        searched_for=subject.searched_for,
        speaker=speaker if theirs else None,
        taken_over=followed.taken_over,
        support=answer_support(citation.support for citation in citations),
        citations=citations,
        # Where rows hold all phrases, none is absent.
        scope=_scope(query.question, () if among else phrases, chosen, index),
        index=IndexState(
            generation=index.manifest.generation,
            built=index.manifest.built,
            parts={
                "lexical": 1.0,
                "dense": 1.0 if index.vectors is not None else 0.0,
                "late": 1.0 if index.words is not None else 0.0,
            },
        ),
        left_out=subject.left_out,
    )


def _own_words(
    query: Query, index: SearchIndex, limit: int, chosen: Filter, among: Sequence[int] | None
) -> tuple[HybridRanking | None, str | None]:
    """Where the question asks for somebody's words: the ranking of the passages in which they
    speak, and their name in the question's words."""
    speaker = asked_speaker(query.question.text) if chosen.speaker is None else None
    if speaker is None or not index.catalogue.people_named(speaker):
        return None, None
    theirs = replace(chosen, speaker=speaker)
    return rank_hybrid(query, index, read=limit, chosen=theirs, among=among), speaker


def _allowed(
    index: SearchIndex, chosen: Filter, among: Sequence[int] | None
) -> Callable[[int], bool]:
    """Whether a row passes the filter and holds every phrase."""
    if not chosen and among is None:
        return lambda row: True
    rows = set(index.catalogue.matching(chosen).tolist())
    return rows.__contains__ if among is None else rows.intersection(among).__contains__


def _holding(phrases: Sequence[str], index: SearchIndex, chosen: Filter) -> list[int] | None:
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


def _scope(question: Question, phrases: Sequence[str], chosen: Filter, index: SearchIndex) -> Scope:
    """phrases: those of which it is not known that they stand somewhere."""
    absent = [question.word(term) for term in question.terms if not index.occurs(term)]
    absent += [f"“{phrase}”" for phrase in phrases if not _holding([phrase], index, Filter())]
    return Scope(*index.catalogue.scope(chosen), absent_terms=tuple(absent))
