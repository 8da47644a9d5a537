"""The closer reading of a passage: which sentences are highlighted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Passage, Span
from index import terms
from retrieval.reading import Reading, read_closely, word_evidence
from tests.hash_encoder import HashEncoder

OPENING = "The council met on Tuesday."
STRIKE = "Tram drivers will strike for three days."
OFFER = "The operator offered four per cent."
CLOSING = "Nobody asked the passengers."


def passage_of(*sentences: str) -> Passage:
    """A passage of the sentences, somewhere inside its article."""
    text, spans = "🛶 Headline\n\n", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    return Passage(Article("trams", text + "Furniture."), tuple(spans))


def weights_of(words: str | Mapping[str, float]) -> dict[str, float]:
    """Terms with their weights; 1 each where only words are given."""
    weighted = dict.fromkeys(words.split(), 1.0) if isinstance(words, str) else words
    return {terms(word)[0]: weight for word, weight in weighted.items()}


def read(passage: Passage, weights: Mapping[str, float]) -> Reading:
    """A reading by words alone."""
    return read_closely([word_evidence(passage, weights)], weights, None, None)[0]


def highlighted(passage: Passage, reading: Reading) -> list[str]:
    return [span.of(passage.article.text) for span in reading.highlights]


def test_the_sentence_with_the_words_of_the_question_is_highlighted() -> None:
    """Of several sentences the one that holds most of the question is marked."""
    passage = passage_of(OPENING, STRIKE, CLOSING)
    assert highlighted(passage, read(passage, weights_of("tram strike"))) == [STRIKE]


def test_rare_words_count_more_than_many_words() -> None:
    """A sentence is judged by the weight of the words it holds, not by their number."""
    passage = passage_of("The council and the trams met.", "A ferry sank.")
    weights = weights_of({"council": 0.5, "trams": 0.5, "met": 0.5, "ferry": 9.0})
    assert highlighted(passage, read(passage, weights)) == ["A ferry sank."]


def test_the_first_of_equal_sentences_is_highlighted() -> None:
    """Where two sentences hold the same words, the earlier one is marked, and it alone."""
    passage = passage_of("The tram stopped.", OPENING, "The tram went on.")
    assert highlighted(passage, read(passage, weights_of("tram"))) == ["The tram stopped."]


def test_a_second_sentence_is_highlighted_for_what_the_first_one_lacks() -> None:
    """Two sentences that together hold the question are both marked, in the order of the text."""
    passage = passage_of(OFFER, OPENING, STRIKE)
    reading = read(passage, weights_of("tram drivers strike operator offered"))
    assert highlighted(passage, reading) == [OFFER, STRIKE]


@pytest.mark.parametrize(
    ("strike", "expected"),
    [(3.0, [STRIKE, OFFER]), (3.01, [STRIKE])],
    ids=["a quarter of the question", "less than a quarter"],
)
def test_a_second_sentence_must_add_a_quarter_of_the_question(
    strike: float, expected: list[str]
) -> None:
    """What the second sentence adds must be worth at least a quarter of all the weight."""
    passage = passage_of(STRIKE, OFFER)
    weights = weights_of({"strike": strike, "operator": 1.0})
    assert highlighted(passage, read(passage, weights)) == expected


def test_never_more_than_two_sentences_are_highlighted() -> None:
    """The best sentence and the one that adds most are marked, not a third."""
    passage = passage_of(STRIKE, OFFER, CLOSING)
    weights = weights_of({"tram": 2.0, "strike": 2.0, "operator": 2.5, "passengers": 2.4})
    assert highlighted(passage, read(passage, weights)) == [STRIKE, OFFER]


def test_without_common_words_and_vectors_nothing_is_highlighted() -> None:
    """Where nothing tells which sentence matches, none is marked and there is no cosine."""
    assert read(passage_of(OPENING, STRIKE), weights_of("ferry")) == Reading((), None)


def test_without_common_words_the_nearest_sentence_is_highlighted() -> None:
    """Vectors alone choose one sentence, the nearest to the question."""
    passage = passage_of(OPENING, STRIKE, OFFER)
    encoder = HashEncoder()
    vector = encoder.encode([OFFER])[0]
    weights = weights_of("ferry")
    [reading] = read_closely([word_evidence(passage, weights)], weights, vector, encoder)
    assert highlighted(passage, reading) == [OFFER]
    assert reading.cosine == pytest.approx(1)


def test_the_cosine_is_that_of_the_highlighted_sentence() -> None:
    """A reading tells how near the sentence that is best by words is to the question."""
    passage = passage_of(OPENING, STRIKE)
    encoder = HashEncoder()
    vector = encoder.encode(["When will tram drivers strike?"])[0]
    weights = weights_of("tram drivers strike")
    [reading] = read_closely([word_evidence(passage, weights)], weights, vector, encoder)
    assert highlighted(passage, reading) == [STRIKE]
    assert reading.cosine == pytest.approx(float(encoder.encode([STRIKE])[0] @ vector))


def test_only_the_candidates_are_encoded() -> None:
    """A passage with words of the question costs one sentence, one without costs its first
    four, and readings come in the order of the passages."""
    with_words = passage_of(OPENING, STRIKE, OFFER)
    numbered = [f"Sentence number {n} is here." for n in range(1, 12)]
    without = passage_of(*numbered)
    weights = weights_of("strike")
    encoder = HashEncoder()
    vector = HashEncoder().encode([numbered[3]])[0]
    readings = read_closely(
        [word_evidence(without, weights), word_evidence(with_words, weights)],
        weights,
        vector,
        encoder,
    )
    assert encoder.encoded == [*numbered[:4], STRIKE]
    assert highlighted(without, readings[0]) == [numbered[3]]
    assert highlighted(with_words, readings[1]) == [STRIKE]


def test_no_passages_need_no_encoder() -> None:
    """Nothing is encoded where there is nothing to read."""
    encoder = HashEncoder()
    assert read_closely([], {"tram": 1.0}, np.ones(64, np.float32), encoder) == []
    assert encoder.encoded == []


def test_coverage_is_the_share_of_the_weight_that_is_held() -> None:
    """The passage is credited with all its sentences, its best sentence with its own words."""
    passage = passage_of(STRIKE, OFFER)
    weights = weights_of({"strike": 5.0, "operator": 3.0, "ferry": 2.0})
    evidence = word_evidence(passage, weights)
    assert evidence.coverage == pytest.approx(0.8)
    assert evidence.sentence_coverage == pytest.approx(0.5)


def test_a_question_without_terms_is_covered_by_nothing() -> None:
    """With no terms both coverages are 0 and no sentence is credited with any."""
    evidence = word_evidence(passage_of(STRIKE), {})
    assert (evidence.coverage, evidence.sentence_coverage) == (0.0, 0.0)


@given(
    st.lists(st.sampled_from([OPENING, STRIKE, OFFER, CLOSING]), min_size=1, max_size=6),
    st.dictionaries(
        st.sampled_from(["council", "tram", "strike", "operator", "passengers", "ferry"]),
        st.floats(0.01, 12),
        max_size=6,
    ),
    st.booleans(),
)
def test_highlights_are_sentences_of_the_passage_in_order(
    sentences: list[str], words: dict[str, float], with_vectors: bool
) -> None:
    """Whatever is asked, one or two whole sentences are marked, or none where nothing tells."""
    passage, weights = passage_of(*sentences), weights_of(words)
    encoder = HashEncoder() if with_vectors else None
    vector = encoder.encode(["tram"])[0] if encoder else None
    evidence = word_evidence(passage, weights)
    [reading] = read_closely([evidence], weights, vector, encoder)
    assert set(reading.highlights) <= set(passage.sentences)
    assert list(reading.highlights) == sorted(reading.highlights)
    assert len(reading.highlights) in ((1, 2) if encoder or evidence.coverage else (0,))
