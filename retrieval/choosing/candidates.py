"""The passages that were read for a question, each with its support."""

from __future__ import annotations

from dataclasses import replace

from index import SearchIndex
from retrieval.choosing.selection import Candidate
from retrieval.choosing.support import Signals, is_on_subject, passage_support, signals_of
from retrieval.ranking.hybrid import HybridRanking, late_interaction
from retrieval.ranking.query import Query
from retrieval.ranking.reading import Reading, read_closely


class Candidates:
    """Passages with their support.

    quoted: whether they hold words that had to occur exactly; they are at least related then.
    """

    def __init__(
        self, ranked: HybridRanking, query: Query, index: SearchIndex, *, quoted: bool
    ) -> None:
        self._ranked, self._query, self._index, self._quoted = ranked, query, index, quoted
        self._signals = candidate_signals(ranked, query, index)
        self._on_subject = is_on_subject(self._signals.values())

    def leaders(self) -> list[Candidate]:
        """Those of the passages that were read, best first."""
        return [self.of(row, reading) for row, reading in self._ranked.leaders.items()]

    def of(self, row: int, reading: Reading) -> Candidate:
        """That of a passage that was read."""
        coverage = self._query.coverage(reading.terms)
        signals = self._signals.get(row)
        support = passage_support(signals, coverage, on_subject=self._on_subject)
        if self._quoted and support == "none":
            support = "related"
        copies = self._index.catalogue.cluster(reading.passage.article.article_id)
        return Candidate(row, reading, support, copies[0] if copies else "")

    def read(self, row: int) -> Candidate:
        """That of a passage that was not read yet."""
        words = self._index.words if self._ranked.late else None
        reading = read_closely(self._index.passage(row), row, self._query, words)
        late = late_interaction(self._query, self._index, [row])
        alone = replace(self._ranked, leaders={row: reading}, late=late)
        self._signals |= candidate_signals(alone, self._query, self._index)
        return self.of(row, reading)


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
