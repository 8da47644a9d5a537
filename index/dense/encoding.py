"""Many strings through an encoder: evenly, and in pieces that can be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus import Span
from index.dense.encoder import Encoded, Encoder

# Strings that are given out, and so kept, together: what a killed build loses, 10 to 25 seconds
# of work.
_WINDOW = 1024
# Strings given to the encoder at a time: thirty of its batches, of which the last is seldom full,
# and four or five seconds, so that progress is seen to move.
_CHUNK = 512


def encode_in_windows(
    encoder: Encoder,
    strings: Iterable[str],
    words: Callable[[str], Sequence[Span]],
    advance: Callable[[int], None],
) -> Iterator[tuple[list[str], Encoded]]:
    """Windows of the distinct `strings` with their vectors, and those of their `words`.

    Strings of equal length go together, so that a batch has little padding, and the longest go
    first, so that the time left is estimated high rather than low. advance is called with the
    number of strings done since.
    """
    import numpy as np

    ordered = sorted(set(strings), key=lambda string: (len(string), string), reverse=True)
    for first in range(0, len(ordered), _WINDOW):
        window = ordered[first : first + _WINDOW]
        encoded = []
        for start in range(0, len(window), _CHUNK):
            chunk = window[start : start + _CHUNK]
            encoded.append(encoder.encode_words(chunk, [words(string) for string in chunk]))
            advance(len(chunk))
        yield (
            window,
            Encoded(
                np.concatenate([chunk.vectors for chunk in encoded]),
                tuple(vectors for chunk in encoded for vectors in chunk.words),
            ),
        )
