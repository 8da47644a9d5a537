"""Whether two passages are the same report, told again with hardly a change.

Copies of one agency story are one source, not five. Editors shorten: so a copy is the other one
with a few plain words left out. A passage with another word in the place of one, in another
order, or without a figure, a name, a negation or a reservation is another statement, however alike
the rest is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index import terms
from retrieval.questions.expected import NUMBER_WORDS

# The share of a passage's words that a copy may lack.
_LEFT_OUT = 0.1
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|%")
# Without one of these the rest says more, or something else.
_DECISIVE = NUMBER_WORDS | frozenset(
    """no not never none nor neither nobody nothing without cannot deny denied denies only just
    almost nearly about around roughly approximately up over under least most more less fewer some
    few several many all every each both any other another if unless until may might could would
    should alleged allegedly suspected suspect reported reportedly apparently claimed claims accused
    former potential possible possibly likely unlikely probably perhaps seems seemed before after
    by to from against for with of in on at than as against per cent percent he she his her they
    their it its who which""".split()
)


def are_copies(first: str, second: str) -> bool:
    """Whether two passages say the same in the same words, but for a few that one leaves out."""
    shorter, longer = sorted((_words(first), _words(second)), key=len)
    left_out = list(_missing([word.casefold() for word in shorter], longer))
    is_told_again = len(longer) - len(left_out) == len(shorter)
    few = len(left_out) <= _LEFT_OUT * len(longer)
    return is_told_again and few and not any(map(_decides, left_out))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'").replace("\u00ad", ""))


def _missing(shorter: list[str], longer: list[str]) -> Iterator[str]:
    """The words of `longer` that are passed over while those of `shorter` are found in order."""
    found = 0
    for word in longer:
        if found < len(shorter) and word.casefold() == shorter[found]:
            found += 1
        else:
            yield word


def _decides(word: str) -> bool:
    is_name = word[0].isupper() and bool(terms(word))  # not "The", which begins a sentence
    return (
        is_name
        or word.casefold() in _DECISIVE
        or word.endswith("n't")
        or any(character.isdigit() or character == "%" for character in word)
    )
