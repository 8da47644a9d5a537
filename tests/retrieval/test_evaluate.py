"""Measuring: documents by their best passage, no document lost, means as computed by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Encoder, Ranking, SearchIndex, Silent, build_index_of
from retrieval import METHODS, Evaluation, JudgedCollection, evaluate, read_beir
from retrieval.evaluation.evaluate import documents, measured
from tests.beir import LEXICAL, lines, qrels, write_beir
from tests.hash_encoder import HashEncoder


@contextmanager
def indexed(judged: JudgedCollection, encoder: Encoder | None) -> Iterator[SearchIndex]:
    with TemporaryDirectory() as folder:
        build_index_of(judged.articles, Path(folder, "index"), encoder)
        index = SearchIndex(Path(folder, "index"))
        yield index
        index.close()


def evaluated(judged: JudgedCollection) -> Evaluation:
    with indexed(judged, HashEncoder()) as index:
        return evaluate(judged, index, HashEncoder(), Silent())


LOG3 = math.log2(3)


def test_measures_by_hand() -> None:
    """Gains are the scores, discounted by log2(rank + 1); a question that found nothing counts."""
    judgements = {"q1": {"a": 2, "b": 1}, "q2": {"m": 1, "n": 1}, "q3": {"x": 1}}
    rankings = {"q1": ("c", "b", "a"), "q2": ("m",), "q3": ()}
    first = (1 / LOG3 + 2 / 2) / (2 + 1 / LOG3)
    second = 1 / (1 + 1 / LOG3)
    assert measured(rankings, judgements) == pytest.approx(
        {"nDCG@10": (first + second) / 3, "R@100": (1 + 0.5) / 3, "RR@10": (0.5 + 1) / 3}
    )


def test_measures_look_as_far_as_their_names_say() -> None:
    """Place 10 counts for nDCG@10 and RR@10, place 11 does not; place 100 counts for R@100."""
    places = [f"{place:03}" for place in range(1, 101)]
    at_10 = measured({"q": tuple(places)}, {"q": {"010": 1}})
    assert at_10 == pytest.approx({"nDCG@10": 1 / math.log2(11), "R@100": 1, "RR@10": 0.1})
    for place in ("011", "100"):
        assert measured({"q": tuple(places)}, {"q": {place: 1}}) == {
            "nDCG@10": 0,
            "R@100": 1,
            "RR@10": 0,
        }


def test_nothing_found_for_any_question() -> None:
    """Empty rankings measure as 0."""
    assert set(measured({"q": ()}, {"q": {"a": 1}}).values()) == {0.0}


def ranked(rows: list[int]) -> Callable[[int], Ranking]:
    return lambda k: Ranking(tuple(rows[:k]), tuple(float(-n) for n in range(len(rows[:k]))))


def test_a_document_stands_where_its_best_passage_does() -> None:
    """Its other passages change nothing."""
    document_of = ["a", "a", "a", "b", "c"]
    assert documents(ranked([1, 4, 0, 3, 2]), document_of) == ("a", "c", "b")


def test_passages_are_fetched_until_there_are_enough_documents() -> None:
    """A document with thousands of leading passages leaves room for a hundred others."""
    document_of = ["long"] * 5000 + [f"d{n}" for n in range(200)]
    found = documents(ranked(list(range(5200))), document_of)
    assert found == ("long", *(f"d{n}" for n in range(99)))


def test_the_tiny_collection_by_words(tmp_path: Path) -> None:
    """Rankings and measures as computed by hand."""
    outcome = evaluated(read_beir(write_beir(tmp_path)))
    assert outcome.rankings["lexical"] == {"q1": ("ferry",), "q2": ("barrier",)}
    assert outcome.measures["lexical"] == pytest.approx(LEXICAL, abs=1e-6)


def test_every_method_ranks_every_question(tmp_path: Path) -> None:
    """With vectors each document is somewhere in the ranking."""
    outcome = evaluated(read_beir(write_beir(tmp_path)))
    assert tuple(outcome.rankings) == tuple(outcome.measures) == METHODS
    for method in ("dense", "rrf", "hybrid"):
        for ranking in outcome.rankings[method].values():
            assert sorted(ranking) == ["barrier", "ferry", "mill", "tram"]
        assert outcome.measures[method]["R@100"] == 1


def test_a_ranking_holds_a_hundred_documents(tmp_path: Path) -> None:
    """No more and no fewer where there are more, though each has several passages."""
    text = "The ferry of the harbour is late again on this day of fog. " * 30
    files = {
        "corpus.jsonl": lines({"_id": f"d{n:03}", "text": f"{text} {n}."} for n in range(120)),
        "qrels/test.tsv": qrels([("q1", "d000", 1)]),
    }
    judged = read_beir(write_beir(tmp_path, files))
    with indexed(judged, HashEncoder()) as index:
        assert len(index) > 2 * len(judged.articles)
        outcome = evaluate(judged, index, HashEncoder(), Silent())
    for method in METHODS:
        ranking = outcome.rankings[method]["q1"]
        assert (len(ranking), len(set(ranking))) == (100, 100)


def test_equal_documents_are_both_ranked(tmp_path: Path) -> None:
    """Copies are not folded: each may be the one that was judged."""
    files = {
        "corpus.jsonl": lines({"_id": name, "text": "The ferry sank."} for name in ("b", "a")),
        "qrels/test.tsv": qrels([("q1", "b", 1)]),
    }
    outcome = evaluated(read_beir(write_beir(tmp_path, files)))
    for method in METHODS:
        assert outcome.rankings[method]["q1"] == ("a", "b")


def test_a_collection_without_a_word(tmp_path: Path) -> None:
    """There is nothing to find, which measures as 0."""
    files = {
        "corpus.jsonl": lines([{"_id": "a", "text": ""}]),
        "qrels/test.tsv": qrels([("q1", "a", 1)]),
    }
    outcome = evaluated(read_beir(write_beir(tmp_path, files)))
    assert outcome.rankings["hybrid"] == {"q1": ()}
    assert outcome.measures["hybrid"] == {"nDCG@10": 0, "R@100": 0, "RR@10": 0}


def test_questions_are_encoded_together_and_each_once(tmp_path: Path) -> None:
    """Equal questions share a vector, and nothing is encoded besides."""
    queries = [{"_id": f"q{n}", "text": "Who ran aground?"} for n in range(3)]
    judgements = [(f"q{n}", "ferry", 1) for n in range(3)]
    files = {"queries.jsonl": lines(queries), "qrels/test.tsv": qrels(judgements)}
    judged = read_beir(write_beir(tmp_path, files))
    encoder = HashEncoder()
    with indexed(judged, HashEncoder()) as index:
        evaluate(judged, index, encoder, Silent())
    assert encoder.encoded == ["Who ran aground?"]


WORDS = st.text(st.sampled_from("ab Ω.\n\r\u00a0\u2028\"'#—"), max_size=40)
IDS = st.one_of(
    st.sampled_from(["a", "a/b", "a b", "../a", "/", ".", "a#1", "é", "e\u0301", "\t", "a\x00b"]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
)
TEXTS = st.one_of(st.sampled_from(["", " ", "The ferry sank.", "Source: Skerry Herald"]), WORDS)
CORPORA = st.lists(
    st.fixed_dictionaries({"_id": IDS, "title": TEXTS, "text": TEXTS}),
    min_size=1,
    max_size=8,
    unique_by=lambda document: document["_id"],
)


@settings(max_examples=40, deadline=None)
@given(CORPORA)
def test_no_document_is_lost(corpus: list[dict[str, str]]) -> None:
    """Whatever its id and its text, a document that has any words is found once."""
    with TemporaryDirectory() as folder:
        files = {
            "corpus.jsonl": lines(corpus),
            "qrels/test.tsv": qrels([("q1", "ferry", 1)]),
        }
        judged = read_beir(write_beir(Path(folder), files))
    assert {a.article_id for a in judged.articles} == {document["_id"] for document in corpus}
    outcome = evaluated(judged)
    with_words = {d["_id"] for d in corpus if d["text"].strip() or d["title"].strip()}
    for method in ("dense", "rrf", "hybrid"):
        ranking = outcome.rankings[method]["q1"]
        assert sorted(ranking) == sorted(with_words)
    assert set(outcome.rankings["lexical"]["q1"]) <= with_words


def test_cranfield_by_words(evaluation_data: Path) -> None:
    """Passages of 100 words give about the nDCG@10 that BM25 has on whole abstracts, .53."""
    judged = read_beir(evaluation_data / "cranfield")
    assert (len(judged.articles), len(judged.questions), judged.without_words) == (1400, 225, 2)
    with indexed(judged, None) as index:
        outcome = evaluate(judged, index, None, Silent())
    assert outcome.measures["lexical"]["nDCG@10"] == pytest.approx(0.53, abs=0.03)
