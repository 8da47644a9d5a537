"""The canonical JSON of an answer, which the command line, the page and exports share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from corpus import Article, Metadata, Quotation, Span
from retrieval.answers.answer import Answer, Citation, Cluster, Elsewhere, Scope
from retrieval.errors import UnreadableAnswer
from retrieval.mentions import ArticleMentions, Mentions

FORMAT = 1


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """See docs/answer.md. Offsets are code points in the article's text, end exclusive."""
    return {
        "format": FORMAT,
        "question": answer.question,
        "searched_for": answer.searched_for,
        "taken_over": list(answer.taken_over),
        "speaker": answer.speaker,
        "left_out": list(answer.left_out),
        "support": answer.support,
        "citations": [_citation(citation) for citation in answer.citations],
        "scope": scope_as_json(answer.scope),
        "index": {
            "generation": answer.index.generation,
            "built": answer.index.built,
            "parts": dict(answer.index.parts),
            "vectors": answer.index.vectors,
        },
    }


def mentions_as_json(mentions: Mentions) -> dict[str, Any]:
    """See docs/mentions.md. Offsets are code points in the article's text, end exclusive."""
    return {
        "format": FORMAT,
        "terms": mentions.asked,
        "words": list(mentions.words),
        "phrases": list(mentions.phrases),
        "order": mentions.order,
        "sentences": mentions.sentences,
        "articles": mentions.articles,
        "page": mentions.page,
        "pages": mentions.pages,
        "by_article": [_article_mentions(group) for group in mentions.by_article],
        "scope": scope_as_json(mentions.scope),
        "index": {"generation": mentions.generation, "built": mentions.built},
    }


def article_as_json(article: Article) -> dict[str, Any]:
    """An article's identity and source, without its text."""
    identity = {"article_id": article.article_id, "sha256": article.sha256}
    return identity | _source(article.metadata)


def _source(metadata: Metadata) -> dict[str, Any]:
    return {
        "kind": metadata.kind,
        "title": metadata.title,
        "publisher": metadata.publisher,
        "author": metadata.author,
        "published": metadata.published,
        "url": metadata.url,
        "original": asdict(metadata.original) if metadata.original else None,
    }


def _cluster(cluster: Cluster) -> dict[str, Any]:
    return {"earliest": cluster.earliest, "articles": cluster.articles}


def scope_as_json(scope: Scope) -> dict[str, Any]:
    """What was searched, as an answer has it."""
    return {
        "articles": scope.articles,
        "passages": scope.passages,
        "from": scope.earliest,
        "to": scope.latest,
        "absent_terms": list(scope.absent_terms),
    }


def _article_mentions(group: ArticleMentions) -> dict[str, Any]:
    return {
        "article": article_as_json(group.article),
        "sentences": group.total,
        "before": group.before,
        "mentions": [
            {
                "text": mention.span.of(group.article.text),
                "start": mention.span.start,
                "end": mention.span.end,
                "page": group.article.page_at(mention.span.start),
                "words": [[word.start, word.end] for word in mention.words],
            }
            for mention in group.mentions
        ],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    passage = citation.passage
    return {
        "number": citation.number,
        "passage_id": passage.passage_id,
        "text": passage.text,
        "start": passage.span.start,
        "end": passage.span.end,
        "page": citation.article.page_at(passage.span.start),
        "support": citation.support,
        "highlights": [[span.start, span.end] for span in citation.highlights],
        "article": article_as_json(citation.article)
        | {"cluster": _cluster(citation.cluster) if citation.cluster else None},
        "quotations": [quotation_as_json(quotation) for quotation in citation.quotations],
        "cautions": [
            {"kind": caution.kind, "start": caution.span.start, "end": caution.span.end}
            for caution in citation.cautions
        ],
        "also_in": [
            {
                "article_id": other.article_id,
                "sha256": other.sha256,
                "start": other.span.start,
                "end": other.span.end,
            }
            for other in citation.elsewhere
        ],
        "scores": asdict(citation.scores),
    }


def quotation_as_json(quotation: Quotation) -> dict[str, Any]:
    """As an answer has it. Offsets are code points in the article's text, end exclusive."""
    speaker = quotation.speaker
    return {
        "start": quotation.span.start,
        "end": quotation.span.end,
        "kind": quotation.kind,
        "direct": quotation.kind == "direct",
        "quoted": [span_as_json(span) for span in quotation.quoted],
        "speaker": speaker.name if speaker else None,
        "role": speaker.role if speaker else None,
        "organisation": speaker.organisation if speaker else None,
        "attribution": span_as_json(quotation.attribution) if quotation.attribution else None,
        "told": [span_as_json(span) for span in quotation.outlets],
        "nested": quotation.nested,
    }


def span_as_json(span: Span) -> list[int]:
    return [span.start, span.end]


@dataclass(frozen=True, slots=True)
class ExportedCitation:
    """What a citation in an exported answer claims.

    article: its `article` object, as it was exported.
    elsewhere: where else its words are said to stand.
    page: where its words begin; None for a text without pages.
    states_page: whether it has a page at all, as not every older export does.
    """

    number: int
    passage_id: str
    article_id: str
    sha256: str
    text: str
    span: Span
    highlights: tuple[Span, ...]
    elsewhere: tuple[Elsewhere, ...]
    article: Mapping[str, Any]
    page: int | None
    states_page: bool

    def differences(self, metadata: Metadata) -> tuple[str, ...]:
        """The details of the source that the citation gives otherwise than `metadata`."""
        return tuple(
            name for name, value in _source(metadata).items() if self.article.get(name) != value
        )


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """question: as it was asked; empty where the export does not say."""

    question: str
    citations: tuple[ExportedCitation, ...]


def exported_citations(exported: str) -> tuple[ExportedCitation, ...]:
    """The citations of an answer in canonical JSON; unknown keys are ignored.

    Raises UnreadableAnswer for anything else, a conversation too.
    """
    with _readable("This is no answer exported by `onrecord ask --json`"):
        return _answer(json.loads(exported)).citations


def exported_answers(exported: str) -> tuple[ExportedAnswer, ...]:
    """The answer, or those of the conversation in the order in which they were asked; unknown keys
    are ignored. See docs/export.md.

    Raises UnreadableAnswer for anything else, and for a conversation without an answer.
    """
    with _readable(
        "This is no answer exported by `onrecord ask --json`, and no conversation exported as JSON"
    ):
        read = json.loads(exported)
        if not isinstance(read, dict) or "citations" in read or "answers" not in read:
            return (_answer(read),)
        _require_format(read)
        answers = tuple(_answer(answer) for answer in _listed(read["answers"]))
        if not answers:
            raise ValueError("it holds no answer")
        return answers


@contextmanager
def _readable(otherwise: str) -> Iterator[None]:
    """Makes an UnreadableAnswer of what is wrong inside; `otherwise` says what the text is not."""
    try:
        yield
    except UnreadableAnswer:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableAnswer(f"{otherwise}: {_reason(error)}.") from error


def _answer(answer: Any) -> ExportedAnswer:
    _require_format(answer)
    citations = tuple(_claimed(citation) for citation in _listed(answer["citations"]))
    if (answer["support"] == "none") != (not citations):
        raise UnreadableAnswer(
            f"The answer says {answer['support']!r} with {len(citations)} citations, which no "
            "answer of this program does."
        )
    return ExportedAnswer(_text(answer.get("question", "")), citations)


def _require_format(exported: Any) -> None:
    written = _whole(exported["format"])
    if written > FORMAT:
        raise UnreadableAnswer(
            f"The answer has format {written}; this program reads formats up to {FORMAT}. "
            "Update the program."
        )


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it lacks {error}"
    return "it is not JSON" if isinstance(error, json.JSONDecodeError) else str(error)


def _claimed(citation: Any) -> ExportedCitation:
    article = citation["article"]
    return ExportedCitation(
        number=_whole(citation["number"]),
        passage_id=_text(citation["passage_id"]),
        article_id=_text(article["article_id"]),
        sha256=_text(article["sha256"]),
        text=_text(citation["text"]),
        span=_span(citation["start"], citation["end"]),
        highlights=tuple(_span(start, end) for start, end in _listed(citation["highlights"])),
        elsewhere=tuple(
            Elsewhere(
                _text(place["article_id"]),
                _text(place["sha256"]),
                _span(place["start"], place["end"]),
            )
            for place in _listed(citation["also_in"])
        ),
        article=article,
        page=None if citation.get("page") is None else _whole(citation["page"]),
        states_page="page" in citation,
    )


def _span(start: Any, end: Any) -> Span:
    return Span(_whole(start), _whole(end))


def _whole(value: Any) -> int:
    if type(value) is not int:  # neither 1.0 nor true
        raise TypeError("numbers and offsets must be whole numbers")
    return value


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("answers, citations, highlights and also_in must be lists")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("questions, ids, hashes and cited words must be text")
    value.encode()  # a lone surrogate is in no article and fits no terminal
    return value
