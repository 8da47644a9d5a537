"""Asking without pause while an index is published, and what tells a wrong citation from a right
one, which the load benchmark relies on."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from corpus import Article, read_collection
from index import SearchIndex, build_index
from interface.live import LiveIndex
from retrieval import answer_as_json, ask
from tests.benchmarks.serving.asking import Asked, ask_without_pause
from tests.benchmarks.serving.verifying import faults_of, generation_of, steps_back
from tests.web.conftest import ARTICLES, running

QUESTIONS = (
    "Why must the old bridge at Ashford close?",
    "How many cracks did engineers find in the northern arch?",
    "What did the ferry company offer school children?",
    "Who asked for a bus across the river?",
    "How much is the ferry fare?",
    "When did the lighthouse keeper retire?",
    "When is the tide table of the harbour at noon?",
    "What did Mira Holt say about lorries?",
    "Which planet has rings?",
)


def write(collection: Path, added: str = "") -> dict[str, Article]:
    """The articles, with something added to the first paragraph of the bridge's, and what they
    are read as."""
    collection.mkdir(exist_ok=True)
    for name, content in ARTICLES.items():
        changed = content.replace("Council leader", f"{added}Council leader")
        (collection / name).write_text(changed, encoding="utf-8")
    return {article.article_id: article for article in read_collection(collection).articles}


def test_no_request_fails_and_no_citation_is_wrong_while_an_index_is_published(
    tmp_path: Path,
) -> None:
    """Four clients ask without pause: every answer cites the words of the generation that it
    names, before a build that moves them and after it, and no client goes back to an older one."""
    before = write(tmp_path / "collection")
    first = build_index(tmp_path / "collection", tmp_path / "index", None).generation
    live = LiveIndex(SearchIndex(tmp_path / "index"), None)
    afterwards = count()
    with running(live) as address, ThreadPoolExecutor(1) as pool:
        after = write(tmp_path / "collection", "On Monday. ")
        building = pool.submit(build_index, tmp_path / "collection", tmp_path / "index", None)

        def is_over() -> bool:
            return building.done() and next(afterwards) > 30

        asked = ask_without_pause(address, QUESTIONS, 4, is_over)
        second = building.result().generation
    live.close()
    assert [each for each in asked if each.status != 200] == []
    known = {first: before, second: after}
    assert [found for each in asked if (found := faults_of(each, known))] == []
    assert second in {generation_of(each) for each in asked}
    assert steps_back(asked, [first, second]) == 0


@pytest.fixture
def answer(tmp_path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Article]]]:
    """An answer as it is sent, and the articles that it was given from."""
    articles = write(tmp_path / "collection")
    build_index(tmp_path / "collection", tmp_path / "index", None)
    with closing(SearchIndex(tmp_path / "index")) as index:
        given = answer_as_json(ask(QUESTIONS[0], index, None))
        return given, {index.manifest.generation: articles}


def asked(answer: dict[str, Any], client: int = 0) -> Asked:
    return Asked(client, QUESTIONS[0], 0.0, 0.0, 200, json.dumps(answer).encode())


Spoil = Callable[[dict[str, Any]], object]

SPOILT: dict[str, tuple[str, Spoil]] = {
    "one letter": (
        "cites words of bridge that do not stand at",
        lambda a: a["citations"][0].update(text=a["citations"][0]["text"].upper()),
    ),
    "moved": (
        "cites words of bridge that do not stand at",
        lambda a: a["citations"][0].update(start=a["citations"][0]["start"] + 1),
    ),
    "another version": (
        "cites another version of bridge",
        lambda a: a["citations"][0]["article"].update(sha256="0" * 64),
    ),
    "another article": (
        "cites pier, which the generation has not",
        lambda a: a["citations"][0]["article"].update(article_id="pier"),
    ),
    "another title": (
        "gives other details of bridge",
        lambda a: a["citations"][0]["article"].update(title="Open the bridge"),
    ),
    "another generation": (
        "is of a generation that was never published",
        lambda a: a["index"].update(generation="20000101T000000.000000Z"),
    ),
    "another question": (
        "answers another question",
        lambda a: a.update(question=QUESTIONS[1]),
    ),
    "nothing cited": ("with 0 citations", lambda a: a["citations"].clear()),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_with_an_answer_is_noticed(
    name: str, answer: tuple[dict[str, Any], dict[str, dict[str, Article]]]
) -> None:
    """An answer as it was given has no fault; with one thing altered, that is told."""
    given, known = answer
    assert faults_of(asked(given), known) == []
    fault, spoil = SPOILT[name]
    spoil(given)
    assert any(fault in found for found in faults_of(asked(given), known))


def test_words_of_an_article_that_has_changed_are_noticed(
    answer: tuple[dict[str, Any], dict[str, dict[str, Article]]],
) -> None:
    """A generation whose article says something else makes its citations wrong."""
    given, known = answer
    (generation, articles), *_ = known.items()
    bridge = dataclasses.replace(articles["bridge"], text=articles["bridge"].text[1:])
    found = faults_of(asked(given), {generation: articles | {"bridge": bridge}})
    assert "cites another version of bridge" in found


def test_a_client_that_goes_back_to_an_older_generation_is_counted() -> None:
    """Each client for itself: another may still wait for the new one."""

    def of(generation: str, client: int) -> Asked:
        return asked({"index": {"generation": generation}}, client)

    stream = [of("a", 1), of("b", 1), of("a", 2), of("a", 1), of("b", 1)]
    assert steps_back(stream, ["a", "b"]) == 1
