"""A question as it is searched for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from index import Token, tokens
from retrieval.errors import UnusableQuestion

# Ten times a long question. What is longer is a text, and one encoder input holds 180 words.
LONGEST_QUESTION = 2000

# Words that ask and do not describe what is asked for. They stay in what the encoder reads.
_ASKING = frozenset(
    """about after any anyone anything be can could did do does explain find give how know many may
    me might much please should someone something tell thank thanks there want what whats when
    where which who whom whose why will would""".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """text: as it was asked, white space made single spaces.
    tokens: its words that say what is asked for, in order; may be empty.
    """

    text: str
    tokens: tuple[Token, ...]

    @property
    def terms(self) -> list[str]:
        """The terms to search for, in order, each once."""
        return list(dict.fromkeys(token.term for token in self.tokens))

    def word(self, term: str) -> str:
        """The first word of the question that gave the term."""
        return next(token.span.of(self.text) for token in self.tokens if token.term == term)


def read_question(asked: str) -> Question:
    """The question in `asked`. Raises UnusableQuestion where it is empty or too long."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in asked)
    text = " ".join(visible.split())
    if not any(character.isalnum() for character in text):
        raise UnusableQuestion("There is no question. Ask in a few words or a sentence.")
    if len(text) > LONGEST_QUESTION:
        raise UnusableQuestion(
            f"The question has {len(text):,} characters; at most {LONGEST_QUESTION:,} are read. "
            "Ask it in fewer words."
        )
    described = (token for token in tokens(text) if not _asks(token, text))
    return Question(text=text, tokens=tuple(described))


def _asks(token: Token, text: str) -> bool:
    word = token.span.of(text).casefold().replace("’", "'")
    return word.removesuffix("'s") in _ASKING
