"""The passages before and after a place in an article, as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from corpus import Article, Quotation, Span, passages_of
from index import SearchIndex
from interface.rendering.html import quoted_html
from interface.rendering.reading.versions import held_version
from interface.rendering.reading.wording import IN_THE_ARTICLE, PASSAGE_AFTER, PASSAGE_BEFORE
from interface.rendering.wording import pages_in_words, permalink, title_of


@dataclass(frozen=True, slots=True)
class Neighbours:
    """HTML of what stands before and after; None at the beginning and the end of the article."""

    before: str | None
    after: str | None


def neighbours_html(
    index: SearchIndex, article_id: str, sha256: str, start: int, end: int
) -> Neighbours | None:
    """What stands around the characters from start to end; None and IndexDamaged as
    `view_source`. Every datum is escaped here, once."""
    held = held_version(index, article_id, sha256)
    if held is None or not 0 <= start < end <= len(held.article.text):
        return None
    before, after = spans_around(held.article, Span(start, end))
    quotations = index.catalogue.quotations(article_id) if held.is_current else ()
    return Neighbours(
        before=_passage(held.article, before, quotations, PASSAGE_BEFORE) if before else None,
        after=_passage(held.article, after, quotations, PASSAGE_AFTER) if after else None,
    )


def spans_around(article: Article, place: Span) -> tuple[Span | None, Span | None]:
    """The passage that ends before a place and the one that begins behind it. Of a passage that
    the place lies in, what is left on that side, so that nothing between is left out."""
    before = after = None
    for passage in passages_of(article):
        earlier = [sentence for sentence in passage.sentences if sentence.end <= place.start]
        later = [sentence for sentence in passage.sentences if sentence.start >= place.end]
        if earlier:
            before = Span(earlier[0].start, earlier[-1].end)
        if later:
            after = Span(later[0].start, later[-1].end)
            break
    return before, after


def _passage(article: Article, span: Span, quotations: tuple[Quotation, ...], where: str) -> str:
    page = pages_in_words(article, span)
    return (
        f'<blockquote class="passage">{quoted_html(article, span, (), quotations)}</blockquote>'
        f'<p class="source"><a class="cite" href="{escape(permalink(article, span))}">'
        f"{IN_THE_ARTICLE}{', ' + page if page else ''}"
        f'<span class="hidden"> {escape(title_of(article))}, {where}</span></a></p>'
    )
