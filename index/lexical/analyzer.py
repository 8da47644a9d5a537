"""From text to terms: what counts as the same word when passages are matched.

Everything is folded here and nowhere else: case, accents, quotation marks, no-break spaces,
soft hyphens, possessives, thousands separators, per cent, British and American spellings,
hyphens, and inflection (Snowball's English stemmer). Offsets stay those of the text, since each
token is folded by itself.

Number words stay words: "one" is more often no number, and "two" beside "2" would join what
people do not look for together.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from corpus import Span
from index.lexical.spellings import is_solid, respelled

# Recorded in every index; raise it when the same text would give other terms.
ANALYZER = "english-2"

# Letters and digits, with the accents that stand as marks of their own behind them (é on a Mac)
# and soft hyphens between them.
_LETTERS = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*|\u00ad+[^\W_]+)*"
_WORD = rf"{_LETTERS}(?:['’‘＇]{_LETTERS})*"  # words, don't, O’Brien
_HYPHEN = "[-\u2010\u2011]"
_TOKEN = re.compile(
    # 1,500 and 1 500, the space being a no-break or thin one
    r"\d{1,3}(?:(?:,\d{3})+|(?:\u00a0\d{3})+|(?:\u202f\d{3})+|(?:\u2009\d{3})+)(?!\d)(?:\.\d+)?"
    r"|\d+(?:\.\d+)+"  # 2.5
    r"|[Pp][Ee][Rr][ \u00a0][Cc][Ee][Nn][Tt](?![^\W_])"
    rf"|{_WORD}(?:{_HYPHEN}(?=[^\W\d_]){_WORD}){{,7}}"  # police-led; not 2-2.5
    r"|%"
)
# Words that are seldom terms of their own, and the term of which they are a part.
PARTS = {"per": "percent", "cent": "percent"}
_BETWEEN = re.compile(_HYPHEN)
_APOSTROPHES = str.maketrans("’‘＇ʼ", "''''", "\u00ad")
_CLITIC = re.compile(r"'(?:s|re|ve|ll|d|m)?$")  # possessives, and who's, they're, I'd

# Words that carry grammar and no subject. Kept short on purpose: BM25 already gives a common
# word little weight, and "who", "may" or "will" can be the point of a quotation elsewhere.
STOP_WORDS = frozenset(
    """a an and are as at be been but by for from had has have he her his i if in into is it its
    me my of on or our s she so t than that the their them then there these they this those to
    us was we were which with you your""".split()
)

_stemmer = Stemmer.Stemmer("english")
_stemmer_lock = threading.Lock()  # a Snowball stemmer keeps state while it works


@dataclass(frozen=True, slots=True)
class Token:
    """A term and where its word stands in the text."""

    term: str
    span: Span


def tokens(text: str) -> Iterator[Token]:
    """The terms of `text` with their spans, in order; stop words are left out."""
    for found in _TOKEN.finditer(text):
        at = found.start()
        for term, start, end in _words(found.group()):
            yield Token(term, Span(at + start, at + end))


def terms(text: str) -> list[str]:
    """The terms of `text`, in order, repetitions kept."""
    return [term for found in _TOKEN.findall(text) for term, _, _ in _words(found)]


def terms_with_starts(text: str) -> tuple[list[str], list[int]]:
    """The terms of `text`, and where the word of each begins, in order."""
    found: list[str] = []
    starts: list[int] = []
    for match in _TOKEN.finditer(text):
        at = match.start()
        for term, start, _ in _words(match.group()):
            found.append(term)
            starts.append(at + start)
    return found, starts


def word_spans(text: str) -> list[Span]:
    """Where the words stand that give the terms of `text`, in order."""
    return [token.span for token in tokens(text)]


@lru_cache(maxsize=1 << 17)
def _words(found: str) -> tuple[tuple[str, int, int], ...]:
    """The terms of what stands between spaces or punctuation, each with its start and end.

    Parts of a hyphenated word are words of their own (police-led), but for two that are also
    written as one (co-operate, e-mail).
    """
    words: list[tuple[str, int, int]] = []
    bounds = [0, *(end for hyphen in _BETWEEN.finditer(found) for end in hyphen.span()), len(found)]
    parts = list(zip(bounds[::2], bounds[1::2], strict=True))
    while parts:
        start, end = parts.pop(0)
        folded = _folded(found[start:end])
        if parts and is_solid(joined := folded + _folded(found[slice(*parts[0])])):
            folded, end = joined, parts.pop(0)[1]
        if term := _term(folded):
            words.append((term, start, end))
    return tuple(words)


def _folded(word: str) -> str:
    """The word without case, accents and possessive; digits without separators."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _CLITIC.sub("", folded.translate(_APOSTROPHES))
    if folded[:1].isdigit():
        return folded.replace(",", "").replace(" ", "")
    return "percent" if folded in ("%", "per cent") else folded


def _term(folded: str) -> str:
    """The term of a folded word, or "" for a stop word."""
    if folded in STOP_WORDS:
        return ""
    if folded[:1].isdigit():
        return folded
    with _stemmer_lock:
        return str(_stemmer.stemWord(respelled(folded)))
