"""From a question to an answer made of citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus import Passage
from index import Encoder, Filter, Ranking, Rankings, SearchIndex
from retrieval.answer import Answer, Citation, Elsewhere, IndexState, Scope, Scores
from retrieval.fusion import Weighted, convex_combination
from retrieval.question import Question, read_question
from retrieval.reading import read_closely, word_evidence
from retrieval.support import answer_support, passage_support

# Citations in an answer, unless asked for more or fewer.
DEFAULT_LIMIT = 5
# Candidates that each side brings to the fusion.
_CANDIDATES = 100
# How many of the fused candidates are read at all, unless more are asked for. At 20, reading
# takes a tenth of an answer.
_EXAMINED = 20
# How many of those have a sentence encoded for them, half of the time that an answer takes.
_READ_CLOSELY = 3
# The share of words in the fused score. nDCG@10 on up to 500 answerable questions of each set:
#              words  vectors  RRF k=60   .30   .40   .50
# TREC QA       .626     .669      .685  .702  .710  .702
# RealTime QA   .658     .759      .742  .788  .781  .768
# SQuAD 2       .912     .815      .896  .910  .924  .927
# CLAP NQ       .898     .984      .950  .989  .989  .977
# MultiHop-RAG  .738     .680      .775  .784  .802  .807
# Cranfield     .531     .506      .561  .552  .560  .563
_LEXICAL_WEIGHT = 0.4
# What a sentence that holds all of the question's words is worth beside a fused score of 0 to 1.
# nDCG@10 at .0, .3 and .5, sets as above: .710 .721 .724, .781 .779 .771, .924 .937 .946,
# .989 .984 .978, .802 .804 .803, .560 .566 .568. The cosine of that sentence is worth its own
# value: with it SQuAD 2 gains another .014, TREC QA loses .005, the others move by less.
_SENTENCE_WORDS = 0.3


def ask(
    asked: str,
    index: SearchIndex,
    encoder: Encoder | None,
    *,
    limit: int = DEFAULT_LIMIT,
    chosen: Filter | None = None,
) -> Answer:
    """Answer a question with at most `limit` passages of the index.

    encoder: the one that the index was built with; None searches by words alone.
    Raises UnusableQuestion, and IndexDamaged where a passage is not what was indexed.
    """
    question = read_question(asked)
    chosen = chosen or Filter()
    vector = None
    if encoder is not None and index.vectors is not None:
        vector = encoder.encode([question.text])[0]
    weights = {term: index.postings.idf(term) for term in question.terms}
    read = _Asked(weights, vector, encoder)
    rankings = index.search(vector, question.terms, _CANDIDATES, chosen)
    fused = convex_combination(
        (
            Weighted(rankings.lexical, _LEXICAL_WEIGHT),
            Weighted(rankings.dense, 1 - _LEXICAL_WEIGHT),
        )
    )
    citations = _citations(fused, rankings, read, index, limit)
    return Answer(
        question=asked.strip().encode(errors="replace").decode(),  # half a surrogate pair is "?"
        searched_for=question.text,
        taken_over=(),
        support=answer_support(citation.support for citation in citations),
        citations=citations,
        scope=_scope(question, chosen, index),
        index=IndexState(
            generation=index.manifest.generation,
            built=index.manifest.built,
            parts={"lexical": 1.0, "dense": 1.0 if index.vectors is not None else 0.0, "late": 0.0},
        ),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a passage is compared with: the question's terms with their idf, and its vector."""

    weights: Mapping[str, float]
    vector: NDArray[np.float32] | None
    encoder: Encoder | None


def _citations(
    fused: Ranking, rankings: Rankings, asked: _Asked, index: SearchIndex, limit: int
) -> tuple[Citation, ...]:
    """The passages that support anything among the leading `limit`, best first.

    The leaders of the fused ranking are ordered again by how well one of their sentences holds
    the question's words, and the first few of those by how near that sentence is. The same
    words in several articles are cited once.
    """
    total = fused.by_row()
    found = {
        row: word_evidence(index.passage(row), asked.weights)
        for row in islice(_without_copies(fused, index), max(_EXAMINED, limit))
    }
    by_words = _ordered(
        {row: total[row] + _SENTENCE_WORDS * found[row].sentence_coverage for row in found}
    )
    # As many as are read closely, however few are shown: the first must not depend on that.
    rows = by_words.rows[: max(limit, _READ_CLOSELY)]
    first, rest = rows[:_READ_CLOSELY], rows[_READ_CLOSELY:]
    readings = dict(
        zip(
            rows,
            read_closely([found[row] for row in first], asked.weights, asked.vector, asked.encoder)
            + read_closely([found[row] for row in rest], asked.weights, None, None),
            strict=True,
        )
    )
    score = by_words.by_row()
    final = _ordered({row: score[row] + (readings[row].cosine or 0.0) for row in rows})
    lexical, dense = rankings.lexical.by_row(), rankings.dense.by_row()
    citations: list[Citation] = []
    for row, fused_score in final.by_row().items():
        if len(citations) == limit:
            break
        evidence, reading = found[row], readings[row]
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


def _without_copies(fused: Ranking, index: SearchIndex) -> Iterator[int]:
    """The rows, best first, each passage at its best row: an agency's story that many articles
    carry leaves room for others."""
    seen: set[str] = set()
    for row in fused.rows:
        _, passage_id, _ = index.catalogue.passage(row)
        if passage_id not in seen:
            seen.add(passage_id)
            yield row


def _ordered(scores: Mapping[int, float]) -> Ranking:
    rows = sorted(scores, key=lambda row: (-scores[row], row))
    return Ranking(tuple(rows), tuple(scores[row] for row in rows))


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
