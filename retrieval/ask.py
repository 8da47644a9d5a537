"""From a question to an answer made of citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from corpus import interval
from index import Encoder, Filter, SearchIndex
from retrieval.answers.answer import (
    Answer,
    IndexState,
)
from retrieval.answers.citing import citation_of
from retrieval.choosing.balance import heard_in
from retrieval.choosing.candidates import Candidates
from retrieval.choosing.earliest import under_the_earliest
from retrieval.choosing.selection import Report, reports_of, select
from retrieval.choosing.support import (
    answer_support,
)
from retrieval.questions.asked_speaker import asked_speaker
from retrieval.questions.follow_up import FollowUp, follow_up
from retrieval.questions.phrases import read_phrases
from retrieval.questions.question import read_question
from retrieval.questions.two_sided import Subject, subject_of
from retrieval.ranking.hybrid import HybridRanking, rank_hybrid
from retrieval.ranking.query import Query, query_of
from retrieval.scope import allowed_rows, require_speaker, rows_with, scope_of

# Citations in an answer, unless asked for more or fewer.
DEFAULT_LIMIT = 5

# How the citations of an answer are ordered: best first, or by the dates of their articles. Which
# passages are cited does not depend on it.
CitationOrder = Literal["relevance", "newest", "oldest"]


def ask(
    asked: str,
    index: SearchIndex,
    encoder: Encoder | None,
    *,
    limit: int = DEFAULT_LIMIT,
    chosen: Filter | None = None,
    after: Sequence[str] = (),
    as_asked: bool = False,
    order: CitationOrder = "relevance",
) -> Answer:
    """Answer a question with at most `limit` passages of the index.

    after: the person's questions before this one, oldest first. One that leans on them is searched
        for with words of theirs; see retrieval.questions.follow_up.
    as_asked: search for the question itself, with nothing taken over and nothing left out. Else one
        that has two sides is searched for without the words that take one; see
        retrieval.questions.two_sided.
    order: by date, one known to the month or the year counts as its first day and articles without
        one come last; equals stay in the order of relevance.
    encoder: the one that the index was built with; None searches by words alone.
    Raises UnusableQuestion, UnknownSpeaker, and IndexDamaged where a passage is not what was
    indexed.
    """
    question = read_question(asked).text
    followed = FollowUp(question, ()) if as_asked else follow_up(question, after)
    subject = Subject(question, ()) if as_asked else subject_of(followed.searched_for)
    query = query_of(read_question(subject.searched_for), index, encoder)
    chosen = chosen or Filter()
    require_speaker(chosen, index)
    phrases, _ = read_phrases(query.question.text)
    among = rows_with(phrases, index, chosen)
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
        allowed_rows(index, chosen, among),
    )
    rankings = (own, ranked) if own and theirs else (ranked,)
    citations = tuple(
        citation_of(number, report, rankings, index)
        for number, report in enumerate(_in_order(selected, order), start=1)
    )
    return Answer(
        question=asked.strip().encode(errors="replace").decode(),  # half a surrogate pair is "?"
        searched_for=subject.searched_for,
        speaker=speaker if theirs else None,
        taken_over=followed.taken_over,
        support=answer_support(citation.support for citation in citations),
        citations=citations,
        # Where rows hold all phrases, none is absent.
        scope=scope_of(query.question, () if among else phrases, chosen, index),
        index=_state(index),
        left_out=subject.left_out,
    )


def _state(index: SearchIndex) -> IndexState:
    encoding = index.encoding()
    made = encoding.share if encoding else 0.0
    parts = {
        "lexical": 1.0,
        "dense": 1.0 if index.vectors is not None else made,
        "late": 1.0 if index.words is not None else made,
    }
    name, built = index.manifest.generation, index.manifest.built
    if encoding is not None:
        return IndexState(name, built, parts, "building" if encoding.is_going_on else "stopped")
    return IndexState(name, built, parts, "ready" if index.manifest.encoder else "none")


def _in_order(reports: Sequence[Report], order: CitationOrder) -> Sequence[Report]:
    if order == "relevance":
        return reports
    dates = [report.candidate.reading.passage.article.metadata.dated for report in reports]
    dated = [(day, report) for day, report in zip(dates, reports, strict=True) if day]
    dated.sort(key=lambda known: interval(known[0])[0], reverse=order == "newest")
    undated = [report for day, report in zip(dates, reports, strict=True) if not day]
    return [*(report for _, report in dated), *undated]


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
