"""BM25 as rank-bm25 computes it, with an idf that is always positive, compiled to postings.

Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"; the idf
is that of Lucene, log(1 + (N - n + 1/2) / (n + 1/2)). Okapi's own idf is 0 or negative for a
term in half of the passages, so on two articles it ranks nothing, and the floor that rank-bm25
puts under it makes the commonest words of a large collection outweigh rarer ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from index.lexical.idf import lucene_idf
from index.lexical.postings import Postings

# Lucene's defaults, which the published baselines use.
K1 = 1.2
B = 0.75


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """rank-bm25's BM25Okapi with Lucene's idf: the definition that postings must equal."""

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        super().__init__(documents, k1=K1, b=B)

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, holding) for term, holding in nd.items()}


def compile_postings(documents: Sequence[Sequence[str]]) -> Postings:
    """The postings of `documents`, one sequence of terms for each row.

    A query then costs the postings of its terms and not the collection. For any query the sum
    of weights equals `LuceneBM25.get_scores` up to float32 rounding.
    """
    if not any(documents):
        nothing = np.zeros(0, dtype=np.int32)
        return Postings.of(
            [], np.zeros(1, np.int64), nothing, nothing.astype(np.float32), len(documents)
        )
    model = LuceneBM25(documents)
    vocabulary = sorted(model.idf)
    numbers = {term: number for number, term in enumerate(vocabulary)}
    entries = sum(map(len, model.doc_freqs))
    term_of = np.empty(entries, dtype=np.int32)
    row_of = np.empty(entries, dtype=np.int32)
    weight_of = np.empty(entries, dtype=np.float32)
    at = 0
    for row, (counts, length) in enumerate(zip(model.doc_freqs, model.doc_len, strict=True)):
        norm = model.k1 * (1 - model.b + model.b * length / model.avgdl)
        for term, count in counts.items():
            term_of[at] = numbers[term]
            row_of[at] = row
            weight_of[at] = model.idf[term] * count * (model.k1 + 1) / (count + norm)
            at += 1
    order = np.lexsort((row_of, term_of))
    starts = np.zeros(len(vocabulary) + 1, dtype=np.int64)
    np.cumsum(np.bincount(term_of, minlength=len(vocabulary)), out=starts[1:])
    return Postings.of(vocabulary, starts, row_of[order], weight_of[order], len(documents))
