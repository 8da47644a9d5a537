"""Vectors that lie as real ones do, made a thousand times as fast. Good for speed only.

A string's vector is that of a real passage, moved by the difference of two others: the directions
in which real passages differ, with their covariance. A word has the vector that a real word of the
same form, or of the same place in a table, had in its context, moved likewise.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Span
from index import Encoded, EncoderIdentity, Progress, SentenceEncoder, Silent, word_spans
from index.dense.encoder import WORD_DIMENSIONS, of_norm_one

# How far a vector is moved: of the neighbours of real news passages the nearest has a cosine of
# about .7, as these have with this.
_MOVED = 0.45
_WORDS_MOVED = 0.3
_KEPT_WORDS = 40_000
_FILE = "stand-in.npz"
# How far a question is from its passage: a cosine of about .65.
_ASKED = 1.2


@dataclass(frozen=True, slots=True)
class StandIn:
    """An encoder that looks its vectors up; see `index.Encoder`.

    passages, words: real vectors, float32. basis: that of the real encoder.
    """

    identity: EncoderIdentity
    passages: NDArray[np.float32]
    words: NDArray[np.float32]
    basis: NDArray[np.float32]

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        picks = np.array([_picks(string) for string in strings], np.int64).reshape(-1, 3)
        first, second, third = (picks % len(self.passages)).T
        moved = self.passages[second] - self.passages[third]
        return of_norm_one(self.passages[first] + np.float32(_MOVED) * moved)

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        found = []
        for string, spans in zip(strings, words, strict=True):
            known = [_number(span.of(string)) % len(self.words) for span in spans]
            rows = np.array(known, np.int64)
            moved = self.words[(rows + len(string)) % len(self.words)]
            found.append(self.words[rows] + np.float32(_WORDS_MOVED) * moved)
        return Encoded(self.encode(strings), tuple(found))

    def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32]:
        return self.basis[:, :dimensions]


@dataclass(frozen=True, slots=True)
class Asker:
    """Encodes questions with the real encoder, for its time, and gives stand-in vectors: near the
    passage that a question was made from.

    strings: by question, the string that was encoded for that passage.
    """

    real: SentenceEncoder
    stand_in: StandIn
    strings: Mapping[str, str]

    @property
    def identity(self) -> EncoderIdentity:
        return self.stand_in.identity

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_words(strings, [[] for _ in strings]).vectors

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        self.real.encode_words(strings, words)
        mine = self.stand_in.encode_words(strings, words)
        passages = self.stand_in.encode([self.strings[string] for string in strings])
        return Encoded(of_norm_one(passages + np.float32(_ASKED) * mine.vectors), mine.words)

    def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32]:
        return self.stand_in.word_basis(dimensions, progress)


def learn(strings: Sequence[str], encoder: SentenceEncoder, folder: Path) -> StandIn:
    """A stand-in for `encoder`, from its vectors of real strings, which are kept in `folder`."""
    if not (folder / _FILE).exists():
        encoded = encoder.encode_words(strings, [word_spans(string) for string in strings])
        basis = encoder.word_basis(WORD_DIMENSIONS, Silent())
        assert basis is not None
        words = of_norm_one(np.concatenate(encoded.words)[:_KEPT_WORDS])
        np.savez(folder / _FILE, passages=encoded.vectors, words=words, basis=basis)
    return stand_in_of(folder)


def stand_in_of(folder: Path) -> StandIn:
    """The stand-in that was learnt in `folder`."""
    with np.load(folder / _FILE) as arrays:
        made = {name: arrays[name] for name in ("passages", "words", "basis")}
    identity = EncoderIdentity("stand-in", hashlib.sha256(b"stand-in").hexdigest(), "float32")
    return StandIn(identity, **made)


def _picks(string: str) -> tuple[int, int, int]:
    digest = hashlib.blake2b(string.encode(), digest_size=12).digest()
    return tuple(int.from_bytes(digest[at : at + 4], "big") for at in (0, 4, 8))  # type: ignore[return-value]


def _number(word: str) -> int:
    return zlib.crc32(word.encode())
