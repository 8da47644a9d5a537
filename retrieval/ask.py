"""From a question to an answer made of citations."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Span
from index import Encoder, Filter, SearchIndex, terms
from retrieval.answers.answer import (
    Answer,
    Citation,
    Cluster,
    Elsewhere,
    IndexState,
    Scope,
    Scores,
)
from retrieval.answers.selection import Candidate, Selected, select
from retrieval.answers.support import (
    Signals,
    answer_support,
    is_on_subject,
    passage_support,
    signals_of,
)
from retrieval.errors import UnusableQuestion
from retrieval.questions.follow_up import follow_up
from retrieval.questions.phrases import holds, read_phrases
from retrieval.questions.question import Question, read_question
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
) -> Answer:
    """Answer a question with at most `limit` passages of the index.

    after: the person's questions before this one, oldest first. One that leans on them is searched
        for with words of theirs; see retrieval.questions.follow_up.
    encoder: the one that the index was built with; None searches by words alone.
    Raises UnusableQuestion, and IndexDamaged where a passage is not what was indexed.
    """
    followed = follow_up(read_question(asked).text, after)
    query = query_of(read_question(followed.searched_for), index, encoder)
    chosen = chosen or Filter()
    phrases, _ = read_phrases(query.question.text)
    among = _holding(phrases, index, chosen)
    ranked = rank_hybrid(query, index, read=limit, chosen=chosen, among=among)
    found = _candidates(ranked, query, index, quoted=bool(phrases))
    selected = select(found, query, limit)
    citations = tuple(
        _citation(number, report, ranked, index) for number, report in enumerate(selected, start=1)
    )
    return Answer(
        question=asked.strip().encode(errors="replace").decode(),  # half a surrogate pair is "?"
        searched_for=followed.searched_for,
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
    )


def candidate_signals(
    ranked: HybridRanking, query: Query, index: SearchIndex
) -> dict[int, Signals]:
    """The signals of the passages that were read, by row, best first; empty where there are no
    vectors of words."""
    if query.vector is None or index.vectors is None or not ranked.late:
        return {}
    cosines = index.vectors.cosines(query.vector, list(ranked.leaders)).tolist()
    return {
        row: signals_of(reading, query, cosine, ranked.late[row])
        for (row, reading), cosine in zip(ranked.leaders.items(), cosines, strict=True)
    }


def _candidates(
    ranked: HybridRanking, query: Query, index: SearchIndex, *, quoted: bool
) -> list[Candidate]:
    """The passages that were read, best first, each with its support.

    quoted: whether they hold words that had to occur exactly; they are at least related then.
    """
    signals = candidate_signals(ranked, query, index)
    on_subject = is_on_subject(signals.values())
    candidates = []
    for row, reading in ranked.leaders.items():
        coverage = query.coverage(reading.terms)
        support = passage_support(signals.get(row), coverage, on_subject=on_subject)
        if quoted and support == "none":
            support = "related"
        candidates.append(Candidate(row, reading, support))
    return candidates


def _citation(number: int, report: Selected, ranked: HybridRanking, index: SearchIndex) -> Citation:
    row, reading = report.candidate.row, report.candidate.reading
    return Citation(
        number=number,
        passage=reading.passage,
        support=report.candidate.support,
        highlights=reading.highlights,
        elsewhere=_elsewhere(report, index),
        scores=Scores(
            lexical=ranked.sides.lexical.by_row().get(row),
            dense=ranked.sides.dense.by_row().get(row),
            late=ranked.late.get(row),
            fused=ranked.ranking.by_row()[row],
        ),
        cluster=_cluster(reading.passage.article.article_id, index),
    )


def _cluster(article_id: str, index: SearchIndex) -> Cluster | None:
    members = index.catalogue.cluster(article_id)
    entry = index.catalogue.entry(members[0]) if members else None
    return Cluster(entry.article_id, entry.metadata, len(members)) if entry else None


def _elsewhere(report: Selected, index: SearchIndex) -> tuple[Elsewhere, ...]:
    """Where else the report stands, exactly or told again; and its highlighted sentences, in
    articles that have not all of it."""
    cited = report.candidate.reading
    own = cited.passage.article
    told = [candidate.reading.passage for candidate in (report.candidate, *report.copies)]
    places = [(passage.article.article_id, passage.span) for passage in told]
    places += [place for passage in told for place in index.same_words(passage)]
    whole: dict[str, list[Span]] = {}
    for article_id, span in places:
        # Two tellings may lead to one place, with other punctuation at its ends.
        known = whole.setdefault(article_id, [])
        if not any(span.overlaps(other) for other in known):
            known.append(span)
    parts: dict[str, list[Span]] = {}
    for article_id, span in index.same_sentences(own, cited.highlights):
        if article_id not in whole:
            parts.setdefault(article_id, []).append(span)
    whole[own.article_id].remove(cited.passage.span)
    return tuple(
        Elsewhere(article_id, sha256, span, article_id in whole, earliest)
        for article_id, sha256, earliest in index.catalogue.by_date(whole.keys() | parts.keys())
        for span in sorted(whole.get(article_id) or parts.get(article_id, []))
    )


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
