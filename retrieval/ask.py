"""From a question to an answer made of citations."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Passage
from index import Encoder, Filter, SearchIndex
from retrieval.answer import Answer, Citation, Elsewhere, IndexState, Scope, Scores
from retrieval.follow_up import follow_up
from retrieval.question import Question, read_question
from retrieval.ranking import HybridRanking, rank_hybrid
from retrieval.support import answer_support, passage_support

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
        for with words of theirs; see retrieval.follow_up.
    encoder: the one that the index was built with; None searches by words alone.
    Raises UnusableQuestion, and IndexDamaged where a passage is not what was indexed.
    """
    followed = follow_up(read_question(asked).text, after)
    question = read_question(followed.searched_for)
    chosen = chosen or Filter()
    vector = None
    if encoder is not None and index.vectors is not None:
        vector = encoder.encode([question.text])[0]
    ranked = rank_hybrid(question, vector, index, encoder, shown=limit, chosen=chosen)
    citations = _citations(ranked, index, limit)
    return Answer(
        question=asked.strip().encode(errors="replace").decode(),  # half a surrogate pair is "?"
        searched_for=followed.searched_for,
        taken_over=followed.taken_over,
        support=answer_support(citation.support for citation in citations),
        citations=citations,
        scope=_scope(question, chosen, index),
        index=IndexState(
            generation=index.manifest.generation,
            built=index.manifest.built,
            parts={"lexical": 1.0, "dense": 1.0 if index.vectors is not None else 0.0, "late": 0.0},
        ),
    )


def _citations(ranked: HybridRanking, index: SearchIndex, limit: int) -> tuple[Citation, ...]:
    """The passages that support anything among the leading `limit`, best first.

    The same words in several articles are cited once, from the article that ranks best.
    """
    lexical, dense = ranked.sides.lexical.by_row(), ranked.sides.dense.by_row()
    citations: list[Citation] = []
    for row, fused_score in ranked.ranking.by_row().items():
        if len(citations) == limit:
            break
        if (leader := ranked.leaders.get(row)) is None:
            continue
        evidence, reading = leader
        cosines = [cosine for cosine in (dense.get(row), reading.cosine) if cosine is not None]
        support = passage_support(max(cosines, default=None), evidence.coverage)
        if support != "none":
            citations.append(
                Citation(
                    number=len(citations) + 1,
                    passage=evidence.passage,
                    support=support,
                    highlights=reading.highlights,
                    elsewhere=_elsewhere(evidence.passage, index),
                    scores=Scores(lexical.get(row), dense.get(row), fused_score),
                )
            )
    return tuple(citations)


def _elsewhere(passage: Passage, index: SearchIndex) -> tuple[Elsewhere, ...]:
    return tuple(
        Elsewhere(article_id, passage.article.sha256, span)
        for article_id, span in index.same_words(passage)
    )


def _scope(question: Question, chosen: Filter, index: SearchIndex) -> Scope:
    articles, passages, earliest, latest = index.catalogue.scope(chosen)
    return Scope(
        articles=articles,
        passages=passages,
        earliest=earliest,
        latest=latest,
        absent_terms=tuple(
            question.word(term) for term in question.terms if not index.occurs(term)
        ),
    )
