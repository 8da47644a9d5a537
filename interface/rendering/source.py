"""An article as segments for the source panel, cut here so that JavaScript never slices text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus import Article, Span, text_sha256
from index import SearchIndex
from interface.rendering.wording import (
    about_line,
    brief_line,
    pages_in_words,
    source_line,
    title_of,
    version_note,
    web_address,
)
from retrieval import version_of

SegmentKind = Literal["prose", "furniture", "cited"]


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive characters of the text that are shown alike."""

    text: str
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class SourceView:
    """A whole article with one passage marked.

    segments: together exactly the text, in order.
    page: where the passage stands, as `p. 3`; None for a text without pages.
    note: what the reader should know about this version, None for the current one.
    brief, about: for a brief, the words before and after the link to its original.
    links: (words, address) to the original.
    """

    title: str
    source: str
    brief: str | None
    about: str
    page: str | None
    note: str | None
    links: tuple[tuple[str, str], ...]
    segments: tuple[Segment, ...]


def view_source(
    index: SearchIndex, article_id: str, sha256: str, start: int, end: int
) -> SourceView | None:
    """The article version `sha256` with the characters from start to end marked.

    None where this index does not hold that version or the place does not exist. Raises
    IndexDamaged where the stored text is not sound.
    """
    text = index.texts.get(sha256)
    if text is None or not 0 <= start < end <= len(text):
        return None
    entry = index.catalogue.entry(article_id)
    if entry is not None and entry.sha256 == sha256:
        article, note = index.article(article_id), None
    else:
        # An earlier version is shown with the source that it had then.
        version = version_of(article_id, sha256, index, index.history())
        if version is None:
            return None
        article = Article(article_id, text, version.sources[-1])
        note = version_note(version)
    metadata = article.metadata
    original = metadata.original if metadata.kind == "brief" else None
    url = web_address(original.url if original else metadata.url)
    words = (original.title if original else None) or "Open the original"
    return SourceView(
        title=title_of(article),
        source=source_line(metadata),
        brief=brief_line(metadata),
        about=about_line(metadata) if metadata.kind == "brief" else "",
        page=pages_in_words(article, Span(start, end)) or None,
        note=note,
        links=((words, url),) if url else (),
        segments=tuple(segments(article, Span(start, end))),
    )


def segments(article: Article, cited: Span) -> list[Segment]:
    """The text in segments. The cited span is one; furniture outside it is shown muted."""
    cut: list[Segment] = []
    at = 0
    marked = sorted(
        [(cited, "cited")]
        + [(item.span, "furniture") for item in article.furniture if not item.span.overlaps(cited)]
    )
    for span, kind in marked:
        if at < span.start:
            cut.append(Segment(article.text[at : span.start], "prose"))
        cut.append(Segment(span.of(article.text), "cited" if kind == "cited" else "furniture"))
        at = span.end
    if at < len(article.text):
        cut.append(Segment(article.text[at:], "prose"))
    if text_sha256("".join(segment.text for segment in cut)) != article.sha256:
        raise AssertionError(f"the segments of {article.article_id} are not its text")
    return cut
