"""What a reader must not miss in a sentence: that it denies, alleges, or holds only if."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from corpus import Span

CautionKind = Literal["condition", "denial", "allegation"]

# Words after which a sentence, or a part of it, is not told as a fact. Who claims, says or thinks
# it is told by its quotations; these words change what is told.
_CUES: dict[CautionKind, str] = {
    "condition": r"if|unless|provided that|providing that|as long as|on condition that",
    "denial": r"den(?:y|ies|ied|ying|ials?)|refut(?:e|es|ed|ing)|no evidence (?:that|of|for)"
    r"|untrue|not true",
    "allegation": r"alleg(?:e|es|ed|edly|ing|ations?)|accus(?:e|es|ed|ing|ations?)|purported(?:ly)?"
    r"|reportedly|supposedly|suspected of",
}
_CUE = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _CUES.items()), re.IGNORECASE
)
# "As if" compares, "if not" gives a choice, and "even if" and "what if" set no condition.
_NO_CONDITION = re.compile(r"\b(?:as|what|even)\s+$", re.IGNORECASE)
_KINDS: tuple[CautionKind, ...] = get_args(CautionKind)


@dataclass(frozen=True, slots=True)
class Caution:
    """A word that says in which way a sentence is told, where it stands in the article's text."""

    kind: CautionKind
    span: Span


def cautions_in(text: str, sentences: Iterable[Span]) -> tuple[Caution, ...]:
    """The cues in these sentences of a text, in its order."""
    found = []
    for sentence in sorted(sentences):
        for cue in _CUE.finditer(text, sentence.start, sentence.end):
            kind = next(kind for kind in _KINDS if cue[kind])
            before = text[max(sentence.start, cue.start() - 8) : cue.start()]
            if kind != "condition" or not _NO_CONDITION.search(before):
                found.append(Caution(kind, Span(*cue.span())))
    return tuple(found)
