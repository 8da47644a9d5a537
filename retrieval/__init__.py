"""From a question to an answer made of citations, whether citations still hold, and how well the
ranking behind them finds what is relevant."""

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
from retrieval.errors import (
    RetrievalError,
    UnreadableAnswer,
    UnusableQuestion,
    UnusableTestData,
)
from retrieval.evaluation import Evaluation, JudgedCollection, evaluate, read_beir
from retrieval.question import LONGEST_QUESTION
from retrieval.ranking import METHODS, Method
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
    "METHODS",
    "Answer",
    "Citation",
    "CitationCheck",
    "Elsewhere",
    "Evaluation",
    "IndexCheck",
    "IndexState",
    "JudgedCollection",
    "Method",
    "RetrievalError",
    "Scope",
    "Scores",
    "Support",
    "UnreadableAnswer",
    "UnusableQuestion",
    "UnusableTestData",
    "Verdict",
    "answer_as_json",
    "article_as_json",
    "ask",
    "evaluate",
    "exported_citations",
    "read_beir",
    "verify_citation",
    "verify_index",
]
