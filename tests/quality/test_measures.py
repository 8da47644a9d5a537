"""What the measures count, on answers made by hand."""

from __future__ import annotations

import pytest

from corpus import Article
from retrieval import Answer, Citation
from tests.interface.answers import answer_of, citation_of, passage_in
from tests.quality.measures import FIDELITY, jaccard, ndcg, scores_of
from tests.quality.questions import Answerable, Unanswerable

FERRY = Article("ferry", "The ferry ran aground. Nine people were hurt. It was raining.")
PIER = Article("pier", "The pier is closed. Nine people complained.")
BRIEFS = {"ferry": FERRY.text, "pier": PIER.text}
HURT = Answerable(
    "How many were hurt?", {"ferry": 2}, ("Nine people",), {"ferry": ("people were hurt",)}
)


def cited(article: Article, *sentences: str, marked: int = 0) -> Citation:
    """A citation of these sentences, with the one at `marked` highlighted."""
    passage = passage_in(article, *sentences)
    return citation_of(passage, highlights=(passage.sentences[marked],))


AGROUND = cited(FERRY, "The ferry ran aground.")
NINE_HURT = cited(FERRY, "The ferry ran aground.", "Nine people were hurt.", marked=1)
WRONG_MARK = cited(FERRY, "The ferry ran aground.", "Nine people were hurt.")
COMPLAINTS = cited(PIER, "Nine people complained.")


def score(asked: Answerable | Unanswerable, answer: Answer, measure: str) -> float:
    return scores_of([asked], [answer], BRIEFS)[measure][asked.question]


@pytest.mark.parametrize(
    ("ranking", "relevant", "value"),
    [
        (["a"], {"a": 2}, 1.0),
        (["a", "b"], {"a": 2, "b": 1}, 1.0),
        (["x", "a"], {"a": 2}, 0.63093),
        (["b", "a"], {"a": 2, "b": 1}, 0.85972),
        (["a"], {"a": 2, "b": 2}, 0.61315),
        ([], {"a": 1}, 0.0),
        ([*"klmnopqrst", "a"], {"a": 2}, 0.0),
    ],
    ids=["first", "in order", "second", "partly before fully", "one of two", "none", "eleventh"],
)
def test_ndcg_discounts_by_rank_and_weighs_by_grade(
    ranking: list[str], relevant: dict[str, int], value: float
) -> None:
    assert ndcg(ranking, relevant) == pytest.approx(value, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ((NINE_HURT, COMPLAINTS), (COMPLAINTS, NINE_HURT), 1.0),
        ((NINE_HURT, COMPLAINTS), (NINE_HURT,), 0.5),
        ((AGROUND,), (NINE_HURT,), 0.0),
        ((), (NINE_HURT,), 0.0),
        ((), (), 0.0),
    ],
    ids=["in another order", "half", "another passage of the article", "one refused", "both"],
)
def test_both_sides_get_the_same_citations(
    one: tuple[Citation, ...], other: tuple[Citation, ...], value: float
) -> None:
    """By article and span; two refusals are no balance."""
    assert jaccard(answer_of(*one), answer_of(*other)) == value


def test_an_article_ranks_where_its_best_citation_stands() -> None:
    """Two citations of one article before another leave that one the second article."""
    both = Answerable("Nine?", {"ferry": 2, "pier": 2}, ("Nine",), {"ferry": (), "pier": ()})
    assert score(both, answer_of(AGROUND, NINE_HURT, COMPLAINTS), "nDCG@10") == 1.0


@pytest.mark.parametrize(
    ("citations", "first", "of_three"),
    [
        ((NINE_HURT, COMPLAINTS), 1.0, 1.0),
        ((COMPLAINTS, NINE_HURT), 0.0, 1.0),
        ((AGROUND, COMPLAINTS, COMPLAINTS, NINE_HURT), 0.0, 0.0),
        ((), 0.0, 0.0),
    ],
    ids=["first", "its words in another article", "fourth", "no citation"],
)
def test_a_citation_answers_if_it_is_of_a_relevant_article_and_holds_the_answer(
    citations: tuple[Citation, ...], first: float, of_three: float
) -> None:
    answer = answer_of(*citations)
    assert score(HURT, answer, "first citation answers") == first
    assert score(HURT, answer, "one of three citations answers") == of_three


@pytest.mark.parametrize(
    ("citations", "value"),
    [
        ((NINE_HURT,), 1.0),
        ((COMPLAINTS, NINE_HURT), 1.0),
        ((WRONG_MARK,), 0.0),
        ((AGROUND, NINE_HURT), 0.0),
        ((citation_of(NINE_HURT.passage, highlights=()),), 0.0),
        ((), 0.0),
    ],
    ids=["marked", "in the second", "another sentence", "only later", "no mark", "no citation"],
)
def test_the_first_citation_from_an_answering_article_marks_the_sentence_that_answers(
    citations: tuple[Citation, ...], value: float
) -> None:
    assert score(HURT, answer_of(*citations), "answer highlighted") == value


def test_another_subject_must_get_no_citation_and_a_near_one_no_strong_one() -> None:
    related = answer_of(citation_of(AGROUND.passage, support="related"))
    strong, none = answer_of(AGROUND), answer_of()
    other, near = Unanswerable("Is it art?", is_near=False), Unanswerable("Why?", is_near=True)
    assert [score(other, each, "other subjects refused") for each in (strong, related, none)] == [
        0.0, 0.0, 1.0,
    ]  # fmt: skip
    assert [score(near, each, "near subjects not strong") for each in (strong, related, none)] == [
        0.0, 1.0, 1.0,
    ]  # fmt: skip


def test_a_citation_is_faithful_only_if_the_stored_file_has_its_words_at_its_place() -> None:
    """One that a brief has a character before, or in which one letter differs, is not."""
    answer = answer_of(COMPLAINTS, NINE_HURT)
    asked = Unanswerable("Why?", is_near=True)

    def fidelity(ferry: str) -> float:
        briefs = {"ferry": ferry, "pier": PIER.text}
        return scores_of([asked], [answer], briefs)[FIDELITY]["Why?"]

    assert fidelity(FERRY.text) == 1.0
    assert fidelity(" " + FERRY.text) == 0.0
    assert fidelity(FERRY.text.replace("Nine", "Mine")) == 0.0
    assert scores_of([asked], [answer], {"pier": PIER.text})[FIDELITY]["Why?"] == 0.0
