"""A deterministic encoder for tests: words hashed into a vector, every call counted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus import Span
from index import Encoded, EncoderIdentity, Progress, terms

DIMENSIONS = 64


class HashEncoder:
    """Texts that share terms get near vectors. Needs no model, and gives the same bytes always.

    encoded: every string that was ever given to it, in order.
    """

    def __init__(self, name: str = "hash", weights: str = "0" * 64) -> None:
        self.identity = EncoderIdentity(name=name, weights=weights, precision="float32")
        self.encoded: list[str] = []

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += strings
        vectors = np.zeros((len(strings), DIMENSIONS), dtype=np.float32)
        for row, string in enumerate(strings):
            for term in terms(string) or [""]:
                digest = hashlib.sha256(term.encode()).digest()
                vectors[row, digest[0] % DIMENSIONS] += 1 if digest[1] % 2 else -1
                vectors[row, digest[2] % DIMENSIONS] += 1
            if not vectors[row].any():  # the two hits cancelled each other out
                vectors[row, 0] = 1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / norms).astype(np.float32)

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        """The vector of a word is that of the word as a string, whatever stands around it."""
        return Encoded(
            self.encode(strings),
            tuple(
                np.array([word_vector(span.of(string)) for span in spans], np.float32).reshape(
                    -1, DIMENSIONS
                )
                for string, spans in zip(strings, words, strict=True)
            ),
        )

    def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32] | None:
        with progress.step("Preparing the encoder", 1) as advance:
            advance(1)
        return np.eye(DIMENSIONS, min(dimensions, DIMENSIONS), dtype=np.float32)


@cache
def word_vector(word: str) -> NDArray[np.float32]:
    """Equal for words with equal terms, nearly orthogonal for others; of norm 1."""
    seed = int.from_bytes(hashlib.sha256(" ".join(terms(word)).encode()).digest()[:8])
    vector = np.random.default_rng(seed).standard_normal(DIMENSIONS)
    return (vector / np.linalg.norm(vector)).astype(np.float32)
