"""Mentions as HTML for the chat. Every datum is escaped here, once, and nowhere before."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from corpus import Article
from interface.filters import FilterEffect
from interface.rendering.filtered import filters_html
from interface.rendering.html import original_html, quoted_html
from interface.rendering.wording import (
    MENTIONS_LIMITS,
    absent,
    mentions_place,
    mentions_share,
    mentions_summary,
    pages_in_words,
    permalink,
    searched,
    source_line,
    title_of,
)
from retrieval import ArticleMentions, Mention, Mentions


def mentions_html(mentions: Mentions, *, filters: Iterable[FilterEffect] = ()) -> str:
    """A page of mentions: the count, the sentences by article, what was searched."""
    filtered = filters_html(filters)
    facts = [searched(mentions.scope), absent(mentions.scope.absent_terms), MENTIONS_LIMITS]
    scope = escape(". ".join(fact.removesuffix(".") for fact in facts if fact) + ".")
    head = escape(mentions_summary(mentions))
    if not mentions.sentences:
        return (
            f'<div class="answer none"><p class="verdict">{head}.</p>{filtered}'
            f'<p class="scope">{scope}</p></div>'
        )
    articles = "".join(_article(group) for group in mentions.by_article)
    return (
        f'<div class="answer mentions"><p class="verdict">{head}.</p>{filtered}'
        f'<p class="place">{mentions_place(mentions)}.</p>'
        f'<ol class="citations">{articles}</ol><p class="scope">{scope}</p></div>'
    )


def _article(group: ArticleMentions) -> str:
    article = group.article
    sentences = "".join(_sentence(article, mention) for mention in group.mentions)
    original = original_html(article, group.mentions[0].span if group.mentions else None)
    return (
        '<li class="citation"><p class="source">'
        f'<span class="title">{escape(title_of(article))}</span>'
        f'<span class="published">{escape(source_line(article.metadata))}</span>'
        f'<span class="level">{mentions_share(group)}</span>{original}</p>'
        f'<ol class="sentences">{sentences}</ol></li>'
    )


def _sentence(article: Article, mention: Mention) -> str:
    link = escape(permalink(article, mention.span))
    words = quoted_html(article, mention.span, mention.words)
    page = pages_in_words(article, mention.span)
    return (
        f'<li><blockquote class="passage">{words}</blockquote>'
        f'<a class="cite" href="{link}">In the article{", " + page if page else ""}'
        f'<span class="hidden"> {escape(title_of(article))}, at this sentence</span></a></li>'
    )
