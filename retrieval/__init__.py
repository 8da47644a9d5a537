"""From a question to an answer made of citations, and whether citations still hold."""

from retrieval.answer import (
    Answer,
    Citation,
    Elsewhere,
    IndexState,
    Scope,
    Scores,
    Support,
)
from retrieval.ask import DEFAULT_LIMIT, ask
from retrieval.errors import RetrievalError, UnreadableAnswer, UnusableQuestion
from retrieval.question import LONGEST_QUESTION
from retrieval.serialise import answer_as_json, article_as_json, exported_citations
from retrieval.verify import (
    CitationCheck,
    IndexCheck,
    Verdict,
    verify_citation,
    verify_index,
)

__all__ = [
    "DEFAULT_LIMIT",
    "LONGEST_QUESTION",
    "Answer",
    "Citation",
    "CitationCheck",
    "Elsewhere",
    "IndexCheck",
    "IndexState",
    "RetrievalError",
    "Scope",
    "Scores",
    "Support",
    "UnreadableAnswer",
    "UnusableQuestion",
    "Verdict",
    "answer_as_json",
    "article_as_json",
    "ask",
    "exported_citations",
    "verify_citation",
    "verify_index",
]
