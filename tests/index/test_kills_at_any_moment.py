"""kill -9 at moments spread evenly over a build of several seconds costs nothing but time.

After each kill questions are asked: they are answered from the old state or the new one, never
from a mixture; and the next build ends where a fresh one does without encoding anything twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus import read_collection
from index import Generations, NoIndex, build_index
from retrieval import answer_as_json, ask, verify_index
from tests.hash_encoder import HashEncoder
from tests.index.invented import (
    assert_equal_builds,
    changes,
    kept_keys,
    keys,
    markdown,
    opened,
    write_files,
)
from tests.index.kills import kill_at_even_moments, table
from tests.index.slow_builder import FIRST, PHASES

_THINGS = "bridge library park tram ferry market school harbour theatre orchard".split()
_TOWNS = "Elmbridge Thornby Wexcombe Skerry Hollin Marrow Pellbrook Oxley Dunmere Farrow".split()
# The answers to all of them differ between the states.
QUESTIONS = (
    "How many people had the council of Thornby heard about the ferry?",
    "How many people asked for the park in Elmbridge?",
    "What will the mayor of Farrow pay for the tram?",
    "Who opened the theatre in Skerry after the flood?",
)


def report(number: int, people: int) -> str:
    """An invented article with passages of its own."""
    town, thing = _TOWNS[number % 10], _THINGS[(number // 10 + number) % 10]
    return markdown(
        f"The council of {town} decided on Tuesday to keep the {thing} number {number} open. "
        f"It had heard {people} people who asked for the {thing}.\n\n"
        f"“We will pay {number * 70 + 9} pounds for it,” said the mayor of {town}. "
        f"The {thing} in {town} was opened after flood {number}.\n",
        title=f"{town} keeps its {thing} {number}",
        published=f"20{10 + number % 10}-0{1 + number % 9}",
    )


def reports(numbers: range, people: int) -> dict[str, str]:
    return {f"{number % 7}/report-{number:03}.md": report(number, people) for number in numbers}


@dataclass(frozen=True)
class State:
    """What an index says when it is whole: the answers to the questions, and every source."""

    answers: tuple[dict[str, Any], ...]
    texts: dict[str, str]


def state_of(index: Path) -> State:
    """Asks the questions of an index. Every citation is a slice of the text of its source."""
    with opened(index) as reader:
        texts = {
            entry.article_id: reader.article(entry.article_id).text
            for entry in reader.catalogue.entries()
        }
        answers = tuple(
            answer_as_json(ask(question, reader, HashEncoder())) for question in QUESTIONS
        )
    for answer in answers:
        del answer["index"]
        assert answer["citations"]
        for cited in answer["citations"]:
            text = texts[cited["article"]["article_id"]]
            assert cited["text"] == text[cited["start"] : cited["end"]]
    return State(answers, texts)


@dataclass(frozen=True)
class Update:
    """A collection that has changed since its index was built.

    index: None where none was built. states: the names of what the index may say in between.
    fresh: an index of the changed collection. history: what it tells in the end.
    """

    collection: Path
    index: Path | None
    states: dict[str, State]
    fresh: Path
    history: list[tuple[str, str]]


def prepare(folder: Path, articles: int, *, first: bool) -> Update:
    """Half of the articles are indexed; then one in ten changes, one in twenty goes, and the
    other half comes. first: there is no index yet."""
    collection, index, half = folder / "collection", folder / "index", articles // 2
    states = {}
    write_files(collection, reports(range(half), people=300))
    if not first:
        build_index(collection, index, HashEncoder())
        states["old"] = state_of(index)
    write_files(collection, reports(range(0, half, 10), people=4000))
    for name in reports(range(9, half, 20), people=0):
        (collection / name).unlink()
    write_files(collection, reports(range(half, articles), people=50))
    fresh = folder / "fresh"
    if not first:
        shutil.copytree(index, folder / "updated")
        build_index(collection, folder / "updated", HashEncoder())
    build_index(collection, fresh, HashEncoder())
    states["new"] = state_of(fresh)
    read = {article.article_id: article.text for article in read_collection(collection).articles}
    assert states["new"].texts == read
    assert first or all(
        one != other
        for one, other in zip(states["old"].answers, states["new"].answers, strict=True)
    )
    history = changes(fresh if first else folder / "updated")
    return Update(collection, None if first else index, states, fresh, history)


def require_mended(update: Update, index: Path) -> str:
    """The index answers from one state; the next build resumes and ends where a fresh one does.
    Gives which state it was."""
    try:
        now = state_of(index)
    except NoIndex as missing:
        assert update.index is None
        assert str(missing) == f"There is no index in {index}. Make one with: onrecord build"  # noqa: PT017
        answered = "none"
    else:
        (answered,) = [name for name, state in update.states.items() if state == now]
        with opened(index) as reader:
            assert verify_index(reader).defects == ()

    kept, encoder = kept_keys(index), HashEncoder()
    build_index(update.collection, index, encoder)

    assert not keys(encoder) & kept, "encoded again"
    assert_equal_builds(index, update.fresh)
    assert changes(index) == update.history
    with opened(index) as reader:
        assert verify_index(reader).defects == ()
        assert keys(encoder) | kept >= kept_keys(update.fresh)
    left = {path.name for path in (index / "generations").iterdir()}
    assert Generations(index).current().generation in left
    assert len(left) == (1 if answered == "none" or update.index is None else 2)
    assert [path for path in index.rglob("*") if path.suffix == ".new"] == []
    assert not (index / "articles.db-journal").exists()
    return answered


def killed(update: Update, folder: Path, kills: int, seconds: float) -> list[tuple[str, str]]:
    """(phase, state that answered) for kills at even moments of a build."""
    index = folder / "killed"

    def prepare_again() -> None:
        shutil.rmtree(index, ignore_errors=True)
        if update.index is None:
            index.mkdir()
        else:
            shutil.copytree(update.index, index)

    return kill_at_even_moments(
        [update.collection, index, str(seconds)],
        kills,
        prepare_again,
        lambda: require_mended(update, index),
    )


@pytest.mark.parametrize(
    ("kills", "articles", "seconds"),
    [
        pytest.param(10, 80, 1.0, id="10 kills"),
        pytest.param(200, 160, 1.4, id="200 kills", marks=pytest.mark.long),
    ],
)
def test_kills_spread_evenly_over_a_build_cost_nothing(
    new_folder: Callable[[], Path], kills: int, articles: int, seconds: float
) -> None:
    """From the first article read to the last old file removed."""
    folder = new_folder()
    update = prepare(folder, articles, first=False)

    hit = killed(update, folder, kills, seconds)

    print(f"{kills} kills:\n{table(hit)}")
    phases, answered = {phase for phase, _ in hit}, [state for _, state in hit]
    assert {"Reading articles, bytes", "Encoding passages"} <= phases
    if kills >= 200:
        assert phases >= set(PHASES)
        assert set(answered) == {"old", "new"}


@pytest.mark.parametrize(
    ("kills", "articles", "seconds"),
    [
        pytest.param(4, 40, 1.0, id="4 kills"),
        pytest.param(40, 120, 1.5, id="40 kills", marks=pytest.mark.long),
    ],
)
def test_kills_of_a_first_build_leave_no_index_or_a_whole_one(
    new_folder: Callable[[], Path], kills: int, articles: int, seconds: float
) -> None:
    """Where nothing was built before, a killed build leaves none, and says so, or all of it."""
    folder = new_folder()
    update = prepare(folder, articles, first=True)

    hit = killed(update, folder, kills, seconds)

    print(f"{kills} kills of a first build:\n{table(hit)}")
    answered = {state for _, state in hit}
    assert answered <= {"none", "new"}
    assert "none" in answered
    if kills >= 40:
        assert {phase for phase, _ in hit} >= set(FIRST)
