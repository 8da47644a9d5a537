"""The questions of the issue, on the two real articles where they are at hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import SearchIndex, SentenceEncoder, build_index
from retrieval import ask

pytestmark = pytest.mark.encoder


@pytest.fixture(scope="module")
def seed_index(
    seeds: Path, tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder
) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "collection").mkdir()
    for path in seeds.glob("*.txt"):
        shutil.copy(path, folder / "collection")
    build_index(folder / "collection", folder / "index", sentence_encoder)
    index = SearchIndex(folder / "index")
    yield index
    index.close()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many arrests came from information passed by the groups?", "46 arrests"),
        ("What did the Chief Constable of Nottinghamshire say?", "Chief Constable Craig Guildford"),
        ("What advice did police give the groups about confrontations?", "public space"),
        ("Who wants hunters to become special constables?", "special constables"),
        ("How many volunteers did Jim Gamble call for?", "1,500 volunteers"),
        ("What did the Home Office say about taking the law into their own hands?",
         "spokesperson told the Daily Mail"),
    ],
    ids=["arrests", "Chief Constable", "advice", "special constables", "volunteers", "Home Office"],
)  # fmt: skip
def test_the_first_citation_holds_the_answer(
    seed_index: SearchIndex, sentence_encoder: SentenceEncoder, question: str, words: str
) -> None:
    """The passage that answers is the first that is cited; a no-break space may be a space."""
    first = ask(question, seed_index, sentence_encoder).citations[0]
    assert words in first.passage.text.replace("\u00a0", " ")


def test_a_question_about_something_else_gets_no_citation(
    seed_index: SearchIndex, sentence_encoder: SentenceEncoder
) -> None:
    """What neither article speaks of is answered with nothing."""
    answer = ask("What is the capital of Australia?", seed_index, sentence_encoder)
    assert (answer.support, answer.citations) == ("none", ())
