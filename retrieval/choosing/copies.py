"""Whether two passages are the same report, told again with hardly a change.

Copies of one agency story are one source, not five. A copy is the other text but for capitals,
punctuation and a few of the words that carry nothing. With any other word more or less, or in
another order, it may be another statement: an adverb can deny what the rest says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index import SHORTEST_SHARED, folded, folded_words

# The share of a passage's words that a copy may lack.
_LEFT_OUT = 0.1
# All that a copy may lack: articles, links between clauses, and whom an agency adds.
_EMPTY = frozenset("a also an and as however meanwhile said that the then".split())


def are_copies(first: str, second: str) -> bool:
    """Whether two passages say the same in the same words, but for a few that carry nothing."""
    shorter, longer = sorted((folded_words(first), folded_words(second)), key=len)
    left_out = list(_missing(shorter, longer))
    is_told_again = len(longer) - len(left_out) == len(shorter)
    return (
        is_told_again and len(left_out) <= _LEFT_OUT * len(longer) and _EMPTY.issuperset(left_out)
    )


def stands_in(place: str, passage: str, sentences: Iterable[str]) -> bool:
    """Whether the words of `place` are those of the passage, nearly or exactly, or exactly those
    of one of its sentences that is long enough to count alone."""
    words = folded(place)
    is_sentence = words.count(" ") + 1 >= SHORTEST_SHARED and words in map(folded, sentences)
    return is_sentence or are_copies(passage, place)


def _missing(shorter: list[str], longer: list[str]) -> Iterator[str]:
    """The words of `longer` that are passed over while those of `shorter` are found in order."""
    found = 0
    for word in longer:
        if found < len(shorter) and word == shorter[found]:
            found += 1
        else:
            yield word
