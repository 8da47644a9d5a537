"""The vector store: what was encoded once is found again, exactly, or encoded again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import EncoderIdentity
from index.dense import VectorStore
from tests.hash_encoder import DIMENSIONS, HashEncoder

STRINGS = ["The park is open.", "The library is open.", "The bridge is closed."]


@pytest.fixture
def store(tmp_path: Path) -> VectorStore:
    """A store with two segments: two strings, then one."""
    store, encoder = VectorStore(tmp_path / "vectors"), HashEncoder()
    store.add(STRINGS[:2], encoder.encode(STRINGS[:2]))
    store.add(STRINGS[2:], encoder.encode(STRINGS[2:]))
    return store


def test_an_empty_store_has_no_vectors(tmp_path: Path) -> None:
    """Before anything was kept there is no array, and every position is missing."""
    assert VectorStore(tmp_path / "vectors").load(STRINGS) == (None, [0, 1, 2])


def test_what_was_kept_is_found_again_exactly(store: VectorStore) -> None:
    """Vectors come back bit for bit, in the order of the strings asked for."""
    asked = [STRINGS[2], STRINGS[0], STRINGS[1]]

    vectors, missing = store.load(asked)

    assert missing == []
    assert vectors is not None
    np.testing.assert_array_equal(vectors, HashEncoder().encode(asked))
    assert vectors.dtype == np.float32


def test_only_strings_without_a_vector_are_missing(store: VectorStore) -> None:
    """Missing positions are those of new strings, their rows are zero, the others are whole."""
    asked = ["A tram.", STRINGS[1], "A ferry.", STRINGS[0], "A tram."]

    vectors, missing = store.load(asked)

    assert missing == [0, 2, 4]
    assert vectors is not None
    np.testing.assert_array_equal(vectors[[1, 3]], HashEncoder().encode([STRINGS[1], STRINGS[0]]))
    np.testing.assert_array_equal(vectors[[0, 2, 4]], np.zeros((3, DIMENSIONS)))


def test_equal_strings_share_a_vector(store: VectorStore) -> None:
    """A string that is asked for twice is filled in at both places."""
    vectors, missing = store.load([STRINGS[0], STRINGS[2], STRINGS[0]])

    assert missing == []
    assert vectors is not None
    np.testing.assert_array_equal(
        vectors, HashEncoder().encode([STRINGS[0], STRINGS[2], STRINGS[0]])
    )


def test_a_vector_belongs_to_the_exact_string(store: VectorStore) -> None:
    """Case, white space and quotation marks count: another string is another vector."""
    _, missing = store.load(["the park is open.", "The park is open. ", STRINGS[0]])

    assert missing == [0, 1]


@given(strings=st.lists(st.text(), min_size=1, unique=True), cut=st.integers(0, 10))
def test_any_strings_survive_in_any_segments(
    new_folder: Callable[[], Path], strings: list[str], cut: int
) -> None:
    """However strings are spread over segments, each finds its own vector."""
    store = VectorStore(new_folder() / "vectors")
    vectors = np.arange(len(strings) * 3, dtype=np.float32).reshape(-1, 3)
    for part in (slice(None, cut), slice(cut, None)):
        if strings[part]:
            store.add(strings[part], vectors[part])

    found, missing = store.load(strings)

    assert missing == []
    assert found is not None
    np.testing.assert_array_equal(found, vectors)


def test_a_segment_is_named_by_its_content(store: VectorStore) -> None:
    """Keeping the same vectors again writes no second file."""
    before = sorted(store.folder.iterdir())

    store.add(STRINGS[:2], HashEncoder().encode(STRINGS[:2]))

    assert sorted(store.folder.iterdir()) == before


@pytest.mark.parametrize("damage", ["cut", "flipped", "emptied", "deleted"])
def test_a_damaged_segment_is_passed_over(store: VectorStore, damage: str) -> None:
    """Strings of a segment that is not what its name says are missing; others are found."""
    segment = max(store.folder.iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(segment.read_bytes())
    match damage:
        case "cut":
            segment.write_bytes(content[:-1])
        case "flipped":
            content[-1] ^= 1
            segment.write_bytes(content)
        case "emptied":
            segment.write_bytes(b"")
        case "deleted":
            segment.unlink()

    vectors, missing = store.load(STRINGS)

    assert missing == [0, 1]
    assert vectors is not None
    np.testing.assert_array_equal(vectors[2:], HashEncoder().encode(STRINGS[2:]))


def test_a_damaged_segment_is_replaced_by_encoding_again(store: VectorStore) -> None:
    """Keeping the same strings anew mends the file of that name."""
    segment = max(store.folder.iterdir(), key=lambda path: path.stat().st_size)
    whole = segment.read_bytes()
    segment.write_bytes(whole[:100])

    store.add(STRINGS[:2], HashEncoder().encode(STRINGS[:2]))

    assert segment.read_bytes() == whole
    assert store.load(STRINGS)[1] == []


def test_a_half_written_segment_is_no_segment(store: VectorStore) -> None:
    """What a killed writer left beside the segments is not read."""
    left = store.folder / ".abc.npy.1234.new"
    left.write_bytes(b"half of a segment")

    assert store.load(STRINGS)[1] == []


def test_stores_of_two_encoders_do_not_mix(tmp_path: Path) -> None:
    """Other weights or another precision have a folder of their own, where nothing is found."""
    identities = [
        EncoderIdentity("hash", "a" * 64, "float32"),
        EncoderIdentity("hash", "b" * 64, "float32"),
        EncoderIdentity("hash", "a" * 64, "bfloat16"),
    ]
    first, *others = (VectorStore(tmp_path / identity.key) for identity in identities)
    first.add(STRINGS, HashEncoder().encode(STRINGS))

    assert first.load(STRINGS)[1] == []
    assert [other.load(STRINGS) for other in others] == [(None, [0, 1, 2])] * 2


def test_another_name_for_the_same_weights_shares_the_vectors() -> None:
    """The name a person gives to an encoder does not decide its vectors."""
    by_name = EncoderIdentity("minilm", "a" * 64, "float32")
    by_path = EncoderIdentity("/models/minilm", "a" * 64, "float32")

    assert by_name.key == by_path.key
