"""Whether two passages are the same report, told again with hardly a change.

Copies of one agency story are one source, not five. A copy is the other text but for capitals,
punctuation and a few of the words that carry nothing. With any other word more or less, or in
another order, it may be another statement: an adverb can deny what the rest says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# The share of a passage's words that a copy may lack.
_LEFT_OUT = 0.1
# Words, figures, and the signs that change one. An apostrophe or a stop inside belongs to them.
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|[%£$€¥°+/<>=~−]|(?<![\w-])-(?=[\d£$€])")
# All that a copy may lack: articles, links between clauses, and whom an agency adds.
_EMPTY = frozenset("a also an and as however meanwhile said that the then".split())


def are_copies(first: str, second: str) -> bool:
    """Whether two passages say the same in the same words, but for a few that carry nothing."""
    shorter, longer = sorted((_words(first), _words(second)), key=len)
    left_out = list(_missing(shorter, longer))
    is_told_again = len(longer) - len(left_out) == len(shorter)
    return (
        is_told_again and len(left_out) <= _LEFT_OUT * len(longer) and _EMPTY.issuperset(left_out)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'").replace("\u00ad", "").casefold())


def _missing(shorter: list[str], longer: list[str]) -> Iterator[str]:
    """The words of `longer` that are passed over while those of `shorter` are found in order."""
    found = 0
    for word in longer:
        if found < len(shorter) and word == shorter[found]:
            found += 1
        else:
            yield word
