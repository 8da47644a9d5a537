"""A question made ready for comparison with passages."""

from __future__ import annotations

import numpy as np
import pytest

from index import SearchIndex
from retrieval.questions.question import question_of
from retrieval.ranking.query import Query, prepared, query_of
from tests.hash_encoder import HashEncoder, word_vector

ASKED = "Which library, which council library, closes?"


def test_words_weigh_what_their_terms_tell(town: SearchIndex) -> None:
    """The idf of a term that is asked twice counts for each of its words; weights sum to 1."""
    query = Query(question_of(ASKED), {"librari": 3.0, "council": 1.0, "close": 1.0}, None, None)
    assert query.word_weights.tolist() == pytest.approx([0.375, 0.125, 0.375, 0.125])
    assert query.information == 5.0
    assert query_of(question_of(ASKED), town, None).idf == {
        term: town.postings.idf(term) for term in ("librari", "council", "close")
    }


def test_coverage_is_a_share_of_the_information() -> None:
    """Of all terms of the question, each once; terms of others do not count."""
    query = Query(question_of(ASKED), {"librari": 3.0, "council": 1.0, "close": 1.0}, None, None)
    assert query.coverage(frozenset(["librari", "ferri"])) == pytest.approx(0.6)
    assert query.coverage(frozenset()) == 0
    assert Query(question_of("What?"), {}, None, None).coverage(frozenset(["what"])) == 0


def test_what_is_asked_for_is_that_of_the_question() -> None:
    """Read from its text."""
    assert Query(question_of("How many?"), {}, None, None).expected == "number"
    assert Query(question_of("Why?"), {}, None, None).expected is None


def test_a_question_is_encoded_once_and_its_words_with_it(town: SearchIndex) -> None:
    """Its vector is that of the whole text; of its words only those that are searched for have
    one, of norm 1 on the axes of the index."""
    encoder = HashEncoder()
    query = query_of(question_of(ASKED), town, encoder)
    assert encoder.encoded == [ASKED]
    assert query.vector is not None
    assert query.words is not None
    np.testing.assert_array_equal(query.vector, HashEncoder().encode([ASKED])[0])
    words = ["library", "council", "library", "closes"]
    np.testing.assert_allclose(query.words, [word_vector(word) for word in words], atol=1e-6)


def test_a_question_without_words_has_a_vector_all_the_same(town: SearchIndex) -> None:
    """It has no words to compare, and no weights."""
    query = query_of(question_of("What was that?"), town, HashEncoder())
    assert query.vector is not None
    assert query.words is not None
    assert (query.words.shape, query.word_weights.shape) == ((0, 64), (0,))


def test_an_index_without_vectors_leaves_the_words(wordy_town: SearchIndex) -> None:
    """Nothing is encoded, and what was encoded before is left aside."""
    encoder = HashEncoder()
    asked = question_of(ASKED)
    query = query_of(asked, wordy_town, encoder)
    assert (query.vector, query.words, encoder.encoded) == (None, None, [])
    encoded = HashEncoder().encode_words([ASKED], [[token.span for token in asked.tokens]])
    ready = prepared(asked, wordy_town, encoded.vectors[0], encoded.words[0])
    assert (ready.vector, ready.words, ready.idf) == (None, None, query.idf)
