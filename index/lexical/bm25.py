"""BM25 as rank-bm25 computes it, with an idf that is always positive, compiled to postings.

Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"; the idf
is that of Lucene, log(1 + (N - n + 1/2) / (n + 1/2)). Okapi's own idf is 0 or negative for a
term in half of the passages, so on two articles it ranks nothing, and the floor that rank-bm25
puts under it makes the commonest words of a large collection outweigh rarer ones.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.lexical.idf import lucene_idf
from index.lexical.postings import Postings

# Lucene's defaults, which the published baselines use.
K1 = 1.2
B = 0.75


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """rank-bm25's BM25Okapi with Lucene's idf: the definition that postings must equal."""

    def __init__(self, documents: Iterable[Any]) -> None:
        super().__init__(documents, k1=K1, b=B)

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, holding) for term, holding in nd.items()}


class _Counts(LuceneBM25):
    """The same model, which keeps its counts in arrays: rank-bm25's dictionaries take 2 kB for a
    passage, and these 400 bytes. Documents are read one at a time."""

    def __init__(self, documents: Iterable[Sequence[str] | int], before: Postings | None) -> None:
        self.before = before or Postings.nothing()
        super().__init__(documents)

    def _initialize(self, corpus: Iterable[Sequence[str] | int]) -> dict[str, int]:
        # The terms are numbered: those of before as they were, then others as they come.
        vocabulary = self.before.vocabulary()
        numbers = {term: number for number, term in enumerate(vocabulary)}
        terms, counts, rows = array("i"), array("i"), array("i")
        lengths = array("i")
        place = np.full(int(self.before.size[0]), -1, dtype=np.int32)  # of the rows of before
        for row, document in enumerate(corpus):
            if isinstance(document, int):
                place[document] = row
                lengths.append(self.before.lengths[document])
                continue
            counted = Counter(document)
            terms.extend(numbers.setdefault(term, len(numbers)) for term in counted)
            counts.extend(counted.values())
            rows.extend([row] * len(counted))
            lengths.append(len(document))
        row_of = place[self.before.rows]
        stays = row_of >= 0
        term_of = np.repeat(np.arange(len(vocabulary), dtype=np.int32), np.diff(self.before.starts))
        self.term_of = np.concatenate([term_of[stays], _ints(terms)])
        self.row_of = np.concatenate([row_of[stays], _ints(rows)])
        self.count_of = np.concatenate([self.before.counts[stays], _ints(counts)])
        self.lengths = _ints(lengths)
        self.corpus_size = len(lengths)
        self.avgdl = sum(lengths) / self.corpus_size if self.corpus_size else 0
        self.numbers = numbers
        holding = np.bincount(self.term_of, minlength=len(numbers)).tolist()
        return {term: count for term, count in zip(numbers, holding, strict=True) if count}


def compile_postings(
    documents: Iterable[Sequence[str] | int], before: Postings | None = None
) -> Postings:
    """The postings of `documents`, one sequence of terms for each row, read once.

    In the place of terms may stand the number of a row of the postings `before` that has the
    same ones, each at most once; the outcome is the same.

    A query then costs the postings of its terms and not the collection. For any query the sum
    of weights equals `LuceneBM25.get_scores` up to float32 rounding.
    """
    model = _Counts(documents, before)
    vocabulary = sorted(model.idf)
    rank = np.zeros(len(model.numbers), dtype=np.int32)  # by number, the term's place in order
    rank[[model.numbers[term] for term in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
    term_of = rank[model.term_of]
    order = np.lexsort((model.row_of, term_of))
    term_of, row_of, count_of = term_of[order], model.row_of[order], model.count_of[order]
    starts = np.zeros(len(vocabulary) + 1, dtype=np.int64)
    np.cumsum(np.bincount(term_of, minlength=len(vocabulary)), out=starts[1:])
    idf = np.array([model.idf[term] for term in vocabulary])
    norm = model.k1 * (1 - model.b + model.b * model.lengths / (model.avgdl or 1))
    weights = idf[term_of] * count_of * (model.k1 + 1) / (count_of + norm[row_of])
    return Postings.of(
        vocabulary, starts, row_of, weights.astype(np.float32), count_of, model.lengths
    )


def _ints(numbers: array[int]) -> NDArray[np.int32]:
    return np.frombuffer(numbers, dtype=np.int32)
