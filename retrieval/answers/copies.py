"""Whether two passages are the same report, told again with hardly a change.

Copies of one agency story are one source, not five. A passage with another figure, name or
negation is another statement however alike the rest is, and no copy.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from index import tokens
from retrieval.questions.expected import NUMBER_WORDS

# Share of runs of three terms that two copies have in common, of all that either has. One word
# changed in a passage of 60 terms leaves .90 of them, two leave .81.
_IN_COMMON = 0.8
_RUN = 3
_NEGATIONS = frozenset("no not never none nor neither without cannot deny denied denies".split())


@dataclass(frozen=True, slots=True)
class _Word:
    """opens: whether it begins a sentence, or what is said."""

    written: str
    term: str
    opens: bool


def are_copies(first: str, second: str) -> bool:
    """Whether two passages say the same in nearly the same words."""
    if first == second:
        return True
    mine, theirs = _words(first), _words(second)
    folded, others_folded = Counter(map(_folded, mine)), Counter(map(_folded, theirs))
    differing = (folded - others_folded) + (others_folded - folded)
    # A word that begins a sentence here and another there may be a name.
    if any(_decides(word.written) for word in (*mine, *theirs) if _folded(word) in differing):
        return False
    runs, others = _runs(mine), _runs(theirs)
    return bool(runs | others) and len(runs & others) >= _IN_COMMON * len(runs | others)


def _words(text: str) -> list[_Word]:
    words = []
    for token in tokens(text):
        word = token.span.of(text)
        before = text[: token.span.start].rstrip(" \n\"'“”‘’([")
        words.append(_Word(word, token.term, opens=not before or before[-1] in ".?!:"))
    return words


def _folded(word: _Word) -> str:
    """As it is written, but for a capital that may only begin a sentence."""
    return word.written.casefold() if word.opens else word.written


def _decides(word: str) -> bool:
    return bool(
        re.search(r"\d", word)
        or word[:1].isupper()
        or word.casefold() in _NEGATIONS
        or word.casefold() in NUMBER_WORDS
        or re.search(r"n['’]t$", word)
    )


def _runs(words: list[_Word]) -> set[tuple[str, ...]]:
    terms = [word.term for word in words]
    return {tuple(terms[start : start + _RUN]) for start in range(len(terms) - _RUN + 1)}
