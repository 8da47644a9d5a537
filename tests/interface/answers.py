"""Answers made by hand, for rendering."""

from __future__ import annotations

from corpus import Article, Metadata, Original, Passage, Span
from retrieval import Answer, Citation, Cluster, Elsewhere, IndexState, Scope, Scores, Support


def article_of(
    passage: str, metadata: Metadata | None = None, article_id: str = "news/ferry"
) -> Article:
    """An article with `passage` in the middle of its text."""
    return Article(article_id, f"Headline 🛶\n\n{passage}\n\nThe end.", metadata or Metadata())


def passage_in(article: Article, *sentences: str) -> Passage:
    """The passage of these consecutive sentences."""
    spans, at = [], 0
    for sentence in sentences:
        at = article.text.index(sentence, at)
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence)
    return Passage(article, tuple(spans))


def citation_of(
    passage: Passage,
    *,
    number: int = 1,
    support: Support = "strong",
    highlights: tuple[Span, ...] | None = None,
    elsewhere: tuple[str, ...] = (),
    highlight_in: tuple[str, ...] = (),
    cluster: Cluster | None = None,
    scores: Scores = Scores(lexical=2.5, dense=0.75, late=0.5, fused=1.25),  # noqa: B008 - immutable
) -> Citation:
    """A citation; its first sentence is highlighted unless others are given. elsewhere: ids of
    articles with the same passage, near-copies of this one if `cluster` is given."""
    return Citation(
        number=number,
        passage=passage,
        support=support,
        highlights=passage.sentences[:1] if highlights is None else highlights,
        elsewhere=tuple(
            Elsewhere(
                article_id,
                passage.article.sha256,
                passage.span,
                whole=article_id in elsewhere,
                earliest=cluster.earliest if cluster else article_id,
            )
            for article_id in (*elsewhere, *highlight_in)
        ),
        cluster=cluster,
        scores=scores,
    )


def answer_of(
    *citations: Citation,
    question: str = "Who was hurt?",
    absent: tuple[str, ...] = (),
    earliest: str | None = "2018-04",
    latest: str | None = "2020-02-03",
    articles: int = 30,
    taken_over: tuple[str, ...] = (),
    left_out: tuple[str, ...] = (),
) -> Answer:
    levels = {citation.support for citation in citations}
    return Answer(
        question=question,
        searched_for=f"{question} — {', '.join(taken_over)}" if taken_over else question,
        taken_over=taken_over,
        left_out=left_out,
        support="strong" if "strong" in levels else "related" if levels else "none",
        citations=citations,
        scope=Scope(articles, 120, earliest, latest, absent),
        index=IndexState("20200101T000000.000000Z", "2020-01-01T00:00:00+00:00", {}),
    )


BRIEF = Metadata(
    title="Board says its advice is unchanged",
    publisher="On the Record (brief)",
    url="https://record.example/brief",
    kind="brief",
    original=Original(
        title="Our advice to spotters",
        publisher="Wardens Board",
        published="2019-05-02",
        url="https://board.example/advice",
    ),
)
ARTICLE = Metadata(
    title="Ferry aground",
    publisher="Skerry Herald",
    author="Ines Marl",
    published="2018-04-10",
    url="https://herald.example/ferry",
)
