"""One question ranked by one method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, Metadata, Span
from index import Encoded, Encoder, Filter, SearchIndex, build_index_of
from retrieval import METHODS, Method, ask
from retrieval.questions.question import question_of, read_question
from retrieval.ranking.hybrid import HybridRanking, rank, rank_hybrid
from retrieval.ranking.query import Query, query_of
from tests.hash_encoder import DIMENSIONS, HashEncoder, word_vector

QUESTIONS = [
    "Which flood barrier held at Sedge Lane?",
    "Who closes the library on Mondays?",
    "A ferry with passengers ran aground in fog",
    "trams",
]
MANY_WORDS = [f"zeppelin{number}x" for number in range(32)]


class Thesaurus(HashEncoder):
    """The fake encoder, but to its word vectors a streetcar is a tram."""

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        meant = {"streetcar": "tram", "streetcars": "tram"}
        return Encoded(
            self.encode(strings),
            tuple(
                np.array(
                    [
                        word_vector(meant.get(word := span.of(string).lower(), word))
                        for span in spans
                    ],
                    np.float32,
                ).reshape(-1, DIMENSIONS)
                for string, spans in zip(strings, words, strict=True)
            ),
        )


@contextmanager
def index_of(articles: Sequence[Article], encoder: Encoder | None) -> Iterator[SearchIndex]:
    with TemporaryDirectory() as folder:
        build_index_of(articles, Path(folder, "index"), encoder)
        index = SearchIndex(Path(folder, "index"))
        yield index
        index.close()


@pytest.fixture(scope="module")
def lighthouses() -> Iterator[SearchIndex]:
    """150 articles of one passage each, all of which hold the word `lighthouse`."""
    articles = [
        Article(f"{n:03}", f"Warden {n} keeps the lighthouse of cape {n % 7} and no other.")
        for n in range(150)
    ]
    with index_of(articles, HashEncoder()) as index:
        yield index


def query(words: str, index: SearchIndex, encoder: Encoder | None = None) -> Query:
    return query_of(read_question(words), index, encoder or HashEncoder())


def asked(words: str, index: SearchIndex, method: Method, k: int) -> dict[int, float]:
    return rank(query(words, index), index, method, k).by_row()


def names(ranked: HybridRanking, index: SearchIndex) -> list[str]:
    return [index.catalogue.passage(row)[0] for row in ranked.ranking.rows]


@pytest.mark.parametrize("question", QUESTIONS)
def test_one_side_is_that_of_the_index(town: SearchIndex, question: str) -> None:
    """`lexical` and `dense` are the index's own rankings."""
    vector = HashEncoder().encode([question])[0]
    sides = town.search(vector, read_question(question).terms, 4)
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
def test_citations_carry_the_scores_of_hybrid(
    town: SearchIndex, question: str, encoder: Encoder | None
) -> None:
    """Every citation of an answer is a row of `hybrid`, with its score; what an answer lacks is
    without support or a copy."""
    ranking = rank(query_of(read_question(question), town, encoder), town, "hybrid", 10)
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
    ranked = rank_hybrid(query(QUESTIONS[2], town), town)
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


ANY_WORDS = st.lists(
    st.sampled_from("who how many when warden lighthouse cape 3 7 ferry fog tram the".split()),
    min_size=1,
    max_size=14,
).map(" ".join)

READ = st.sampled_from([0, 5, 20, 21, 40, 60, 110])


@settings(deadline=None, max_examples=20)
@given(words=ANY_WORDS, by_words=st.booleans(), read=READ)
def test_the_ranking_holds_every_row_of_both_sides_once(
    lighthouses: SearchIndex, words: str, by_words: bool, read: int
) -> None:
    """With scores that do not rise; the leaders are the first passages of it, in its order, and
    with word vectors all of them were compared."""
    asked_for = query_of(question_of(words), lighthouses, None if by_words else HashEncoder())
    ranked = rank_hybrid(asked_for, lighthouses, read=read)
    found = set(ranked.sides.lexical.rows) | set(ranked.sides.dense.rows)
    assert sorted(ranked.ranking.rows) == sorted(found)
    scores = ranked.ranking.scores
    assert list(scores) == sorted(scores, reverse=True)
    leaders = list(ranked.leaders)
    assert leaders == list(ranked.ranking.rows[: len(leaders)])
    assert len(leaders) == min(max(20, read), len(found))
    compared = bool(asked_for.question.tokens) and not by_words
    assert set(leaders) <= set(ranked.late) if compared else ranked.late == {}


@settings(deadline=None, max_examples=20)
@given(words=ANY_WORDS, by_words=st.booleans(), few=READ, many=READ)
def test_the_order_does_not_depend_on_how_many_are_read(
    lighthouses: SearchIndex, words: str, by_words: bool, few: int, many: int
) -> None:
    """Nor do scores, so that more citations begin with the fewer."""
    asked_for = query_of(question_of(words), lighthouses, None if by_words else HashEncoder())
    first = rank_hybrid(asked_for, lighthouses, read=few)
    second = rank_hybrid(asked_for, lighthouses, read=many)
    assert first.ranking == second.ranking
    shorter = min(len(first.leaders), len(second.leaders))
    assert list(first.leaders.items())[:shorter] == list(second.leaders.items())[:shorter]


def test_the_same_ranking_at_each_call(town: SearchIndex) -> None:
    """Nothing of an earlier question stays."""
    first = [rank_hybrid(query(words, town), town) for words in QUESTIONS]
    again = [rank_hybrid(query(words, town), town) for words in reversed(QUESTIONS)]
    assert first == again[::-1]


STREETCARS = [
    Article("a", "Wardens met for the opening of the depot, on a long and rainy day in town."),
    Article("b", "Librarians met for the opening of the depot, on a long and rainy day in town."),
    Article("c", "The streetcar met for the opening of the depot, on a long rainy day in town."),
]


def test_a_passage_whose_words_match_in_meaning_is_raised() -> None:
    """Late interaction finds what the passage puts in another word, and only that way."""
    for encoder, first in ((Thesaurus(), "c"), (HashEncoder(), "a")):
        with index_of(STREETCARS, encoder) as index:
            ranked = rank_hybrid(query("tram opening", index, encoder), index)
            assert names(ranked, index)[0] == first
            assert (ranked.late[2] > 0.95) is (first == "c")


def test_a_long_question_counts_late_interaction_less() -> None:
    """It describes rather than asks, so that each word by itself tells less: in proportion from
    nine terms on. Here the one article that has words of the question has all of them."""
    articles = [Article("a", " ".join(MANY_WORDS)), Article("b", "Librarians met.")]

    def score(words: int) -> float:
        with index_of(articles, HashEncoder()) as index:
            asked_for = replace(query(" ".join(MANY_WORDS[:words]), index), vector=None)
            [best] = rank_hybrid(asked_for, index).ranking.scores
            return best

    assert score(4) == pytest.approx(score(8))
    assert score(8) - score(16) == pytest.approx(2 * (score(16) - score(32)))
    assert score(16) < score(8)


PUBLISHERS = ["Wexcombe Courier", "The Skerry Times", "Skerry Post", "The Lantern", "BBC News",
              "BBC", "The BBC", "Post", "C.A.R. (net)"]  # fmt: skip


@pytest.fixture(scope="module")
def newspapers() -> Iterator[SearchIndex]:
    """Articles that are alike but for their publisher, in the order of PUBLISHERS."""
    articles = [
        Article(f"{number}", "Wardens met on the fines.", Metadata(publisher=publisher))
        for number, publisher in enumerate(PUBLISHERS)
    ]
    with index_of(articles, HashEncoder()) as index:
        yield index


@pytest.mark.parametrize(
    ("publisher", "question", "named"),
    [
        ("The Skerry Times", "What does The Skerry Times say of fines?", True),
        ("The Skerry Times", "What does the Skerry Times say of fines?", True),
        ("The Skerry Times", "What do Skerry Times reports say of fines?", True),
        ("The Skerry Times", "What do the Harrowmere Times say of fines?", False),
        ("The Skerry Times", "What did the skerry times say of fines?", False),
        ("Skerry Post", "What does The Skerry Post say of fines?", True),
        ("The Lantern", "What does the Lantern say of fines?", True),
        ("The Lantern", "What does The Lantern say of fines?", True),
        ("The Lantern", "What does a Lantern say of fines?", False),
        ("BBC News", "What does the BBC say of fines?", True),
        ("BBC News", "What does BBC News say of fines?", True),
        ("BBC", "What does BBC News say of fines?", True),
        ("BBC News", "What does CBBC say of fines?", False),
        ("The BBC", "What does the BBC say of fines?", True),
        ("Post", "What does the Postmaster say of fines?", False),
        ("C.A.R. (net)", "What does C.A.R. (net) say of fines?", True),
    ],
)  # fmt: skip
def test_a_publisher_that_the_question_names_raises_its_articles(
    newspapers: SearchIndex, publisher: str, question: str, named: bool
) -> None:
    """As its name is written, with "The" or without, or by the capitals that it is known by."""
    score = asked(question, newspapers, "hybrid", len(PUBLISHERS))
    raised = score[PUBLISHERS.index(publisher)] - score[0]
    assert raised == pytest.approx(0.5 if named else 0.0)


def test_words_of_the_question_in_a_title_raise_its_article() -> None:
    """By words alone too, where a title is otherwise not searched."""
    text = "They met {} times on it."
    articles = [
        Article(name, text.format(name), Metadata(title=title))
        for name, title in (("7", "Fog at sea"), ("8", "Library fines"), ("9", None))
    ]
    with index_of(articles, None) as index:
        words = query_of(read_question("Who met on library fines?"), index, None)
        assert names(rank_hybrid(words, index), index)[0] == "8"


def test_without_word_vectors_the_best_sentence_decides(wordy_town: SearchIndex) -> None:
    """By words alone nothing is compared, and the ranking is there all the same."""
    words = query_of(read_question("Who closes the library on Mondays?"), wordy_town, HashEncoder())
    ranked = rank_hybrid(words, wordy_town)
    assert ranked.late == {}
    assert names(ranked, wordy_town)[0] == "news/library"
    assert ranked.sides.dense.rows == ()
    best = ranked.leaders[ranked.ranking.rows[0]]
    assert best.match == best.sentence_coverage


def test_of_two_passages_the_one_with_all_words_in_one_sentence_is_first() -> None:
    """By words alone: words that stand together answer sooner than words that are scattered."""
    scattered = "The ferry is old and slow. The captain is not, and she is well liked here."
    together = "The ferry captain is old. It is a slow thing, and the sea is well liked here."
    other = "A captain is here and there, and has been in many other places of the old country."
    articles = [Article("a", scattered), Article("b", together), Article("c", other)]
    with index_of(articles, None) as index:
        words = query_of(read_question("Why the ferry captain?"), index, None)
        assert names(rank_hybrid(words, index), index) == ["b", "a", "c"]


@pytest.mark.parametrize("encoder", [HashEncoder(), None], ids=["vectors", "words"])
def test_only_what_is_allowed_is_found(town: SearchIndex, encoder: Encoder | None) -> None:
    """Articles that a filter lets pass, and rows among those that are given."""
    words = query_of(read_question("ferry library council barrier tram"), town, encoder)
    everything = set(rank_hybrid(words, town).ranking.rows)
    allowed = sorted(everything)[1:3]
    assert set(rank_hybrid(words, town, among=allowed).ranking.rows) == set(allowed)
    assert rank_hybrid(words, town, among=[]).ranking.rows == ()
    courier = rank_hybrid(words, town, chosen=Filter(publisher="Wexcombe Courier"))
    assert set(names(courier, town)) == {"ferry-again", "news/library"}
    both = rank_hybrid(words, town, chosen=Filter(publisher="Wexcombe Courier"), among=allowed)
    assert set(both.ranking.rows) == set(allowed) & set(courier.ranking.rows)


def test_many_copies_leave_room_for_others() -> None:
    """A story that seventy articles carry is compared and read once, and others beside it."""
    copies = [Article(f"a{n:02}", "The ferry captain spoke of the ferry.") for n in range(70)]
    others = [Article(f"b{n:02}", f"A captain said {n} words.") for n in range(25)]
    with index_of(copies + others, HashEncoder()) as index:
        ranked = rank_hybrid(query("ferry captain", index), index, read=25)
        read = [index.catalogue.passage(row)[0] for row in ranked.leaders]
    assert (read[0], len([name for name in read if name[0] == "a"])) == ("a00", 1)
    assert len(read) == 25
