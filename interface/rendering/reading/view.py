"""An article as the reader panel shows it: whole, with what is cited marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Article, Span
from index import SearchIndex
from interface.rendering.fragments import text_fragment
from interface.rendering.reading.segments import Segment, segments
from interface.rendering.reading.speech import SpeakerShown, heard
from interface.rendering.reading.versions import VersionShown, held_version, listed_versions
from interface.rendering.reading.wording import OPEN_ORIGINAL
from interface.rendering.wording import (
    about_line,
    brief_line,
    original_title,
    pages_in_words,
    permalink,
    source_line,
    title_of,
    web_address,
)


@dataclass(frozen=True, slots=True)
class OriginalShown:
    """Where the article was published. address: on the web; None where none is known."""

    words: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that are cited.

    address: their permalink. page: where they stand, as `p. 3`; None for a text without pages.
    original: the address of the original that lands on the words, as far as a browser can find
        them there; for a brief, whose words do not stand there, just that of the original.
    """

    address: str
    page: str | None
    original: str | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A whole article for reading.

    brief, about: for a brief, the words before and after what it is about.
    original: None for an article that has no address; a brief always has one.
    note: what the reader should know about this version, None for the current one.
    marks: in the order of the text. cited: number, from 1, of the one that was asked for; None
        where the article itself was.
    versions: newest first, this one among them.
    speakers: in the order in which they first speak; none for a version that is not current.
    segments: together exactly the text, in order.
    """

    title: str
    source: str
    brief: str | None
    about: str
    original: OriginalShown | None
    note: str | None
    marks: tuple[Mark, ...]
    cited: int | None
    versions: tuple[VersionShown, ...]
    speakers: tuple[SpeakerShown, ...]
    segments: tuple[Segment, ...]


def view_source(
    index: SearchIndex,
    article_id: str,
    sha256: str,
    start: int,
    end: int,
    also: Iterable[tuple[int, int]] = (),
) -> SourceView | None:
    """The article version `sha256` with the characters from start to end marked, and those of the
    places `also` that exist in it.

    None where this index does not hold that version or the place does not exist. Raises
    IndexDamaged where the stored text is not sound.
    """
    if not 0 <= start < end:
        return None
    return _view(index, article_id, sha256, Span(start, end), also)


def view_article(
    index: SearchIndex, article_id: str, sha256: str | None = None
) -> SourceView | None:
    """An article with nothing marked; without a hash the current version, and of one that was
    removed the last. None and IndexDamaged as `view_source`."""
    return _view(index, article_id, sha256, None, ())


def _view(
    index: SearchIndex,
    article_id: str,
    sha256: str | None,
    cited: Span | None,
    also: Iterable[tuple[int, int]],
) -> SourceView | None:
    held = held_version(index, article_id, sha256)
    if held is None:
        return None
    article = held.article
    metadata = article.metadata
    length = len(article.text)
    if cited is not None and cited.end > length:
        return None
    marked = {Span(start, end) for start, end in also if 0 <= start < end <= length}
    marks = sorted(marked | ({cited} if cited is not None else set()))
    # What was said is found in the current versions only.
    quotations = index.catalogue.quotations(article_id) if held.is_current else ()
    speakers, speeches = heard(quotations, in_brief=metadata.kind == "brief")
    original = _original(article)
    return SourceView(
        title=title_of(article),
        source=source_line(metadata),
        brief=brief_line(metadata),
        about=about_line(metadata) if metadata.kind == "brief" else "",
        original=original,
        note=held.note,
        marks=tuple(_mark(article, span, original) for span in marks),
        cited=marks.index(cited) + 1 if cited is not None else None,
        versions=listed_versions(index, article),
        speakers=speakers,
        segments=segments(article, marks, speeches),
    )


def _original(article: Article) -> OriginalShown | None:
    metadata = article.metadata
    if metadata.kind == "brief":
        url = metadata.original.url if metadata.original else None
        return OriginalShown(original_title(metadata), web_address(url))
    address = web_address(metadata.url)
    return OriginalShown(OPEN_ORIGINAL, address) if address else None


def _mark(article: Article, span: Span, original: OriginalShown | None) -> Mark:
    address = original.address if original else None
    if address is not None and article.metadata.kind != "brief":
        address = text_fragment(address, span.of(article.text))
    return Mark(permalink(article, span), pages_in_words(article, span) or None, address)
