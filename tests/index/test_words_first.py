"""A build whose vectors take long publishes its words first, and what answers then says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence

import pytest

from corpus import Span
from index import BuildFailed, Encoded, Encoding, Generations, SearchIndex, build_index
from index.build import publishing
from index.store import encoding_note
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town

TEXTS = {
    "gate.txt": "The gate of Thornby opens at nine. The warden has the key.",
    "park.txt": "The park is closed on Monday. Readers paid for its benches.",
    "tram.txt": "The tram runs to Wexcombe again. Nobody was hurt.",
}


class Watching(HashEncoder):
    """Calls `during` whenever it encodes passages, before it does."""

    def __init__(self, during: Callable[[], None]) -> None:
        super().__init__()
        self.during = during

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        self.during()
        return super().encode_words(strings, words)


@pytest.fixture
def town(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Three articles; every build is worth publishing twice, and encodes one string at a time."""
    monkeypatch.setattr(publishing, "_WORTH_TWO", 1)
    monkeypatch.setattr("index.dense.encoding._CHUNK", 1)
    shutil.rmtree(town.collection)
    town.collection.mkdir()
    for name, text in TEXTS.items():
        town.write(name, text)
    return town


def state_of(town: Town) -> tuple[str, bool, Encoding | None]:
    """The generation that answers, whether it has vectors, and how far these are."""
    index = SearchIndex(town.index)
    try:
        return index.manifest.generation, index.vectors is not None, index.encoding()
    finally:
        index.close()


def test_words_answer_while_vectors_are_built(town: Town) -> None:
    """While the first string is encoded, an index without vectors answers, and tells how many
    passages have one; at the end another generation has them all."""
    seen: list[tuple[str, bool, Encoding | None]] = []
    encoder = Watching(lambda: seen.append(state_of(town)))

    report = build_index(town.collection, town.index, encoder)

    assert [has_vectors for _, has_vectors, _ in seen] == [False, False, False]
    assert len({generation for generation, *_ in seen}) == 1
    assert [told for *_, told in seen] == [
        Encoding(0.0, is_going_on=True),
        Encoding(1 / 3, is_going_on=True),
        Encoding(2 / 3, is_going_on=True),
    ]
    assert state_of(town) == (report.generation, True, None)
    assert (report.added, report.encoded) == (("gate", "park", "tram"), 3)
    assert not (town.index / "encoding").exists()


def test_both_generations_know_the_same_words(town: Town) -> None:
    """Catalogue and postings are the same files; only the vectors are new."""
    early: dict[str, str] = {}

    def note() -> None:
        manifest = Generations(town.index).current()
        early.update({part.path: part.sha256 for part in manifest.parts})

    build_index(town.collection, town.index, Watching(note))

    parts = {part.path: part.sha256 for part in Generations(town.index).current().parts}
    assert early
    assert early.items() <= parts.items()
    assert {path.split("/")[0] for path in parts.keys() - early.keys()} == {
        "vectors.faiss",
        "words",
    }


def test_the_history_tells_each_change_once(town: Town) -> None:
    """The changes belong to the generation that first had them."""
    report = build_index(town.collection, town.index, HashEncoder())

    index = SearchIndex(town.index)
    changed = [change.article_id for _, change in index.history()]
    damaged = list(index.damaged_parts())
    index.close()
    assert changed == ["gate", "park", "tram"]
    assert Generations(town.index).current().changes == ()
    assert report.added == ("gate", "park", "tram")
    assert damaged == []


def test_a_build_that_stops_leaves_its_words_and_the_next_goes_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published answers by words; it says that nobody is at work any more, and the next
    build adds the vectors without publishing the words again."""
    done: list[str] = []

    def stop_at_the_third() -> None:
        done.append("one")
        if len(done) == 3:
            raise OSError("the disk is full")

    with pytest.raises(BuildFailed, match="What it built answers all the same"):
        build_index(town.collection, town.index, Watching(stop_at_the_third))
    generation, has_vectors, told = state_of(town)
    assert (has_vectors, told) == (False, Encoding(2 / 3, is_going_on=True))
    old = (town.index / "encoding").stat().st_mtime - 2 * encoding_note._STALE_SECONDS
    os.utime(town.index / "encoding", (old, old))
    assert state_of(town)[2] == Encoding(2 / 3, is_going_on=False)

    seen: list[tuple[str, bool, Encoding | None]] = []
    report = build_index(town.collection, town.index, Watching(lambda: seen.append(state_of(town))))

    assert [(name, told and told.is_going_on) for name, _, told in seen] == [
        (generation, True) for _ in seen
    ]
    assert (report.published, report.added, report.kept) == (True, (), 3)
    assert state_of(town) == (report.generation, True, None)
    assert not build_index(town.collection, town.index, HashEncoder()).published


def test_an_index_with_most_of_its_vectors_answers_until_all_are_there(town: Town) -> None:
    """A change to one of three articles is not worth losing the vectors of the others."""
    before = build_index(town.collection, town.index, HashEncoder()).generation
    town.write("gate.txt", TEXTS["gate.txt"].replace("nine", "ten"))
    seen: list[tuple[str, bool, Encoding | None]] = []

    after = build_index(town.collection, town.index, Watching(lambda: seen.append(state_of(town))))

    assert seen == [(before, True, None)]
    assert state_of(town) == (after.generation, True, None)


def test_a_generation_that_was_built_without_an_encoder_has_nothing_under_way(town: Town) -> None:
    """No vectors are missed where none were asked for."""
    build_index(town.collection, town.index, None)

    assert state_of(town)[1:] == (False, None)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"generation": 1}', b"\xff"])
def test_a_damaged_note_tells_nothing(town: Town, content: bytes) -> None:
    """The note is no part of a generation, and whatever stands in it costs no answer."""
    seen: list[Encoding | None] = []

    def spoil() -> None:
        (town.index / "encoding").write_bytes(content)
        seen.append(state_of(town)[2])

    build_index(town.collection, town.index, Watching(spoil))

    assert seen == [Encoding(0.0, is_going_on=False)] * 3
