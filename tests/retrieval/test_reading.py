"""The closer reading of a passage: how well it matches, and which sentences are highlighted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus import Article, Metadata, Passage, Span
from index import WordVectors, terms, word_spans
from retrieval.questions.question import question_of
from retrieval.ranking.query import Query
from retrieval.ranking.reading import Reading, read_closely
from tests.hash_encoder import DIMENSIONS, word_vector

OPENING = "The council met on Tuesday."
STRIKE = "Tram drivers will strike for three days."
OFFER = "The operator offered four per cent."
CLOSING = "Nobody asked the passengers."


def passage_of(*sentences: str, title: str | None = None) -> Passage:
    """A passage of the sentences, somewhere inside its article."""
    text, spans = "🛶 Headline\n\n", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    return Passage(Article("trams", text + "Furniture.", Metadata(title=title)), tuple(spans))


def query_of(asked: str, weights: Mapping[str, float] | None = None) -> Query:
    """With a vector for each word; all words weigh 1 but for those of `weights`."""
    question = question_of(asked)
    idf = dict.fromkeys(question.terms, 1.0)
    idf |= {terms(word)[0]: weight for word, weight in (weights or {}).items()}
    spans = [token.span for token in question.tokens]
    return Query(question, idf, None, vectors_of(asked, spans))


def vectors_of(text: str, spans: list[Span]) -> NDArray[np.float32]:
    vectors = [word_vector(span.of(text)) for span in spans]
    return np.array(vectors, np.float32).reshape(-1, DIMENSIONS)


def words_of(passage: Passage) -> WordVectors:
    """The vectors of the words of its title and its own, as the only row of an index."""
    title = passage.article.metadata.title
    text = f"{title}\n{passage.text}" if title else passage.text
    vectors = np.rint(127 * vectors_of(text, word_spans(text))).astype(np.int8)
    basis = np.eye(DIMENSIONS, dtype=np.float32)
    return WordVectors(basis, np.array([[0, 0, len(vectors)]]), (vectors,))


def read(passage: Passage, query: Query) -> Reading:
    return read_closely(passage, 0, query, words_of(passage))


def read_by_words(passage: Passage, asked: str, **weights: float) -> Reading:
    return read_closely(passage, 0, query_of(asked, weights), None)


def highlighted(reading: Reading) -> list[str]:
    return [span.of(reading.passage.article.text) for span in reading.highlights]


@pytest.mark.parametrize("sentence", [OPENING, STRIKE, OFFER, CLOSING])
def test_the_sentence_with_the_words_of_the_question_is_highlighted(sentence: str) -> None:
    """It matches as well as can be, wherever in the passage it stands."""
    reading = read(passage_of(OPENING, STRIKE, OFFER, CLOSING), query_of(sentence))
    assert highlighted(reading) == [sentence]
    assert reading.match == pytest.approx(1, abs=0.02)
    assert reading.sentence_coverage == 1


def test_a_match_is_the_mean_of_the_best_cosines_by_weight() -> None:
    """A word that a sentence holds counts 1, another as its nearest word there."""
    reading = read(passage_of("The tram stopped."), query_of("tram zeppelin", {"tram": 3.0}))
    nearest = max(float(word_vector("zeppelin") @ word_vector(w)) for w in ("tram", "stopped"))
    assert reading.match == pytest.approx((3 + nearest) / 4, abs=0.02)


def test_rare_words_decide_which_sentence_is_best() -> None:
    """A sentence is judged by the weight of the words it matches, not by their number."""
    passage = passage_of("The council and the trams met.", "A ferry sank.")
    asked = "council trams met ferry"
    assert highlighted(read(passage, query_of(asked)))[0] == "The council and the trams met."
    weighty = read(passage, query_of(asked, {"ferry": 9.0}))
    assert highlighted(weighty)[0] == "A ferry sank."


def test_words_of_the_title_choose_no_sentence() -> None:
    """Nor do they shift which word belongs to which sentence."""
    sentences = (OPENING, STRIKE, OFFER)
    query = query_of("Which tram drivers will strike?")
    plain = read(passage_of(*sentences), query)
    titled = read(
        passage_of(*sentences, title="Tram drivers strike: council met passengers"), query
    )
    assert highlighted(titled) == highlighted(plain) == [STRIKE]
    assert titled.match == plain.match
    only_in_title = read(passage_of(OPENING, title="Tram drivers strike"), query)
    assert only_in_title.match < 0.5


def test_words_of_the_title_are_told_apart() -> None:
    """The terms of the passage are its own; those in context are the title's too."""
    reading = read(passage_of("The tram stopped.", title="Depot closed"), query_of("tram"))
    assert reading.terms == {"tram", "stop"}
    assert reading.title_terms == {"depot", "close"}
    assert reading.terms_in_context == {"tram", "stop", "depot", "close"}


FINES, COUNTED = "Wardens issued fines.", "Wardens issued 63 fines."


@pytest.mark.parametrize("sentences", [(FINES, COUNTED), (COUNTED, FINES)])
def test_of_equal_sentences_the_one_with_what_is_asked_for_is_best(
    sentences: tuple[str, str],
) -> None:
    """A count tips the balance where a count is asked for; else the first one is best."""
    passage = passage_of(*sentences)
    reading = read(passage, query_of("How many fines did wardens issue?"))
    assert highlighted(reading)[0] == COUNTED
    assert reading.has_expected is True
    plain = read(passage, query_of("Did wardens issue fines?"))
    assert highlighted(plain)[0] == sentences[0]
    assert plain.has_expected is None


def test_what_is_asked_for_does_not_outweigh_another_subject() -> None:
    """A sentence that only has a number is no better than one that matches."""
    passage = passage_of("Some 400 people met.", FINES)
    reading = read(passage, query_of("How many fines did wardens issue?"))
    assert highlighted(reading) == [FINES]
    assert reading.has_expected is False


def test_a_second_sentence_is_highlighted_where_it_matches_nearly_as_well() -> None:
    """The best first, wherever it stands; one that matches much less is not marked."""
    asked = query_of("tram drivers strike for three more days at Marlow Bay")
    best = "Tram drivers strike for three more days at Marlow Bay."
    near = "Tram drivers strike for three days at Marlow Bay."
    assert highlighted(read(passage_of(near, OPENING, best), asked)) == [best, near]
    assert highlighted(read(passage_of(OPENING, best, "The tram stopped."), asked)) == [best]


def test_never_more_than_two_sentences_are_highlighted() -> None:
    """However many match equally well, the first two are marked."""
    sentences = [f"The tram {what}." for what in ("stopped", "waited", "burned", "sank")]
    assert highlighted(read(passage_of(*sentences), query_of("tram"))) == sentences[:2]


def test_a_question_without_words_marks_nothing() -> None:
    """It has no word vectors to compare, and matches nothing."""
    reading = read(passage_of(OPENING, STRIKE), query_of("What was that?"))
    assert (reading.match, reading.sentence_coverage, reading.highlights) == (0, 0, ())


def test_a_sentence_without_words_is_no_match() -> None:
    """It stands in a passage like any other."""
    assert highlighted(read(passage_of("It was.", "🛶 🛶", STRIKE), query_of("tram strike"))) == [
        STRIKE
    ]


def test_by_words_the_sentence_that_holds_most_of_the_question_is_highlighted() -> None:
    """Without word vectors a match is the share of the question's weight in a sentence."""
    reading = read_by_words(passage_of(OPENING, STRIKE, CLOSING), "tram strike passengers ferry")
    assert highlighted(reading)[0] == STRIKE
    assert (reading.match, reading.sentence_coverage) == (0.5, 0.5)


def test_by_words_rare_words_count_more_than_many_words() -> None:
    """A sentence is judged by the weight of the words it holds, not by their number."""
    passage = passage_of("The council and the trams met.", "A ferry sank.")
    reading = read_by_words(passage, "council trams met ferry", council=0.5, trams=0.5, ferry=9)
    assert highlighted(reading) == ["A ferry sank."]


def test_by_words_the_first_of_equal_sentences_is_highlighted() -> None:
    """Where two sentences hold the same words, the earlier one is marked, and it alone."""
    passage = passage_of("The tram stopped.", OPENING, "The tram went on.")
    assert highlighted(read_by_words(passage, "tram")) == ["The tram stopped."]


def test_by_words_a_second_sentence_is_highlighted_for_what_the_first_one_lacks() -> None:
    """Two sentences that together hold the question are both marked, the better one first."""
    reading = read_by_words(
        passage_of(OFFER, OPENING, STRIKE), "tram drivers strike operator offered"
    )
    assert highlighted(reading) == [STRIKE, OFFER]


@pytest.mark.parametrize(
    ("strike", "expected"),
    [(3.0, [STRIKE, OFFER]), (3.01, [STRIKE])],
    ids=["a quarter of the question", "less than a quarter"],
)
def test_by_words_a_second_sentence_must_add_a_quarter_of_the_question(
    strike: float, expected: list[str]
) -> None:
    """What the second sentence adds must be worth at least a quarter of all the weight."""
    reading = read_by_words(passage_of(STRIKE, OFFER), "strike operator", strike=strike)
    assert highlighted(reading) == expected


def test_by_words_the_sentence_that_adds_most_is_the_second() -> None:
    """The best sentence and the one that adds most are marked, not a third."""
    reading = read_by_words(
        passage_of(STRIKE, OFFER, CLOSING), "tram strike operator passengers",
        tram=2, strike=2, operator=2.5, passengers=2.4,
    )  # fmt: skip
    assert highlighted(reading) == [STRIKE, OFFER]


def test_by_words_nothing_is_highlighted_without_common_words() -> None:
    """Where nothing tells which sentence matches, none is marked."""
    reading = read_by_words(passage_of(OPENING, STRIKE), "ferry")
    assert (reading.match, reading.sentence_coverage, reading.highlights) == (0, 0, ())


def test_coverage_is_the_share_of_the_weight_that_is_held() -> None:
    """The passage is credited with all its sentences, its best sentence with its own words."""
    query = query_of("strike operator ferry", {"strike": 5, "operator": 3, "ferry": 2})
    reading = read(passage_of(STRIKE, OFFER), query)
    assert query.coverage(reading.terms) == pytest.approx(0.8)
    assert reading.sentence_coverage == pytest.approx(0.5)


@given(
    st.lists(st.sampled_from([OPENING, STRIKE, OFFER, CLOSING, "🛶"]), min_size=1, max_size=6),
    st.lists(
        st.sampled_from("how many who council tram strike operator ferry".split()), max_size=6
    ),
    st.sampled_from([None, "Trams to stop", "🛶"]),
    st.booleans(),
)
def test_highlights_are_sentences_of_the_passage(
    sentences: list[str], asked: list[str], title: str | None, by_words: bool
) -> None:
    """Whatever is asked, one or two whole sentences are marked, none twice, or none at all where
    nothing tells."""
    passage, query = passage_of(*sentences, title=title), query_of(" ".join(asked))
    reading = read_closely(passage, 0, query, None if by_words else words_of(passage))
    assert set(reading.highlights) <= set(passage.sentences)
    assert len(reading.highlights) == len(set(reading.highlights)) <= 2
    tells = reading.sentence_coverage > 0 if by_words else bool(query.question.tokens)
    assert bool(reading.highlights) is tells
    assert -1.01 <= reading.match <= 1.01
