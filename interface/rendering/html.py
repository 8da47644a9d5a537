"""An answer as HTML for the chat. Every datum is escaped here, once, and nowhere before."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from corpus import Article, Quotation, Span
from interface.filters import FilterEffect
from interface.rendering.exports.citation import citation_text
from interface.rendering.filtered import filters_html
from interface.rendering.fragments import landing, text_fragment
from interface.rendering.speaking import caution_line, speaker_lines, their_words
from interface.rendering.wording import (
    AROUND,
    COPY,
    LIMITS,
    PASSAGE_SUPPORT,
    SEARCH_AS_ASKED,
    SUPPORT,
    UNDO,
    AlsoIn,
    about_line,
    also_in,
    brief_line,
    counted,
    dates_between,
    facts_of,
    left_out,
    original_title,
    permalink,
    place_line,
    scores_line,
    searched_for,
    summary,
    taken_over,
    title_of,
    web_address,
)
from retrieval import Answer, Citation

# conversation.js hears them: the question is asked again as it stands, the words of the citation
# are copied, and the passages beside it are shown.
_UNDO = f'<button type="button" class="undo">{UNDO}</button>'
_AS_ASKED = f'<button type="button" class="undo">{SEARCH_AS_ASKED}</button>'
_TOOLS = (
    f'<button type="button" class="copy">{COPY}</button>'
    f'<button type="button" class="around" aria-expanded="false">{AROUND}</button>'
)


def answer_html(
    answer: Answer, *, alone: bool = False, filters: Iterable[FilterEffect] = ()
) -> str:
    """The whole answer: what was found, the numbered passages, what was searched.

    alone: the question was asked again without the words that it had taken over.
    filters: those that it was asked with.
    """
    head = escape(SUPPORT[answer.support])
    facts = escape(". ".join(facts_of(answer)) + ".")
    followed = filters_html(filters) + _followed(answer, alone=alone)
    if answer.abstained:
        return (
            f'<div class="answer none"><p class="verdict">{head}.</p>{followed}'
            f'<p class="scope">{facts}</p></div>'
        )
    citations = "".join(_citation(citation) for citation in answer.citations)
    return (
        f'<div class="answer"><p class="verdict">{head}: {escape(summary(answer))}.</p>{followed}'
        f'<ol class="citations">{citations}</ol><p class="scope">{facts}</p></div>'
    )


def about_html(articles: int, earliest: str | None, latest: str | None) -> str:
    """What is in the collection, the promise and its limits."""
    collection = counted(articles, "article")
    if dates := dates_between(earliest, latest):
        collection += f", {dates}"
    return f'<p class="collection">{escape(collection)}</p><p class="promise">{escape(LIMITS)}</p>'


def quoted_html(
    article: Article, span: Span, marked: Iterable[Span], quotations: Iterable[Quotation] = ()
) -> str:
    """The words at a span of an article, those at the spans in `marked` highlighted, which come
    in order; and those of somebody whom it quotes told apart."""
    text, at, parts = article.text, span.start, []
    quoted, told = their_words(quotations, span)
    somebodys = sorted([(each, "words") for each in quoted] + [(each, "told") for each in told])
    for mark in marked:
        parts.append(_told_apart(text, at, mark.start, somebodys))
        parts.append(f"<mark>{_told_apart(text, mark.start, mark.end, somebodys)}</mark>")
        at = mark.end
    parts.append(_told_apart(text, at, span.end, somebodys))
    return "".join(parts)


def _told_apart(text: str, start: int, end: int, somebodys: list[tuple[Span, str]]) -> str:
    at, parts = start, []
    for span, kind in somebodys:
        first, last = max(span.start, at), min(span.end, end)
        if first < last:
            parts.append(_exact(text[at:first]))
            parts.append(f'<span class="{kind}">{_exact(text[first:last])}</span>')
            at = last
    parts.append(_exact(text[at:end]))
    return "".join(parts)


def original_html(article: Article, span: Span | None = None) -> str:
    """The link to an article's original, which lands on the words at `span`; for a brief, whose
    words do not stand there, what it is about."""
    metadata = article.metadata
    brief = brief_line(metadata)
    if brief is None:
        words = span.of(article.text) if span else ""
        return _link(text_fragment(metadata.url or "", words), "Original", "original")
    title = original_title(metadata)
    url = metadata.original.url if metadata.original else None
    linked = _link(url, title, "") or escape(title)
    about = escape(about_line(metadata))
    return f'<span class="original">{escape(brief)} {linked}{about}</span>'


def _followed(answer: Answer, *, alone: bool) -> str:
    """What was searched for, where that may not be what was typed."""
    changes = [change for change in (taken_over(answer), left_out(answer)) if change]
    if not changes and not alone:
        return ""
    words = f'<span class="searched-for">{escape(searched_for(answer))}</span>'
    words += "".join(f" <span>{escape(change)}.</span>" for change in changes)
    if changes:
        words += f" {_AS_ASKED if answer.left_out else _UNDO}"
    return f'<p class="followed">{words}</p>'


def _citation(citation: Citation) -> str:
    article, passage = citation.article, citation.passage
    link = escape(permalink(article, passage.span))
    passage_words = quoted_html(
        article, passage.span, sorted(citation.highlights), citation.quotations
    )
    why = escape(scores_line(citation.scores))
    place = (
        f"characters {passage.span.start:,} to {passage.span.end:,} of {escape(article.article_id)}"
    )
    return (
        '<li class="citation">'
        f'<blockquote class="passage">{passage_words}</blockquote>'
        '<p class="source">'
        f'<a class="cite" href="{link}"><span class="number">{citation.number}</span> '
        f"{escape(title_of(article))}"
        '<span class="hidden">, open the article at this passage</span></a>'
        f'<span class="published">{escape(place_line(article, passage.span))}</span>'
        f'<span class="level {citation.support}">{PASSAGE_SUPPORT[citation.support]}</span>'
        f"{original_html(article, landing(citation))}</p>"
        f"{_speaking(citation)}{_elsewhere(citation)}"
        f'<div class="tools">{_TOOLS}'
        f'<details class="why"><summary>Why this passage</summary><p>{why}; {place}.</p></details>'
        f'</div><div class="to-copy" hidden>{_exact(citation_text(citation))}</div></li>'
    )


def _speaking(citation: Citation) -> str:
    lines = [line.told for line in speaker_lines(citation)]
    if caution := caution_line(citation):
        lines.append(caution)
    return "".join(f'<p class="speaking">{escape(line)}</p>' for line in lines)


def _exact(words: str) -> str:
    """Quoted words, escaped so that every space survives: gradio expands tabs and cuts common
    indentation in what it is given, and HTML has no NUL."""
    exact = escape(words).replace("\t", "&#9;").replace("\n", "&#10;")
    return exact.replace("\x00", "\u2400")


def _link(url: str | None, words: str, kind: str) -> str:
    """A link that opens beside the page; nothing for an address that is not on the web."""
    address = web_address(url)
    if address is None:
        return ""
    return (
        f'<a class="{kind or "outside"}" href="{escape(address)}" target="_blank" '
        f'rel="noopener noreferrer">{escape(words)}</a>'
    )


def _elsewhere(citation: Citation) -> str:
    return "".join(
        f'<p class="elsewhere">{line.words} {escape(line.told)}</p>{_more(line)}'
        for line in also_in(citation)
    )


def _more(line: AlsoIn) -> str:
    if not line.more:
        return ""
    ids = escape(", ".join(line.more))
    return f'<details class="why"><summary>{line.and_more}</summary><p>{ids}</p></details>'
