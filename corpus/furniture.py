"""What a pasted news page says about itself: lines that are evidence and not prose.

Plain text carries its headline, its captions and its source line in the same stream as the
story. This module marks those spans and reads from them what they show: title, author, date,
publisher, address. It changes nothing and guesses nothing: a line that fits no pattern whole
is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.article import Furniture, FurnitureKind
from corpus.details.dates import parse_date
from corpus.span import Span, trimmed

# A headline is short, and a paragraph of news prose is hardly ever under 30 words and without
# a full stop.
_LONGEST_HEADLINE = 30
# Captions are repeated by the page, phrases by the writer: a refrain such as "Yes, we can." is
# shorter than this many characters.
_SHORTEST_CAPTION = 30
# Bylines and stamps stand above the story, source lines below it: within so many lines.
_NEAR = 5
# A line with a date and a sentence around it is prose.
_LONGEST_DATED_LINE = 100

_SENTENCE_ENDS = (".", "!", "?", ".”", ".’", '."', ".'")

_ADDRESS = re.compile(r"https?://\S+")
# A name, not the words of a witness: it starts with a capital, a digit or an address.
_SOURCE = re.compile(
    r"(?i:source|sources|via)\s*:\s*(?P<source>https?://\S+|[A-Z0-9]\S*(?:\s+\S+){0,7})"
)
# "By Monday Mr Smith had left" is no byline, and what follows a comma is a role or an outlet.
_BYLINE = re.compile(
    r"(?:[Bb]y|BY)\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April"
    r"|May|June|July|August|September|October|November|December)\b)"
    r"(?P<author>[A-Z][\w'’.-]+(?:\s+(?:and\s+|de\s+|van\s+|von\s+)?[A-Z][\w'’.-]+){1,5})"
    r"(?:\s*[,|]\s*[^\s.!?]+(?:\s+[^\s.!?]+){0,5})?"
)
# "Wed, 07/12/2017 - 20:01 -- siteadmin": a content-management system's stamp.
_CMS_STAMP = re.compile(
    r"(?:submitted\s+by\s+\S+\s+on\s+)?(?P<date>.*?\d{4}.{0,3}\s\d{1,2}:\d\d)(?:\s+--\s+\S+)?",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"(?P<label>published|first published|posted|updated|last updated|date)"
    r"(?:\s+on|\s+at)?\s*:?\s+(?P<date>\S.{3,60})",
    re.IGNORECASE,
)
# A line of its own above the day of a change.
_CHANGE = re.compile(r"(?:last |page )?(?:updated|modified|reviewed)(?: on)?:?", re.IGNORECASE)
# "LONDON, April 10 (Reuters) - ": an agency's dateline at the head of a paragraph.
_AGENCY_DATELINE = re.compile(
    r"[A-Z][A-Z .,'’/-]{2,40}(?:,\s*(?:[A-Z][a-z]+\.?\s+)?[A-Z][a-z]+\.?\s+\d{1,2})?\s*"
    r"\((?:Reuters|AP|AFP|PA|UPI|CNN|Bloomberg|Press Association)\)\s*(?:--|[-–—])\s*"
)
_NUMERIC_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_NUMERIC_STAMP = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.?,?\s+)?\d{1,2}/\d{1,2}/\d{4}[\s,–—-]+\d{1,2}:\d\d"
)
_ATX_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_SETEXT_UNDERLINE = re.compile(r"(?:=+|-{2,})")


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What the lines of a text show about it; None where they show nothing."""

    furniture: tuple[Furniture, ...]
    title: str | None = None
    author: str | None = None
    published: str | None = None
    published_evidence: str | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Sign:
    """What one line is, and what it shows. prefix: only so many characters of it are furniture."""

    kind: FurnitureKind
    author: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    prefix: int | None = None


def read_page(text: str, title: str | None = None, *, markdown: bool = False) -> PageEvidence:
    """Mark the furniture of `text` and read what it shows.

    title: the title if the file states one; a first line that only repeats it is a headline.
    markdown: heading lines are furniture, and one on the first line is the title.
    Furniture comes in order and does not overlap.
    """
    lines = tuple(_lines(text))
    headings = _headings(text, lines) if markdown else {}
    marked: dict[Span, FurnitureKind] = dict.fromkeys(headings, "heading")
    marked |= dict.fromkeys(_captions(text, lines), "caption")
    headline = _headline(text, lines, marked, title)
    if headline is not None:
        marked[headline] = "headline"
    shown_title = headline.of(text) if headline else headings.get(lines[0]) if lines else None
    plain = [line for line in lines if line not in marked]
    signs = []
    for position, line in enumerate(plain):
        near = "top" if position < _NEAR else "bottom" if position >= len(plain) - _NEAR else None
        sign = _sign(line.of(text), near)
        if sign is not None and position and _CHANGE.fullmatch(plain[position - 1].of(text)):
            sign = replace(sign, published=None)
        if sign is not None:
            signs.append((sign, line.of(text)))
            marked[_marked_part(text, line, sign)] = sign.kind
    published, evidence = _publication_date(signs)
    return PageEvidence(
        furniture=tuple(sorted(Furniture(span, kind) for span, kind in marked.items())),
        title=title or shown_title,
        author=_first(sign.author for sign, _ in signs),
        published=published,
        published_evidence=evidence,
        publisher=_first(sign.publisher for sign, _ in signs),
        url=_first(sign.url for sign, _ in signs),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _sign(words: str, near: str | None) -> _Sign | None:
    """What a line is. Below the headline and above the end it may state facts about the page;
    elsewhere in the text the same line is about something else, but still no prose."""
    if _ADDRESS.fullmatch(words):
        return _Sign("address", url=words if near else None)
    if found := _SOURCE.fullmatch(words):
        source = found["source"].strip().rstrip(".")
        if not near:
            return _Sign("source line")
        is_address = _ADDRESS.fullmatch(source) is not None
        return _Sign(
            "source line",
            publisher=None if is_address else source,
            url=source if is_address else None,
        )
    if near == "top" and (found := _BYLINE.fullmatch(words)):
        return _Sign("byline", author=found["author"])
    if near == "top" and (dated := _dated_line(words)):
        return dated
    if (found := _AGENCY_DATELINE.match(words)) and found.end() < len(words):
        return _Sign("dateline", prefix=found.end())
    return None


def _marked_part(text: str, line: Span, sign: _Sign) -> Span:
    if sign.prefix is None:
        return line
    return trimmed(text, line.start, line.start + sign.prefix) or line


def _publication_date(signs: Sequence[tuple[_Sign, str]]) -> tuple[str | None, str | None]:
    """The date and what it rests on: a line that states it, else a system's stamp."""
    for kind, name in (("dateline", "dateline"), ("stamp", "posted")):
        for sign, words in signs:
            if sign.kind == kind and sign.published:
                return sign.published, f"{name}: {words}"
    return None, None


def _lines(text: str) -> Iterator[Span]:
    """The lines that hold anything, without white space at their ends."""
    start = 0
    for line in text.split("\n"):
        if span := trimmed(text, start, start + len(line)):
            yield span
        start += len(line) + 1


def _headings(text: str, lines: Sequence[Span]) -> dict[Span, str | None]:
    """Markdown heading lines with their titles; an underline belongs to the heading above it."""
    found: dict[Span, str | None] = {}
    for position, line in enumerate(lines):
        words = line.of(text)
        if _ATX_HEADING.match(words):
            found[line] = _atx_title(words)
        elif _SETEXT_UNDERLINE.fullmatch(words):
            above = lines[position - 1] if position else None
            if (
                above is not None
                and not above.of(text).endswith(".")
                and text.count("\n", above.end, line.start) == 1
            ):
                found[above] = above.of(text)
            found[line] = None
    return found


def _atx_title(words: str) -> str | None:
    """The words of `# …` or `# … #`; a # that ends a word, as in C#, belongs to it."""
    title = words.lstrip("#").strip()
    unclosed = title.rstrip("#")
    closed = not unclosed or unclosed[-1].isspace()
    return (unclosed.rstrip() if closed else title) or None


def _captions(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Lines that the page repeats: glued to themselves, or again on the next line.

    Every copy of a caption is furniture; of a whole sentence that was pasted twice the first
    copy stays prose. A line that comes back further away is left alone: it may be a refrain, or
    the one place where a sentence stands.
    """
    units = {
        words[: len(words) // 2]
        for words in (line.of(text) for line in lines)
        if len(words) >= 2 * _SHORTEST_CAPTION and words[: len(words) // 2] * 2 == words
    }
    repeated = {
        following
        for line, following in pairwise(lines)
        if len(line.of(text)) >= _SHORTEST_CAPTION and line.of(text) == following.of(text)
    }
    units |= {line.of(text) for line in repeated if not line.of(text).endswith(_SENTENCE_ENDS)}
    for line in lines:
        words = line.of(text)
        half = words[: len(words) // 2]
        if line in repeated or words in units or (half in units and half * 2 == words):
            yield line


def _headline(
    text: str,
    lines: Sequence[Span],
    marked: dict[Span, FurnitureKind],
    title: str | None,
) -> Span | None:
    """The first line, where it is a headline: the stated title again, or, if none is stated, a
    short line without a full stop that stands apart from the story below it."""
    if len(lines) < 2 or lines[0] in marked:
        return None
    first, second = lines[0], lines[1]
    words = first.of(text)
    if title is not None:
        return first if _folded(words) == _folded(title) else None
    if any(sign.fullmatch(words) for sign in (_ADDRESS, _SOURCE, _BYLINE)) or _dated_line(words):
        return None
    apart = text.count("\n", first.end, second.start) > 1 or second in marked
    ends_like_prose = words.rstrip("'\"’”)").endswith((".", ":", ";", ",")) or words.endswith("…")
    short = len(words.split()) <= _LONGEST_HEADLINE
    return first if apart and short and not ends_like_prose else None


def _dated_line(words: str) -> _Sign | None:
    """A line that holds nothing but a date; without `published` where that is not one of
    publication or can be read two ways."""
    if len(words) > _LONGEST_DATED_LINE:
        return None
    if found := _DATE_LABEL.fullmatch(words):
        day = parse_date(_without_clock_words(found["date"]))
        updated = "updated" in found["label"].lower()
        if day or _NUMERIC_DATE.match(found["date"]):
            return _Sign("dateline", published=None if updated else day)
        return None
    if found := _CMS_STAMP.fullmatch(words):
        stamp = found["date"].strip()
        day = parse_date(stamp)
        return _Sign("stamp", published=day) if day or _NUMERIC_STAMP.fullmatch(stamp) else None
    day = parse_date(words)
    # A line that holds only "2018" or "20180410" is a number as likely as a date.
    is_date = (day and not words.isdigit()) or _NUMERIC_DATE.fullmatch(words)
    return _Sign("dateline", published=day) if is_date else None


def _without_clock_words(written: str) -> str:
    return re.sub(r"\s+(?:BST|GMT|UTC|EDT|EST)$", "", written.strip(), flags=re.IGNORECASE)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).strip("'\"‘’“”")
