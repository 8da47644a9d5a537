"""From text to terms: what counts as the same word when passages are matched.

Everything is folded here and nowhere else: case, accents, quotation marks, no-break spaces,
possessives, thousands separators, paedophile/pedophile, -ise/-ize, and inflection (Snowball's
English stemmer). Offsets stay those of the text, since each token is folded by itself.
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

# Recorded in every index; raise it when the same text would give other terms.
ANALYZER = "english-1"

# Letters and digits, with the accents that stand as marks of their own behind them (é on a Mac).
_WORD = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"  # 1,500
    r"|\d+(?:\.\d+)+"  # 2.5
    rf"|{_WORD}(?:['’]{_WORD})*"  # words, don't, O’Brien
)
_POSSESSIVE = re.compile(r"['’]s?$")
_IZE = re.compile(r"(?<=[a-z]{3})iz(?=(?:e[drs]?|ers|ing|ations?|ational(?:ly)?|abl[ey]|ability)$)")

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
        if term := _term(found.group()):
            yield Token(term, Span(*found.span()))


def terms(text: str) -> list[str]:
    """The terms of `text`, in order, repetitions kept."""
    return [term for word in _TOKEN.findall(text) if (term := _term(word))]


@lru_cache(maxsize=1 << 17)
def _term(word: str) -> str:
    """The term of one word, or "" for a stop word."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    if folded[:1].isdigit():
        return folded.replace(",", "")
    folded = _POSSESSIVE.sub("", folded).replace("’", "'")
    if folded in STOP_WORDS:
        return ""
    folded = _IZE.sub("is", folded.replace("paedo", "pedo"))
    with _stemmer_lock:
        return str(_stemmer.stemWord(folded))
