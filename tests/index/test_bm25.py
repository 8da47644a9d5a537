"""BM25: the postings give what rank-bm25 computes, with an idf that is always positive."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LuceneBM25, Postings, compile_postings
from index.lexical.idf import lucene_idf

WORDS = st.sampled_from(["park", "library", "bridge", "straße", "é", "1500", "o'brien"])
DOCUMENTS = st.lists(st.lists(WORDS, max_size=8), min_size=1, max_size=8).filter(any)
QUERIES = st.lists(WORDS | st.sampled_from(["tram", "par", "parks", ""]), max_size=6)


@given(documents=DOCUMENTS, query=QUERIES)
def test_postings_score_as_rank_bm25_does(documents: list[list[str]], query: list[str]) -> None:
    """For any passages and question, repeated and unknown terms included, the scores are equal."""
    expected = LuceneBM25(documents).get_scores(query)

    np.testing.assert_allclose(compile_postings(documents).scores(query), expected, rtol=1e-5)


def test_a_score_has_the_value_of_the_formula() -> None:
    """idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / mean length)), k1 = 1.2, b = 0.75."""
    scores = compile_postings([["park", "park", "gate"], ["library"]]).scores(["park"])

    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    weight = 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))
    np.testing.assert_allclose(scores, [idf * weight, 0], rtol=1e-6)


def test_a_term_repeated_in_the_question_counts_again() -> None:
    """Asking for a word twice doubles its part of the score."""
    postings = compile_postings([["park", "gate"], ["library"]])

    np.testing.assert_array_equal(postings.scores(["park", "park"]), 2 * postings.scores(["park"]))


@pytest.mark.parametrize(
    ("term", "holding", "idf"),
    [
        pytest.param("elmbridge", 2, math.log(1 + 0.5 / 2.5), id="in both"),
        pytest.param("park", 1, math.log(1 + 1.5 / 1.5), id="in one of two"),
        pytest.param("tram", 0, math.log(1 + 2.5 / 0.5), id="in none"),
    ],
)
def test_idf_on_two_documents(term: str, holding: int, idf: float) -> None:
    """On two documents, where Okapi's idf is zero or negative, Lucene's has these values."""
    postings = compile_postings([["elmbridge", "park"], ["elmbridge", "library", "library"]])

    assert postings.holding(term) == holding
    assert postings.idf(term) == pytest.approx(idf)


@given(st.integers(0, 10**8).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_idf_is_positive_however_common_a_term_is(counts: tuple[int, int]) -> None:
    """A term never counts against the passage that holds it."""
    passages, holding = counts
    assert lucene_idf(passages, holding) > 0


def test_a_rarer_term_outweighs_a_commoner_one() -> None:
    """With equal lengths and counts, the passage with the rarer of the terms comes first."""
    documents = [["town", "park"], ["town", "gate"], ["town", "gate"], ["gate", "town"]]

    scores = compile_postings(documents).scores(["park", "gate"])

    assert scores[0] > scores[1] == scores[2] == scores[3] > 0


def test_an_empty_document_scores_nothing() -> None:
    """A passage without terms has its row and the score 0; the others keep theirs."""
    documents = [[], ["park"], []]

    scores = compile_postings(documents).scores(["park"])

    expected = LuceneBM25(documents).get_scores(["park"])
    np.testing.assert_allclose(scores, expected, rtol=1e-6)
    assert scores[0] == scores[2] == 0 < scores[1]


@pytest.mark.parametrize("documents", [[], [[]], [[], [], []]], ids=["none", "one", "three"])
def test_a_collection_without_terms_scores_nothing(documents: list[list[str]]) -> None:
    """Passages that are all empty, or no passages at all, score 0 for any question."""
    postings = compile_postings(documents)

    assert postings.scores(["park"]).tolist() == [0.0] * len(documents)
    assert postings.holding("park") == 0


@given(before=DOCUMENTS, new=DOCUMENTS, choices=st.randoms(use_true_random=False))
def test_rows_taken_from_earlier_postings_are_those_of_their_documents(
    before: list[list[str]], new: list[list[str]], choices: Random
) -> None:
    """What was counted before and what is counted now give the same postings, byte for byte."""
    earlier = compile_postings(before)
    stays = choices.sample(range(len(before)), choices.randint(0, len(before)))
    mixed: list[list[str] | int] = [*stays, *new]
    choices.shuffle(mixed)

    taken = compile_postings(mixed, earlier)

    fresh = compile_postings([before[one] if isinstance(one, int) else one for one in mixed])
    for name in Postings.__slots__:
        assert getattr(taken, name).tobytes() == getattr(fresh, name).tobytes(), name
