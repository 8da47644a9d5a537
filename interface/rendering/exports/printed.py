"""A conversation as one HTML document, for paper and for reading. Every datum is escaped here,
once; nothing in it runs or is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from itertools import count
from pathlib import Path

from interface.rendering.exports.citation import one_line
from interface.rendering.exports.exchange import Exchange
from interface.rendering.exports.lines import (
    IN_BOLD,
    IN_THE_ARTICLE,
    NAME,
    SOURCES,
    about_lines,
    asked_lines,
    found_line,
    name_of,
    note_of,
    runs_of,
    scope_lines,
    source_line_of,
)
from interface.rendering.fragments import landing, text_fragment
from interface.rendering.wording import LIMITS, web_address
from retrieval import Citation

# For a document that was saved too: it needs nothing but its own style.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def conversation_print(exchanges: Sequence[Exchange], page: str | None) -> str:
    """The questions in order, each with its passages, then their sources as notes, which are
    numbered through all of them. A link to an original lands on the words.

    page: the address of the running page, to which permalinks lead; without it there are none.
    """
    numbers = count(1)
    sections, notes = [], []
    for exchange in exchanges:
        cited = [(next(numbers), citation) for citation in exchange.answer.citations]
        sections.append(_section(exchange, cited))
        notes += [_note(number, citation, page) for number, citation in cited]
    sources = ""
    if notes:
        sources = f'<section class="notes"><h2>{SOURCES}</h2><ol>{"".join(notes)}</ol></section>'
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_exact(name_of(exchanges))}</title><style>\n{_style()}</style></head>"
        f'<body><main><h1>{NAME}</h1><p class="promise">{escape(LIMITS)} {escape(IN_BOLD)}</p>'
        f"{''.join(sections)}{sources}</main></body></html>\n"
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("print.css").read_text(encoding="utf-8")


def _section(exchange: Exchange, cited: Iterable[tuple[int, Citation]]) -> str:
    answer = exchange.answer
    figures = "".join(_figure(number, citation) for number, citation in cited)
    return (
        f"<section><h2>{_exact(one_line(answer.question))}</h2>"
        f"{_paragraphs('verdict', [found_line(answer)])}"
        f"{_paragraphs('about', asked_lines(exchange))}{figures}"
        f"{_paragraphs('scope', scope_lines(answer))}</section>"
    )


def _figure(number: int, citation: Citation) -> str:
    words = "".join(
        f"<mark>{_exact(run.text)}</mark>" if run.marked else _exact(run.text)
        for run in runs_of(citation)
    )
    return (
        f"<figure><blockquote>{words}</blockquote>"
        f"<figcaption><p>{_exact(source_line_of(citation))}"
        f'<sup><a id="cited-{number}" href="#note-{number}" aria-label="Source {number}">{number}'
        f"</a></sup></p>{_paragraphs('about', about_lines(citation))}</figcaption></figure>"
    )


def _note(number: int, citation: Citation, page: str | None) -> str:
    note = note_of(citation, page)
    told = [_exact(note.source)]
    if note.address:
        told.append(_link(note.address, _lands_on(citation, note.address)))
    told.append(_exact(note.place))
    if note.permalink:
        told.append(f"{IN_THE_ARTICLE} {_link(note.permalink, note.permalink)}")
    parts = " · ".join(f"<bdi>{part}</bdi>" for part in told)
    return (
        f'<li id="note-{number}">{parts} '
        f'<a class="back" href="#cited-{number}" aria-label="Back to the words of source {number}">'
        "↩</a></li>"
    )


def _lands_on(citation: Citation, address: str) -> str:
    """The address of the original; of an article with a text fragment. A brief's words do not
    stand in its original."""
    if citation.article.metadata.kind == "brief":
        return address
    return text_fragment(address, landing(citation).of(citation.article.text)) or address


def _link(shown: str, address: str) -> str:
    if web_address(address) is None:
        return _exact(shown)
    return (
        f'<a href="{_exact(address)}" target="_blank" rel="noopener noreferrer">{_exact(shown)}</a>'
    )


def _paragraphs(kind: str, lines: Iterable[str]) -> str:
    return "".join(f'<p class="{kind}">{_exact(line)}</p>' for line in lines)


def _exact(words: str) -> str:
    """Escaped; HTML has no NUL."""
    return escape(words).replace("\x00", "\u2400")
