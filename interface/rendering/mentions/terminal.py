"""Mentions as text for a terminal: sentences exactly, everything else around them."""

from __future__ import annotations

from interface.rendering.terminal import origin_lines, quoted, visible
from interface.rendering.wording import (
    LIMITS,
    MENTIONS_LIMITS,
    absent,
    mentions_place,
    mentions_share,
    mentions_summary,
    pages_in_words,
    searched,
    source_line,
    title_of,
)
from retrieval import ArticleMentions, Mentions


def mentions_text(mentions: Mentions, *, styled: bool) -> str:
    """A page of mentions in lines. styled: the words looked for in bold, for a terminal."""
    facts = [searched(mentions.scope), absent(mentions.scope.absent_terms)]
    lines = [visible(mentions_summary(mentions)), *(visible(fact) for fact in facts if fact)]
    if mentions.sentences:
        lines.append(mentions_place(mentions))
    for group in mentions.by_article:
        lines += ["", *_article(group, styled=styled)]
    if mentions.page < mentions.pages:
        lines += ["", f"There is more: --page {mentions.page + 1}"]
    return "\n".join([*lines, "", MENTIONS_LIMITS, *([LIMITS] if mentions.sentences else [])])


def _article(group: ArticleMentions, *, styled: bool) -> list[str]:
    article = group.article
    lines = [
        visible(title_of(article)),
        f"    {visible(source_line(article.metadata))} · {mentions_share(group)}",
        *(f"    {line}" for line in origin_lines(article.metadata)),
    ]
    for mention in group.mentions:
        page = pages_in_words(article, mention.span)
        place = f"characters {mention.span.start} to {mention.span.end}"
        lines += [
            "",
            f"    {visible(article.article_id)}, {page + ', ' if page else ''}{place}",
            quoted(article, mention.span, mention.words, styled=styled),
        ]
    return lines
