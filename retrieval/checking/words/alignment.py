"""Where some words stand in a longer text, as nearly as they do, and which of them differ.

A fitting alignment: all of the quoted words, any stretch of the text. Its time is bounded by the
product of the two lengths, whatever the words are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retrieval.checking.words.folding import is_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Costs, one word added being 1. What they decide is only which of two readings of the same change
# is shown: a word replaced (1) rather than one added and one left out (1.85), 46 for 47 rather
# than for its neighbour, and no comma for a word.
_REPLACED = 1.0
_ALIKE = 0.7  # two figures, or two words that begin alike
_CAPITAL = 0.3
_NEVER = 3.0  # a word for punctuation
# Leaving out one word costs .85, and twenty 1.8: a cut is one change, however long.
_CUT = 0.8
_CUT_WORD = 0.05
_EQUAL = 1e-4  # less is rounding
# Where the quotation says itself that something was left out, the nearer words are taken.
_SHOWN_WORD = 0.001


@dataclass(frozen=True, slots=True)
class Alignment:
    """pairs: (number of a quoted word, number of a word of the text) for all that are side by
    side, equal or one for the other, in order. Quoted words in no pair were added.
    cost: 0 where nothing differs but what was shown to be left out.
    """

    pairs: tuple[tuple[int, int], ...]
    cost: float


def align(
    quoted: Sequence[str], text: Sequence[str], cuts: Collection[int] = ()
) -> Alignment | None:
    """The cheapest alignment; None where not a word of the quotation is in a pair.

    cuts: numbers of quoted words in front of which the quotation says that words were left out.
    """
    import numpy as np

    if not quoted or not text:
        return None
    unlike = _Unlike(text)
    length = len(text) + 1
    places = np.arange(length, dtype=np.float32)
    above = np.zeros(length, np.float32)
    # How each cell was reached: the number of the column that it was left out from, or its own.
    left = np.empty((len(quoted) + 1, length), np.uint16 if length < 1 << 16 else np.int32)
    left[0] = np.arange(length)
    down = np.empty((len(quoted) + 1, length), np.bool_)
    for number, word in enumerate(quoted, 1):
        beside = above[:-1] + unlike.of(word)
        row = above + 1.0
        down[number] = True
        better = beside <= row[1:]
        row[1:][better] = beside[better]
        down[number, 1:][better] = False
        is_shown = number in cuts
        opened, each = (0.0, _SHOWN_WORD) if is_shown else (_CUT, _CUT_WORD)
        left[number] = np.arange(length)
        if number < len(quoted):  # behind the last word nothing is left out
            ahead = row - each * places
            least = np.minimum.accumulate(ahead)
            source = _last_least(ahead, least)
            cheaper = opened + least + each * places < row - _EQUAL
            left[number][cheaper] = source[cheaper]
            row = np.where(cheaper, opened + least + each * places, row).astype(np.float32)
        above = row
    return _traced(above, left, down)


class _Unlike:
    """What it costs to have a word of the text for another."""

    def __init__(self, text: Sequence[str]) -> None:
        import numpy as np

        self._numbers: dict[str, int] = {}
        self._text = self._numbered(text)
        self._lower = self._numbered([word.casefold() for word in text])
        self._begin = self._numbered([_beginning(word) for word in text])
        self._is_word = np.array([is_word(word) for word in text])

    def of(self, word: str) -> NDArray[np.float32]:
        import numpy as np

        costs = np.where(self._is_word == is_word(word), np.float32(_REPLACED), np.float32(_NEVER))
        for same, known, cost in (
            (self._begin, _beginning(word), _ALIKE),
            (self._lower, word.casefold(), _CAPITAL),
            (self._text, word, 0.0),
        ):
            if (number := self._numbers.get(known)) is not None:
                costs[same == number] = cost
        return costs

    def _numbered(self, words: Sequence[str]) -> NDArray[np.int32]:
        import numpy as np

        numbers = self._numbers
        return np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int32)


def _beginning(word: str) -> str:
    """Equal for figures, and for words that begin alike; a short word's is its own. No word of a
    text is a space and more."""
    if word[0].isdigit():
        return " 0"
    return f" {word[:4].casefold()}" if len(word) >= 4 else word


def _last_least(ahead: NDArray[np.float32], least: NDArray[np.float32]) -> NDArray[np.int64]:
    """For each column the one before it, or itself, that has the least; the last of equals."""
    import numpy as np

    columns = np.where(ahead <= least, np.arange(len(ahead)), 0)
    return np.asarray(np.maximum.accumulate(columns))


def _traced(
    last: NDArray[np.float32], left: NDArray[Any], down: NDArray[np.bool_]
) -> Alignment | None:
    import numpy as np

    cost = float(last.min())
    nearest = np.flatnonzero(last <= cost + _EQUAL)
    # Of two ways to end, rather a word replaced than one added.
    ended = [column for column in nearest.tolist() if not down[-1, column]]
    column = ended[0] if ended else int(nearest[0])
    pairs = []
    for number in range(len(left) - 1, 0, -1):
        column = int(left[number, column])
        if not down[number, column]:
            column -= 1
            pairs.append((number - 1, column))
    return Alignment(tuple(reversed(pairs)), round(cost, 3)) if pairs else None
