"""An answer as HTML for the chat. Every datum is escaped here, once, and nowhere before."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from corpus import Article, Span
from interface.rendering.wording import (
    LIMITS,
    PASSAGE_SUPPORT,
    SUPPORT,
    UNDO,
    AlsoIn,
    about_line,
    absent,
    also_in,
    brief_line,
    counted,
    dates_between,
    original_title,
    permalink,
    place_line,
    scores_line,
    searched,
    searched_for,
    summary,
    taken_over,
    title_of,
    web_address,
)
from retrieval import Answer, Citation

# reader.js asks the last question again, alone, when it is pressed.
_UNDO = f'<button type="button" class="undo">{UNDO}</button>'


def answer_html(answer: Answer, *, alone: bool = False) -> str:
    """The whole answer: what was found, the numbered passages, what was searched.

    alone: the question was asked again without the words that it had taken over.
    """
    head = escape(SUPPORT[answer.support])
    facts = escape(". ".join(_facts(answer)) + ".")
    followed = _followed(answer, alone=alone)
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


def settled_html(answer: str) -> str:
    """An answer as HTML that another has followed: it offers nothing to undo any more."""
    return answer.replace(_UNDO, "")


def notice_html(message: str) -> str:
    """A message of the program itself, such as why a question cannot be asked."""
    return f'<div class="answer notice"><p class="verdict">{escape(message)}</p></div>'


def question_html(question: str) -> str:
    """A question as it was asked, for the conversation."""
    return f'<div class="asked">{escape(question.strip())}</div>'


def masthead_html(articles: int, earliest: str | None, latest: str | None) -> str:
    """The head of the page: name, what is in the collection, the promise and its limits."""
    collection = counted(articles, "article")
    if dates := dates_between(earliest, latest):
        collection += f", {dates}"
    return (
        f'<header><h1>On the Record</h1><p class="collection">{escape(collection)}</p>'
        f'<p class="promise">{escape(LIMITS)}</p></header>'
    )


def quoted_html(article: Article, span: Span, marked: Iterable[Span]) -> str:
    """The words at a span of an article, those at the spans in `marked` highlighted. These come
    in order."""
    text, at, parts = article.text, span.start, []
    for mark in marked:
        parts.append(_exact(text[at : mark.start]))
        parts.append(f"<mark>{_exact(mark.of(text))}</mark>")
        at = mark.end
    parts.append(_exact(text[at : span.end]))
    return "".join(parts)


def original_html(article: Article) -> str:
    """The link to an article's original; for a brief, what it is about."""
    metadata = article.metadata
    brief = brief_line(metadata)
    if brief is None:
        return _link(metadata.url, "Original", "original")
    title = original_title(metadata)
    url = metadata.original.url if metadata.original else None
    linked = _link(url, title, "") or escape(title)
    about = escape(about_line(metadata))
    return f'<span class="original">{escape(brief)} {linked}{about}</span>'


def _followed(answer: Answer, *, alone: bool) -> str:
    """What was searched for, where that may not be what was typed."""
    if not answer.taken_over and not alone:
        return ""
    words = f'<span class="searched-for">{escape(searched_for(answer))}</span>'
    if taken := taken_over(answer):
        words += f" <span>{escape(taken)}.</span> {_UNDO}"
    return f'<p class="followed">{words}</p>'


def _facts(answer: Answer) -> list[str]:
    return [fact for fact in (searched(answer.scope), absent(answer.scope.absent_terms)) if fact]


def _citation(citation: Citation) -> str:
    article, passage = citation.article, citation.passage
    link = escape(permalink(article, passage.span))
    passage_words = quoted_html(article, passage.span, sorted(citation.highlights))
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
        f"{original_html(article)}</p>{_elsewhere(citation)}"
        f'<details class="why"><summary>Why this passage</summary><p>{why}; {place}.</p></details>'
        "</li>"
    )


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
