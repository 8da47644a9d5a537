"""The vector store: what was encoded once is found again, exactly, or encoded again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import EncoderIdentity, Progress, word_spans
from index.dense import VectorStore, damaged_files, key_of, restore_basis
from index.dense.encoder import WORD_DIMENSIONS
from index.dense.vector_store import Kept, segment_words
from index.dense.word_vectors import compressed
from tests.hash_encoder import DIMENSIONS, HashEncoder

STRINGS = ["The park is open.", "The library is open.", "The bridge is closed."]
BASIS = np.eye(DIMENSIONS, 8, dtype=np.float32)
Vectors = NDArray[np.float32]


def keep(store: VectorStore, strings: Sequence[str], basis: Vectors | None = BASIS) -> str:
    """Encode the strings and their words, and add them."""
    encoded = HashEncoder().encode_words(strings, [word_spans(string) for string in strings])
    return store.add(strings, encoded, basis)


def loaded(store: VectorStore, strings: Sequence[str], **named: Any) -> Kept:
    """What is kept of the strings."""
    return store.load([key_of(string) for string in strings], **named)


def words_of(store: VectorStore, kept: Kept) -> list[NDArray[np.int8]]:
    """The vectors of the words of each string."""
    segments = [segment_words(store.folder / name) for name in kept.segments]
    return [segments[number][first : first + count] for number, first, count in kept.places]


def expected_words(string: str) -> NDArray[np.int8]:
    """What a segment must hold of the words of one string."""
    (vectors,) = HashEncoder().encode_words([string], [word_spans(string)]).words
    return compressed(vectors, BASIS)


@pytest.fixture
def store(tmp_path: Path) -> VectorStore:
    """A store with two segments: two strings, then one."""
    store = VectorStore(tmp_path / "vectors")
    keep(store, STRINGS[:2])
    keep(store, STRINGS[2:])
    return store


def test_an_empty_store_has_no_vectors(tmp_path: Path) -> None:
    """Before anything was kept there is no array, and every position is missing."""
    kept = loaded(VectorStore(tmp_path / "vectors"), STRINGS)

    assert (kept.vectors, kept.missing, kept.segments) == (None, [0, 1, 2], ())
    np.testing.assert_array_equal(kept.places, np.zeros((3, 3)))


def test_what_was_kept_is_found_again_exactly(store: VectorStore) -> None:
    """Vectors come back bit for bit, in the order of the strings asked for, and so do those of
    their words."""
    asked = [STRINGS[2], STRINGS[0], STRINGS[1]]

    kept = loaded(store, asked)

    assert kept.missing == []
    assert kept.vectors is not None
    np.testing.assert_array_equal(kept.vectors, HashEncoder().encode(asked))
    assert kept.vectors.dtype == np.float32
    assert sorted(kept.segments) == sorted(path.name for path in store.folder.iterdir())
    for words, string in zip(words_of(store, kept), asked, strict=True):
        np.testing.assert_array_equal(words, expected_words(string))


def test_only_strings_without_a_vector_are_missing(store: VectorStore) -> None:
    """Missing positions are those of new strings, their rows are zero, the others are whole."""
    asked = ["A tram.", STRINGS[1], "A ferry.", STRINGS[0], "A tram."]

    kept = loaded(store, asked)

    assert kept.missing == [0, 2, 4]
    assert kept.vectors is not None
    np.testing.assert_array_equal(
        kept.vectors[[1, 3]], HashEncoder().encode([STRINGS[1], STRINGS[0]])
    )
    np.testing.assert_array_equal(kept.vectors[[0, 2, 4]], np.zeros((3, DIMENSIONS)))
    assert [len(words) for words in words_of(store, kept)] == [0, 2, 0, 2, 0]


def test_equal_strings_share_their_vectors(store: VectorStore) -> None:
    """A string that is asked for twice is filled in at both places."""
    asked = [STRINGS[0], STRINGS[2], STRINGS[0]]

    kept = loaded(store, asked)

    assert kept.missing == []
    assert kept.vectors is not None
    np.testing.assert_array_equal(kept.vectors, HashEncoder().encode(asked))
    assert kept.places[0].tolist() == kept.places[2].tolist()
    np.testing.assert_array_equal(words_of(store, kept)[2], expected_words(STRINGS[0]))


def test_a_vector_belongs_to_the_exact_string(store: VectorStore) -> None:
    """Case, white space and quotation marks count: another string is another vector."""
    kept = loaded(store, ["the park is open.", "The park is open. ", STRINGS[0]])

    assert kept.missing == [0, 1]


@given(strings=st.lists(st.text(), min_size=1, unique=True), cut=st.integers(0, 10))
def test_any_strings_survive_in_any_segments(
    new_folder: Callable[[], Path], strings: list[str], cut: int
) -> None:
    """However strings are spread over segments, each finds its own vector and its own words."""
    store = VectorStore(new_folder() / "vectors")
    for part in (strings[:cut], strings[cut:]):
        if part:
            keep(store, part)

    kept = loaded(store, strings)

    assert kept.missing == []
    assert kept.vectors is not None
    np.testing.assert_array_equal(kept.vectors, HashEncoder().encode(strings))
    for words, string in zip(words_of(store, kept), strings, strict=True):
        np.testing.assert_array_equal(words, expected_words(string))


def test_only_the_named_segments_are_looked_in(store: VectorStore) -> None:
    """With `among`, what other segments hold is missing; with no name everything is."""
    name = keep(store, ["A tram."])

    assert loaded(store, [*STRINGS, "A tram."], among={name}).missing == [0, 1, 2]
    assert loaded(store, STRINGS, among=()).missing == [0, 1, 2]
    assert loaded(store, ["A tram."], among={name}).segments == (name,)


def test_only_segments_that_hold_something_asked_for_are_named(store: VectorStore) -> None:
    """A generation needs the segments of its own strings and no others."""
    name = keep(store, ["A tram."])

    assert loaded(store, ["A tram."]).segments == (name,)


def test_a_segment_is_named_by_its_content(store: VectorStore) -> None:
    """Keeping the same vectors again writes no second file."""
    before = sorted(store.folder.iterdir())

    name = keep(store, STRINGS[:2])

    assert sorted(store.folder.iterdir()) == before
    assert hashlib.sha256((store.folder / name).read_bytes()).hexdigest() + ".npy" == name


def test_without_a_basis_no_words_are_kept(tmp_path: Path) -> None:
    """The strings have their vectors, and no word has one."""
    store = VectorStore(tmp_path / "vectors")
    keep(store, STRINGS, basis=None)

    kept = loaded(store, STRINGS)

    assert (kept.missing, kept.places[:, 2].tolist()) == ([], [0, 0, 0])


def test_segments_are_removed_but_those_named(store: VectorStore) -> None:
    """Only the named segments stay, and the basis."""
    store.basis(HashEncoder())
    name = keep(store, ["A tram."])
    (basis,) = store.folder.glob("*.basis")

    store.remove_all_but({name, "of another store"})

    assert sorted(path.name for path in store.folder.iterdir()) == sorted([name, basis.name])


class Turned(HashEncoder):
    """Learns another basis at each call, as an encoder may whose library was updated."""

    def __init__(self) -> None:
        super().__init__()
        self.learnt = 0

    def word_basis(self, dimensions: int, progress: Progress) -> Vectors | None:
        self.learnt += 1
        return np.roll(np.eye(DIMENSIONS, dtype=np.float32), self.learnt, axis=1)[:, :dimensions]


class WithoutWords(HashEncoder):
    """An encoder that has no vectors of words."""

    def word_basis(self, dimensions: int, progress: Progress) -> Vectors | None:
        return None


def test_the_basis_is_learnt_once_and_kept(tmp_path: Path) -> None:
    """A store gives the basis of its first call ever after, also to others that open it."""
    encoder = Turned()

    first = VectorStore(tmp_path / "vectors").basis(encoder)
    again = VectorStore(tmp_path / "vectors").basis(encoder)

    assert first is not None
    assert again is not None
    np.testing.assert_array_equal(first, again)
    assert first.shape == (DIMENSIONS, WORD_DIMENSIONS)
    assert encoder.learnt == 1


def test_a_kept_basis_costs_no_segment(store: VectorStore) -> None:
    """Asking for it again leaves what was encoded."""
    store.basis(HashEncoder())
    keep(store, STRINGS)

    store.basis(HashEncoder())

    assert loaded(store, STRINGS).missing == []


@pytest.mark.parametrize("damage", ["cut", "flipped", "emptied", "deleted"])
def test_a_store_without_a_sound_basis_begins_anew(tmp_path: Path, damage: str) -> None:
    """Words of two bases are never mixed: another basis is learnt, and nothing encoded before is
    found."""
    store, encoder = VectorStore(tmp_path / "vectors"), Turned()
    before = store.basis(encoder)
    keep(store, STRINGS, before)
    (path,) = store.folder.glob("*.basis")
    spoil(path, damage)

    after = store.basis(encoder)

    assert before is not None
    assert after is not None
    assert not np.array_equal(before, after)
    assert loaded(store, STRINGS).missing == [0, 1, 2]
    assert [found.suffix for found in store.folder.iterdir()] == [".basis"]


def test_a_basis_that_a_generation_holds_is_put_back(tmp_path: Path) -> None:
    """With a copy of what was lost or altered, the store goes on with the same basis, and nothing
    need be encoded again; a store that has a sound one keeps it."""
    store, encoder, copy = VectorStore(tmp_path / "vectors"), Turned(), tmp_path / "basis.npy"
    before = store.basis(encoder)
    keep(store, STRINGS, before)
    (path,) = store.folder.glob("*.basis")
    content = path.read_bytes()
    copy.write_bytes(content)
    for damage in ("flipped", "deleted"):
        spoil(path, damage)

        restore_basis(store.folder, copy)

        assert path.read_bytes() == content
        assert loaded(store, STRINGS).missing == []
    copy.write_bytes(b"another")
    restore_basis(store.folder, copy)
    assert [found.name for found in store.folder.glob("*.basis")] == [path.name]


def test_a_single_bit_of_the_basis_counts(tmp_path: Path) -> None:
    """Whichever byte is flipped, in header or content, the damaged basis is never used."""
    store = VectorStore(tmp_path / "vectors")
    whole = store.basis(HashEncoder())
    assert whole is not None
    (path,) = store.folder.glob("*.basis")
    content = path.read_bytes()

    for position in [*range(128), 131, 135, len(content) - 1]:
        damaged = bytearray(content)
        damaged[position] ^= 0x80
        path.write_bytes(damaged)
        found = store.basis(HashEncoder())
        assert found is not None
        np.testing.assert_array_equal(found, whole)
        assert path.read_bytes() == content


def test_an_encoder_without_word_vectors_keeps_its_segments(tmp_path: Path) -> None:
    """There is no basis to miss, so nothing is encoded again."""
    store = VectorStore(tmp_path / "vectors")
    assert store.basis(WithoutWords()) is None
    keep(store, STRINGS, basis=None)

    assert store.basis(WithoutWords()) is None

    assert loaded(store, STRINGS).missing == []


def spoil(path: Path, damage: str) -> None:
    content = bytearray(path.read_bytes())
    match damage:
        case "cut":
            path.write_bytes(content[:-1])
        case "flipped":
            content[-1] ^= 1
            path.write_bytes(content)
        case "emptied":
            path.write_bytes(b"")
        case "deleted":
            path.unlink()


@pytest.mark.parametrize("damage", ["cut", "flipped", "emptied", "deleted"])
def test_a_damaged_segment_is_passed_over(store: VectorStore, damage: str) -> None:
    """Strings of a segment that is not what its name says are missing; others are found."""
    damaged, whole = (loaded(store, [string]).segments[0] for string in (STRINGS[0], STRINGS[2]))
    spoil(store.folder / damaged, damage)

    kept = loaded(store, STRINGS)

    assert kept.missing == [0, 1]
    assert kept.vectors is not None
    np.testing.assert_array_equal(kept.vectors[2:], HashEncoder().encode(STRINGS[2:]))
    assert kept.segments == (whole,)
    assert damaged_files(store.folder, [whole, damaged]) == [damaged]


def test_a_damaged_segment_is_replaced_by_encoding_again(store: VectorStore) -> None:
    """Keeping the same strings anew mends the file of that name."""
    segment = max(store.folder.iterdir(), key=lambda path: path.stat().st_size)
    whole = segment.read_bytes()
    segment.write_bytes(whole[:100])

    keep(store, STRINGS[:2])

    assert segment.read_bytes() == whole
    assert loaded(store, STRINGS).missing == []


def test_a_half_written_segment_is_no_segment(store: VectorStore) -> None:
    """What a killed writer left beside the segments is not read."""
    left = store.folder / ".abc.npy.1234.new"
    left.write_bytes(b"half of a segment")

    assert loaded(store, STRINGS).missing == []


def test_stores_of_two_encoders_do_not_mix(tmp_path: Path) -> None:
    """Other weights or another precision have a folder of their own, where nothing is found."""
    identities = [
        EncoderIdentity("hash", "a" * 64, "float32"),
        EncoderIdentity("hash", "b" * 64, "float32"),
        EncoderIdentity("hash", "a" * 64, "bfloat16"),
    ]
    first, *others = (VectorStore(tmp_path / identity.key) for identity in identities)
    keep(first, STRINGS)

    assert loaded(first, STRINGS).missing == []
    for other in others:
        kept = loaded(other, STRINGS)
        assert (kept.vectors, kept.missing, kept.segments) == (None, [0, 1, 2], ())


def test_another_name_for_the_same_weights_shares_the_vectors() -> None:
    """The name a person gives to an encoder does not decide its vectors."""
    by_name = EncoderIdentity("minilm", "a" * 64, "float32")
    by_path = EncoderIdentity("/models/minilm", "a" * 64, "float32")

    assert by_name.key == by_path.key
