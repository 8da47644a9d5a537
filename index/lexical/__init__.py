"""Words: the analyzer that folds them, BM25, and the postings it is compiled into."""

from index.lexical.analyzer import (
    ANALYZER,
    PARTS,
    Token,
    terms,
    terms_with_starts,
    tokens,
    word_spans,
)
from index.lexical.bm25 import LuceneBM25, compile_postings
from index.lexical.postings import Postings

__all__ = [
    "ANALYZER",
    "PARTS",
    "LuceneBM25",
    "Postings",
    "Token",
    "compile_postings",
    "terms",
    "terms_with_starts",
    "tokens",
    "word_spans",
]
