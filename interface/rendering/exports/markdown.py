"""A conversation as Markdown with footnotes. Every datum is escaped here, once, so that a renderer
of CommonMark gives back its words and makes nothing else of them."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from interface.rendering.exports.citation import one_line
from interface.rendering.exports.exchange import Exchange
from interface.rendering.exports.lines import (
    IN_BOLD,
    IN_THE_ARTICLE,
    NAME,
    Run,
    about_lines,
    asked_lines,
    found_line,
    note_of,
    runs_of,
    scope_lines,
    source_line_of,
)
from interface.rendering.terminal import visible
from interface.rendering.wording import LIMITS, web_address
from retrieval import Citation

# What CommonMark or a common extension of it takes for markup anywhere in a line. An "&" only where
# it may begin an entity; a colon and a full stop only where bare addresses become links.
_MARKUP = re.compile(r"[\\`*_\[\]<>~|$^{}#@=]|&(?=[#\w]|$)|:(?=//)|(?<=www)\.", re.IGNORECASE)
# What begins a list, a definition or the line under a heading, at the start of a line.
_START = re.compile(r"^(\d+(?=[.)])|(?=[-+:]))")
# What cannot stand in an address between < and >; and there some renderers read "&copy;".
_NOT_IN_ADDRESS = re.compile(r"[^\w\-.~:/?#\[\]@!$&()*+,;=%']")
_ENTITY = re.compile(r"(&#?\w+);")
_HARD_BREAK = "\\\n"


def conversation_markdown(exchanges: Sequence[Exchange], page: str | None) -> str:
    """The questions in order, each with its passages as block quotations and their footnotes,
    which are numbered through all of them.

    page: the address of the running page, to which permalinks lead; without it there are none.
    """
    parts = [f"# {NAME}", f"{LIMITS} {IN_BOLD}"]
    notes: list[str] = []
    for exchange in exchanges:
        answer = exchange.answer
        parts.append(f"## {_escaped(one_line(answer.question))}")
        parts.append(_lines([found_line(answer), *asked_lines(exchange)]))
        for citation in answer.citations:
            number = len(notes) + 1
            parts.append(_quotation(runs_of(citation)))
            below = [f"{_escaped(source_line_of(citation))}[^{number}]"]
            below += [_escaped(line) for line in about_lines(citation)]
            parts.append(_HARD_BREAK.join(below))
            notes.append(f"[^{number}]: {_note(citation, page)}")
        parts.append(_lines(scope_lines(answer)))
    return "\n\n".join([*parts, *notes]) + "\n"


def _lines(lines: Sequence[str]) -> str:
    return _HARD_BREAK.join(_START.sub(r"\1\\", _escaped(line)) for line in lines)


def _note(citation: Citation, page: str | None) -> str:
    """On one line, as not every renderer of footnotes takes more. It begins with two fixed words,
    or it could be the definition of a link where footnotes are not known."""
    note = note_of(citation, page)
    told = [_escaped(note.source)]
    if note.address:
        told.append(_address(note.address))
    told.append(_escaped(note.place))
    if note.permalink:
        told.append(f"{IN_THE_ARTICLE} {_address(note.permalink)}")
    return " · ".join(told)


def _address(url: str) -> str:
    """A link whose text is the address itself; an address that is not on the web as text."""
    if web_address(url) is None:
        return _escaped(url)
    safe = _NOT_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url)
    safe = _ENTITY.sub(r"\1%3B", safe)
    return f"<{safe}>"


def _quotation(runs: Sequence[Run]) -> str:
    """A block quotation: its line breaks are kept, and lines without words part paragraphs."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1].append(Run(first, run.marked))
        lines += [[Run(line, run.marked)] for line in more]
    quoted = [_quoted_line(line) for line in lines]
    return "\n".join(
        (f"> {line}\\" if after else f"> {line}") if line else ">"
        for line, after in zip(quoted, [*quoted[1:], ""], strict=True)
    )


def _quoted_line(runs: Sequence[Run]) -> str:
    """A line of a passage, its marked runs bold; nothing where it has no words. A run that cannot
    be bold stays plain: its words would come with asterisks."""
    line = _printable("".join(run.text for run in runs))
    if not line.strip():
        return ""
    at, parts = 0, []
    for run in runs:
        start, end = at, at + len(run.text)
        at = end
        words = line[start:end].strip()
        if run.marked and words:
            first = line.index(words, start)
            last = first + len(words)
            if _may_turn(line, first, first - 1) and _may_turn(line, last - 1, last):
                bold = f"**{_kept(line, first, last)}**"
                parts += [_kept(line, start, first), bold, _kept(line, last, end)]
                continue
        parts.append(_kept(line, start, end))
    return _START.sub(r"\1\\", "".join(parts))


def _may_turn(line: str, inside: int, outside: int) -> bool:
    """Whether asterisks between these two characters of a line can begin or end bold words, in any
    version of CommonMark: they can unless they part punctuation inside from a letter outside."""
    if not 0 <= outside < len(line):
        return True
    other = line[outside]
    category = unicodedata.category(other)
    if category == "Zs" or category[0] == "P" or other in f"{string.punctuation}\t\f":
        return True
    return unicodedata.category(line[inside])[0] in "LN"


def _kept(line: str, start: int, end: int) -> str:
    """`line[start:end]`, escaped; white space that begins or ends a line would be dropped, and
    stands as a numeric character reference."""
    head = tail = ""
    if start == 0 < end and _is_dropped(line[0]):
        head, start = f"&#{ord(line[0])};", 1
    if start < end == len(line) and _is_dropped(line[-1]):
        tail, end = f"&#{ord(line[-1])};", end - 1
    return head + _escaped(line[start:end]) + tail


def _is_dropped(character: str) -> bool:
    return character.isspace() or character == "\ufeff"


def _escaped(words: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", _printable(words)).replace("\f", "&#12;")


def _printable(words: str) -> str:
    """Control characters made visible, character by character, but for tab, newline and the form
    feed that ends a page."""
    return "\f".join(visible(page) for page in words.split("\f"))
