"""What is kept of an article so that copies are found without reading its text again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus import Span
from index.copies.words import folded

if TYPE_CHECKING:
    import numpy as np
    from datasketch import MinHash
    from numpy.typing import NDArray

# Recorded beside the fingerprints; raise it when the same text would give others.
COPY_RULES = "1"
# Words. Shorter sentences ("He declined to comment.") are in many articles and say nothing alone.
SHORTEST_SHARED = 6
# Words in a shingle. With 3, one changed figure leaves a text of 50 words .88 alike; with 5, .80.
_SHINGLE = 3
# A signature of 128 estimates how alike two articles are with a standard error of .04 at most.
_PERMUTATIONS = 128
_SEED = 1
# Shingles given to MinHash at once; a batch takes 512 bytes for each.
_BATCH = 1 << 14
_DIGEST_BYTES = 16
_TOO_SHORT = bytes(_DIGEST_BYTES)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The prose of one article, without its words.

    sha256: of the text. sentences: their spans, shape (n, 2), little-endian 32 bits each.
    digests: of the sentences' words, n times 16 bytes; NULs for a sentence that is too short to
        count alone. signature: MinHash of the prose, shape (128,), little-endian 32 bits each;
        empty where it has no word.
    """

    sha256: str
    sentences: bytes
    digests: bytes
    signature: bytes

    def shared_candidates(self) -> list[tuple[bytes, Span]]:
        """Digest and span of each sentence that is long enough to count alone, in order."""
        return [
            (digest, span)
            for digest, span in zip(_cut(self.digests), spans_of(self.sentences), strict=True)
            if digest != _TOO_SHORT
        ]


def packed(sentences: Sequence[Span]) -> bytes:
    """Spans as a fingerprint keeps them."""
    import numpy as np

    return np.array([(span.start, span.end) for span in sentences], "<u4").tobytes()


def spans_of(sentences: bytes) -> list[Span]:
    """The spans that `packed` was given."""
    import numpy as np

    bounds = np.frombuffer(sentences, "<u4").reshape(-1, 2).tolist()
    return [Span(start, end) for start, end in bounds]


def fingerprint_of(sha256: str, text: str, sentences: bytes) -> Fingerprint:
    """sentences: packed spans of the article's prose, in order."""
    words = [folded(span.of(text)) for span in spans_of(sentences)]
    return Fingerprint(
        sha256,
        sentences,
        b"".join(_digest(each) or _TOO_SHORT for each in words),
        _signature(_shingles(words)),
    )


def shingles_of(text: str, sentences: bytes) -> NDArray[np.uint64]:
    """The hashes of the word shingles of an article's prose, ascending, each once."""
    return _shingles([folded(span.of(text)) for span in spans_of(sentences)])


def sentence_digest(sentence: str) -> bytes | None:
    """Equal for two sentences exactly where their words are equal; None for a short one."""
    return _digest(folded(sentence))


def _digest(words: str) -> bytes | None:
    if words.count(" ") + 1 < SHORTEST_SHARED:
        return None
    # 128 bits, so that nobody can write a sentence that passes for another.
    return hashlib.blake2b(words.encode(), digest_size=_DIGEST_BYTES).digest()


def _cut(digests: bytes) -> list[bytes]:
    return [digests[at : at + _DIGEST_BYTES] for at in range(0, len(digests), _DIGEST_BYTES)]


def _shingles(sentences: Sequence[str]) -> NDArray[np.uint64]:
    import numpy as np

    words = " ".join(sentences).split()
    if not words:
        return np.zeros(0, np.uint64)
    hashes = np.array([_word_hash(word) for word in words], np.uint64)
    length = min(_SHINGLE, len(words))
    shingles = np.zeros(len(words) - length + 1, np.uint64)
    for at in range(length):  # a polynomial of the words' hashes, modulo 2⁶⁴
        shingles = shingles * np.uint64(0x9E3779B97F4A7C15) + hashes[at : at + len(shingles)]
    shingles ^= shingles >> np.uint64(32)  # the low bits of a product depend on low bits only
    return np.unique(shingles)


@lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _signature(shingles: NDArray[np.uint64]) -> bytes:
    if not len(shingles):
        return b""
    sketch = _no_shingles().copy()
    low = (shingles & 0xFFFFFFFF).tolist()
    for at in range(0, len(low), _BATCH):
        sketch.update_batch(low[at : at + _BATCH])
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


@cache
def _no_shingles() -> MinHash:
    """The sketch of nothing, which carries the permutations that all share."""
    from datasketch import MinHash  # takes .4 s, and a build without a new text needs it not

    return MinHash(_PERMUTATIONS, seed=_SEED, hashfunc=int, scheme="affine32")
