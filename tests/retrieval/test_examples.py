"""Questions of the kinds that people ask, with the real encoder, on two invented articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import SearchIndex, SentenceEncoder, build_index
from retrieval import ask
from tests.retrieval.invented import SPOTTERS

pytestmark = pytest.mark.encoder


@pytest.fixture(scope="module")
def spotters(
    tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder
) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("spotters")
    (folder / "collection").mkdir()
    for name, text in SPOTTERS.items():
        (folder / "collection" / name).write_text(text)
    build_index(folder / "collection", folder / "index", sentence_encoder)
    index = SearchIndex(folder / "index")
    yield index
    index.close()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many fines came from photographs passed on by the groups?", "63 fines"),
        ("What did the Chief Warden of Harrowmere say?", "Chief Warden Bram Ockley"),
        ("What advice did wardens give the groups about confrontations?", "on a public road"),
        ("Who wants spotters to become honorary rangers?", "honorary rangers"),
        ("How many volunteers did Nora Quillan call for?", "2,400 volunteers"),
        (
            "What did the Waste Office say about taking enforcement into their own hands?",
            "a spokesperson told the Evening Lantern",
        ),
    ],
    ids=["a figure", "a role of a place", "advice", "who wants what", "a person's number",
         "an office on a phrase"],
)  # fmt: skip
def test_the_first_citation_holds_the_answer(
    spotters: SearchIndex, sentence_encoder: SentenceEncoder, question: str, words: str
) -> None:
    """The passage that answers is the first that is cited; a no-break space may be a space."""
    first = ask(question, spotters, sentence_encoder).citations[0]
    assert words in first.passage.text.replace("\u00a0", " ")


def test_the_sentence_that_answers_is_highlighted(
    spotters: SearchIndex, sentence_encoder: SentenceEncoder
) -> None:
    """Inside the passage the one sentence that answers is marked."""
    answer = ask("How many volunteers did Quillan call for?", spotters, sentence_encoder)
    citation = answer.citations[0]
    assert [span.of(citation.article.text) for span in citation.highlights] == [
        "Quillan called for 2,400 volunteers to be trained."
    ]


def test_a_follow_up_question_is_answered_with_the_subject_of_the_one_before(
    spotters: SearchIndex, sentence_encoder: SentenceEncoder
) -> None:
    """It is nearer to the passage that answers with the name that it leans on."""
    asked, before = "How many volunteers did she call for?", "What did Nora Quillan say of vans?"
    alone = ask(asked, spotters, sentence_encoder)
    answer = ask(asked, spotters, sentence_encoder, after=[before])
    assert alone.taken_over == ()
    assert answer.taken_over == ("Nora Quillan", "vans")
    first = answer.citations[0]
    assert "2,400 volunteers" in first.passage.text
    before_that = {c.passage.passage_id: c.scores.dense or 0.0 for c in alone.citations}
    assert (first.scores.dense or 0.0) > before_that[first.passage.passage_id]


def test_a_question_about_something_else_gets_no_citation(
    spotters: SearchIndex, sentence_encoder: SentenceEncoder
) -> None:
    """What no article speaks of is answered with nothing."""
    answer = ask("What is the capital of Australia?", spotters, sentence_encoder)
    assert (answer.support, answer.citations) == ("none", ())
    assert answer.scope.absent_terms == ("capital", "Australia")


def test_furniture_is_never_cited(spotters: SearchIndex, sentence_encoder: SentenceEncoder) -> None:
    """Headline, captions, stamp, source line and address are in no citation."""
    for question in (
        "Who ought to welcome the litter spotters?",
        "Are Harrowmere wardens ready to leave the line of other districts?",
        "Night litter spotters told to sign up with the rangers",
        "Pellbrook Mercury",
    ):
        for citation in ask(question, spotters, sentence_encoder, limit=20).citations:
            for furniture in citation.article.furniture:
                assert not furniture.span.overlaps(citation.passage.span)
