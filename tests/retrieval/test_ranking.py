"""One question ranked by one method."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus import Article
from index import Encoder, SearchIndex, build_index_of
from retrieval import METHODS, Method, ask
from retrieval.question import read_question
from retrieval.ranking import rank, rank_hybrid
from tests.hash_encoder import HashEncoder

QUESTIONS = [
    "Which flood barrier held at Sedge Lane?",
    "Who closes the library on Mondays?",
    "A ferry with passengers ran aground in fog",
    "trams",
]


@pytest.fixture(scope="module")
def lighthouses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """150 articles of one passage each, all of which hold the word `lighthouse`."""
    folder = tmp_path_factory.mktemp("lighthouses")
    articles = [
        Article(f"{n:03}", f"Warden {n} keeps the lighthouse of cape {n % 7} and no other.")
        for n in range(150)
    ]
    build_index_of(articles, folder, HashEncoder())
    index = SearchIndex(folder)
    yield index
    index.close()


def asked(words: str, index: SearchIndex, method: Method, k: int) -> dict[int, float]:
    encoder = HashEncoder()
    vector = encoder.encode([words])[0]
    return rank(read_question(words), vector, index, encoder, method, k).by_row()


@pytest.mark.parametrize("question", QUESTIONS)
def test_one_side_is_that_of_the_index(town: SearchIndex, question: str) -> None:
    """`lexical` and `dense` are the index's own rankings."""
    words = read_question(question)
    vector = HashEncoder().encode([words.text])[0]
    sides = town.search(vector, words.terms, 4)
    assert asked(question, town, "lexical", 4) == sides.lexical.by_row()
    assert asked(question, town, "dense", 4) == sides.dense.by_row()


@pytest.mark.parametrize("question", QUESTIONS)
def test_rrf_is_that_of_both_sides(town: SearchIndex, question: str) -> None:
    """Plainly: 1 / (60 + rank) on each side, added up."""
    expected: dict[int, float] = {}
    for side in ("lexical", "dense"):
        for place, row in enumerate(asked(question, town, side, 100)):  # type: ignore[arg-type]
            expected[row] = expected.get(row, 0) + 1 / (61 + place)
    assert asked(question, town, "rrf", 100) == pytest.approx(expected)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("encoder", [HashEncoder(), None], ids=["vectors", "words"])
def test_answers_come_in_the_order_of_hybrid(
    town: SearchIndex, question: str, encoder: Encoder | None
) -> None:
    """Every citation of an answer is a row of `hybrid`, with its score and in its order; what an
    answer lacks is without support or a copy."""
    vector = encoder.encode([question])[0] if encoder else None
    ranking = rank(read_question(question), vector, town, encoder, "hybrid", 10)
    scores = {
        town.catalogue.passage(row)[:2]: score
        for row, score in zip(ranking.rows, ranking.scores, strict=True)
    }
    cited = [
        ((c.passage.article.article_id, c.passage.passage_id), c.scores.fused)
        for c in ask(question, town, encoder, limit=10).citations
    ]
    assert cited
    assert cited == [(place, score) for place, score in scores.items() if place in dict(cited)]


def test_copies_of_a_passage_rank_alike(town: SearchIndex) -> None:
    """What is read in a passage holds for its copies, of which one leads."""
    question = read_question(QUESTIONS[2])
    encoder = HashEncoder()
    ranked = rank_hybrid(question, encoder.encode([question.text])[0], town, encoder)
    first, second = ranked.ranking.rows[:2]
    assert {town.catalogue.passage(row)[0] for row in (first, second)} == {"ferry", "ferry-again"}
    assert first in ranked.leaders
    assert second not in ranked.leaders


@pytest.mark.parametrize("method", METHODS)
def test_as_many_rows_as_are_asked_for(lighthouses: SearchIndex, method: Method) -> None:
    """At least k where the method finds as many, none twice, scores descending."""
    for k in (1, 20, 100, 130, 150, 1000):
        found = asked("Who keeps the lighthouse of cape 3?", lighthouses, method, k)
        assert len(found) >= min(k, 150)
        assert list(found.values()) == sorted(found.values(), reverse=True)


def test_hybrid_goes_on_below_what_answers_are_made_from(lighthouses: SearchIndex) -> None:
    """However many rows are asked for, the first are those that `ask` would choose from."""
    words = "Who keeps the lighthouse of cape 3?"
    candidates = list(asked(words, lighthouses, "hybrid", 1))
    deeper = list(asked(words, lighthouses, "hybrid", 150))
    assert 100 <= len(candidates) < 150
    assert deeper[: len(candidates)] == candidates
    assert sorted(deeper) == list(range(150))
