"""Encoding in windows: each string once, evenly, in pieces that can be kept on the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import word_spans
from index.dense import encode_in_windows, encoding
from tests.hash_encoder import HashEncoder


def nothing(done: int) -> None:
    """Hears of no progress."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of four strings, given to the encoder three at a time."""
    monkeypatch.setattr(encoding, "_WINDOW", 4)
    monkeypatch.setattr(encoding, "_CHUNK", 3)


@given(strings=st.lists(st.text(max_size=8), max_size=12))
def test_every_distinct_string_is_encoded_once_with_its_vectors(strings: list[str]) -> None:
    """Windows together hold each string once, row n is the vector of string n, and place n
    has those of its words."""
    encoder = HashEncoder()

    windows = list(encode_in_windows(encoder, strings, word_spans, nothing))

    held = [string for window, _ in windows for string in window]
    assert sorted(held) == sorted(set(strings))
    assert encoder.encoded == held
    for window, encoded in windows:
        again = HashEncoder().encode_words(window, [word_spans(string) for string in window])
        np.testing.assert_array_equal(encoded.vectors, again.vectors)
        assert len(encoded.words) == len(window)
        for words, others in zip(encoded.words, again.words, strict=True):
            np.testing.assert_array_equal(words, others)


@pytest.mark.usefixtures("small")
def test_the_longest_strings_come_first() -> None:
    """Strings are ordered by length, so that batches are even and the time left shrinks."""
    strings = ["a park", "a", "a gate in a park", "a gate", "one", "two"]

    windows = [
        window for window, _ in encode_in_windows(HashEncoder(), strings, word_spans, nothing)
    ]

    assert windows == [["a gate in a park", "a park", "a gate", "two"], ["one", "a"]]


@pytest.mark.usefixtures("small")
def test_progress_counts_the_strings_done() -> None:
    """Progress is told after each piece that the encoder got, and adds up to all strings."""
    done: list[int] = []

    list(encode_in_windows(HashEncoder(), map(str, range(9)), word_spans, done.append))

    assert done == [3, 1, 3, 1, 1]


@pytest.mark.usefixtures("small")
def test_a_window_is_given_out_before_the_next_is_encoded() -> None:
    """What is done can be kept while the rest is still to come."""

    class Breaking(HashEncoder):
        def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
            if len(self.encoded) == 4:
                raise RuntimeError("the model broke")
            return super().encode(strings)

    windows = encode_in_windows(Breaking(), map(str, range(9)), word_spans, nothing)

    assert next(windows)[0] == ["8", "7", "6", "5"]
    with pytest.raises(RuntimeError, match="broke"):
        next(windows)


def test_nothing_to_encode_gives_no_window() -> None:
    """Without strings the encoder is not asked."""
    encoder = HashEncoder()

    assert list(encode_in_windows(encoder, [], word_spans, nothing)) == []
    assert encoder.encoded == []
