"""A question as it is searched for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Span
from index import Token, tokens
from retrieval.errors import UnusableQuestion

# Ten times a long question. What is longer is a text, and one encoder input holds 180 words.
LONGEST_QUESTION = 2000

# Words that ask and do not describe what is asked for. They stay in what the encoder reads.
_ASKING = frozenset(
    """about after any anybody anyone anything be can could did do does ever everything explain
    find give hello hey hi how kindly know many may me might much okay please shall should
    somebody someone something sorry tell thank thanks there want what whats when where whether
    which who whom whose why will would""".split()
)
# With a capital inside a sentence these are names: Theresa May, the WHO, Will.
_NAMES = frozenset(["may", "who", "will"])
_CLITIC = re.compile(r"['’](?:s|re|ve|ll|d)$")

# Words that only ask in such company: a show, a list or help may be what is asked for.
_PHRASES = re.compile(
    r"\b(?:(?:show|help) (?:me|us)|let (?:me|us) know|(?:i would|i['’]d) (?:really )?like to"
    r"|i(?: a|['’])m (?:looking for|wondering)|i wonder|like(?=\W*$))\b"
    r"|(?:^|\bplease )list (?:all|every|the)\b",
    re.IGNORECASE,
)
# Words in quotation marks are what is asked for, and so is May beside a number.
_MEANT = re.compile(
    r"“[^”]*”|\"[^\"]*\"|‘[^‘]*?’(?!\w)|(?<!\w)'[^']+'(?!\w)|\bmay(?= \d)|(?<=\d )may\b",
    re.IGNORECASE,
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
    text = one_line(asked)
    if not any(character.isalnum() for character in text):
        raise UnusableQuestion("There is no question. Ask in a few words or a sentence.")
    if len(text) > LONGEST_QUESTION:
        raise UnusableQuestion(
            f"The question has {len(text):,} characters; at most {LONGEST_QUESTION:,} are read. "
            "Ask it in fewer words."
        )
    return _question(text)


def question_of(words: str) -> Question:
    """Any words as a question, also such as `read_question` refuses: for measuring on questions
    that others have made."""
    return _question(one_line(words))


def _question(text: str) -> Question:
    return Question(text=text, tokens=tuple(_described(text)))


def _described(text: str) -> Iterator[Token]:
    meant = [Span(*found.span()) for found in _MEANT.finditer(text)]
    phrases = [Span(*found.span()) for found in _PHRASES.finditer(text)]
    for token in tokens(text):
        asks = _asks(token, text) or any(phrase.contains(token.span) for phrase in phrases)
        if not asks or any(words.contains(token.span) for words in meant):
            yield token


def one_line(asked: str) -> str:
    """What was typed, with white space and control characters as single spaces."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in asked)
    return " ".join(visible.split())


def _asks(token: Token, text: str) -> bool:
    word = token.span.of(text)
    before = text[: token.span.start].rstrip()
    starts_a_sentence = not before or before[-1] in ".?!:;"
    is_name = word[0].isupper() and not starts_a_sentence and not text.isupper()
    return asks(word) and not (is_name and word.casefold() in _NAMES)


def asks(word: str) -> bool:
    """Whether `word` by itself asks and does not describe what is asked for."""
    return _CLITIC.sub("", word).casefold() in _ASKING
