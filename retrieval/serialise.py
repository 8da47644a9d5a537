"""The canonical JSON of an answer, which the command line, the page and exports share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus import Article, Span
from retrieval.answer import Answer, Citation
from retrieval.errors import UnreadableAnswer

FORMAT = 1


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """See docs/answer.md. Offsets are code points in the article's text, end exclusive."""
    return {
        "format": FORMAT,
        "question": answer.question,
        "searched_for": answer.searched_for,
        "taken_over": list(answer.taken_over),
        "support": answer.support,
        "citations": [_citation(citation) for citation in answer.citations],
        "scope": {
            "articles": answer.scope.articles,
            "passages": answer.scope.passages,
            "from": answer.scope.earliest,
            "to": answer.scope.latest,
            "absent_terms": list(answer.scope.absent_terms),
        },
        "index": {
            "generation": answer.index.generation,
            "built": answer.index.built,
            "parts": dict(answer.index.parts),
        },
    }


def article_as_json(article: Article) -> dict[str, Any]:
    """An article's identity and source, without its text."""
    metadata = article.metadata
    return {
        "article_id": article.article_id,
        "sha256": article.sha256,
        "kind": metadata.kind,
        "title": metadata.title,
        "publisher": metadata.publisher,
        "author": metadata.author,
        "published": metadata.published,
        "url": metadata.url,
        "original": asdict(metadata.original) if metadata.original else None,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    passage = citation.passage
    return {
        "number": citation.number,
        "passage_id": passage.passage_id,
        "text": passage.text,
        "start": passage.span.start,
        "end": passage.span.end,
        "page": None,
        "support": citation.support,
        "highlights": [[span.start, span.end] for span in citation.highlights],
        "article": article_as_json(citation.article),
        "quotations": [],
        "also_in": [
            {
                "article_id": other.article_id,
                "sha256": other.sha256,
                "start": other.span.start,
                "end": other.span.end,
            }
            for other in citation.elsewhere
        ],
        "scores": asdict(citation.scores) | {"late": None},
    }


@dataclass(frozen=True, slots=True)
class ExportedCitation:
    """What a citation in an exported answer claims.

    article: its `article` object, as it was exported.
    """

    number: int
    text: str
    span: Span
    highlights: tuple[Span, ...]
    article: Mapping[str, Any]

    @property
    def article_id(self) -> str:
        return str(self.article["article_id"])

    @property
    def sha256(self) -> str:
        return str(self.article["sha256"])


def exported_citations(exported: str) -> tuple[ExportedCitation, ...]:
    """The citations of an answer in canonical JSON; unknown keys are ignored.

    Raises UnreadableAnswer for anything else.
    """
    try:
        answer = json.loads(exported)
        written = _whole(answer["format"])
        if written > FORMAT:
            raise UnreadableAnswer(
                f"The answer has format {written}; this program reads formats up to {FORMAT}. "
                "Update the program."
            )
        return tuple(_claimed(citation) for citation in _listed(answer["citations"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableAnswer(
            "This is no answer exported by `onrecord ask --json`: "
            f"{type(error).__name__} at {error}."
        ) from error


def _claimed(citation: Any) -> ExportedCitation:
    article = citation["article"]
    for words in (article["article_id"], article["sha256"], citation["text"]):
        if not isinstance(words, str):
            raise TypeError("article_id, sha256 and text must be text")
        words.encode()  # a lone surrogate is in no article and fits no terminal
    return ExportedCitation(
        number=_whole(citation["number"]),
        text=citation["text"],
        span=_span(citation["start"], citation["end"]),
        highlights=tuple(_span(start, end) for start, end in _listed(citation["highlights"])),
        article=article,
    )


def _span(start: Any, end: Any) -> Span:
    return Span(_whole(start), _whole(end))


def _whole(value: Any) -> int:
    if type(value) is not int:  # neither 1.0 nor true
        raise TypeError("numbers and offsets must be whole numbers")
    return value


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("citations and highlights must be lists")
    return value
