"""Mentions made by hand, for rendering."""

from __future__ import annotations

from corpus import Article, Span
from retrieval import ArticleMentions, Mention, Mentions, Order, Scope


def mentions_in(article: Article, *found: tuple[str, tuple[str, ...]]) -> ArticleMentions:
    """An article's mentions: sentences of its text, each with the words in it."""
    made = []
    for sentence, words in found:
        start = article.text.index(sentence)
        spans, at = [], start
        for word in words:
            at = article.text.index(word, at)
            spans.append(Span(at, at + len(word)))
            at += len(word)
        made.append(Mention(Span(start, start + len(sentence)), tuple(spans)))
    return ArticleMentions(article, total=len(made), before=0, mentions=tuple(made))


def mentions_of(
    *groups: ArticleMentions,
    asked: str = "ferry",
    words: tuple[str, ...] = ("ferry",),
    phrases: tuple[str, ...] = (),
    order: Order = "newest",
    page: int = 1,
    pages: int = 1,
    absent: tuple[str, ...] = (),
) -> Mentions:
    return Mentions(
        asked=asked,
        words=words,
        phrases=phrases,
        order=order,
        sentences=sum(group.total for group in groups),
        articles=len(groups),
        page=page,
        pages=pages,
        by_article=groups,
        scope=Scope(30, 120, "2018-04", "2020-02-03", absent),
        generation="20200101T000000.000000Z",
        built="2020-01-01T00:00:00+00:00",
    )
