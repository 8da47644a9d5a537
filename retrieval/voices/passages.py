"""The passages on a subject, and their sentences that are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Span
from index import Encoder, Filter, SearchIndex, terms
from retrieval.choosing.candidates import Candidates
from retrieval.questions.phrases import read_phrases
from retrieval.questions.question import Question
from retrieval.ranking.hybrid import rank_hybrid
from retrieval.ranking.query import query_of
from retrieval.ranking.reading import Reading, read_closely
from retrieval.scope import rows_with

# Passages that are looked through. Of seven subjects on 3,000 news articles, six still had a
# passage on the subject at the hundredth place, of the seventh the last stood at the 97th; 200
# cost half as much time again, and much of what they add speaks of something beside.
MOST_PASSAGES = 100
# A passage mixes subjects. A sentence of it is on this one where it matches at least so well, as a
# share of how its best sentence does. Read were 110 quotations on five subjects: of those below,
# two of three spoke of something else; of those up to .6, half; of those above, one of six.
_BESIDE = 0.4


@dataclass(frozen=True, slots=True)
class OnSubject:
    """readings: of the passages, best first; of articles with one text only one.
    by_words: whether they are those that hold all words. more: whether there may be others beyond
        the last."""

    readings: tuple[Reading, ...]
    by_words: bool
    more: bool


def passages_on(
    question: Question, index: SearchIndex, encoder: Encoder | None, chosen: Filter
) -> OnSubject:
    """At most MOST_PASSAGES, ranked and told from others as for an answer. Without an encoder,
    and where no passage is near enough, those that hold all of the words."""
    phrases, _ = read_phrases(question.text)
    among = rows_with(phrases, index, chosen)
    query = query_of(question, index, encoder)
    if query.vector is not None:
        ranked = rank_hybrid(query, index, read=MOST_PASSAGES, chosen=chosen, among=among)
        candidates = Candidates(ranked, query, index, quoted=bool(phrases))
        read = candidates.leaders()[:MOST_PASSAGES]
        near = tuple(one.reading for one in read if one.support != "none")
        if near:
            more = len(ranked.ranking) > len(read) and read[-1].support != "none"
            return OnSubject(near, by_words=False, more=more)
    words = question.terms + [term for phrase in phrases for term in terms(phrase)]
    held = set(index.rows_holding(words, chosen))
    rows = sorted(held if among is None else held.intersection(among))
    best = index.search(None, words, MOST_PASSAGES, chosen, rows).lexical.rows if rows else ()
    return OnSubject(
        tuple(read_closely(index.passage(row), row, query, index.words) for row in best),
        by_words=True,
        more=len(rows) > len(best),
    )


def sentences_on(reading: Reading) -> Iterator[Span]:
    """The sentences of a passage that are on the subject, in order; its best is."""
    for sentence, match in zip(reading.passage.sentences, reading.matches, strict=True):
        if match >= _BESIDE * reading.match:
            yield sentence
