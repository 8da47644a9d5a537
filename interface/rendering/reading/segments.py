"""A text in segments that are shown alike, cut here so that JavaScript never slices text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import PAGE_END, Article, Span, text_sha256
from interface.rendering.reading.speech import Speech
from interface.rendering.reading.wording import page_label


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive characters of the text that are shown alike.

    furniture: no quotable prose. marks: numbers, from 1, of the marks that it lies in, ascending.
    speaker: place in the legend of who says it, from 0. told: reported without quotation marks.
    opens: whether a quotation begins here. page: the label of the page that begins here.
    """

    text: str
    furniture: bool = False
    marks: tuple[int, ...] = ()
    speaker: int | None = None
    told: bool = False
    opens: bool = False
    page: str | None = None


def segments(
    article: Article, marks: Sequence[Span] = (), speeches: Sequence[Speech] = ()
) -> tuple[Segment, ...]:
    """The text in segments, together exactly that.

    marks: inside the text, in order; number 1 is the first. They may overlap.
    speeches: in order and disjoint.
    """
    text = article.text
    furniture = [item.span for item in article.furniture]
    spoken = [speech.span for speech in speeches]
    pages = _page_starts(text)
    edges = {0, len(text), *pages}
    edges.update(at for span in (*marks, *furniture, *spoken) for at in (span.start, span.end))
    cut = []
    for start, end in pairwise(sorted(edges)):
        said = _holding(spoken, start)
        speech = speeches[said] if said is not None else None
        cut.append(
            Segment(
                text=text[start:end],
                furniture=_holding(furniture, start) is not None,
                marks=tuple(
                    number for number, mark in enumerate(marks, 1) if mark.start <= start < mark.end
                ),
                speaker=speech.speaker if speech else None,
                told=speech.told if speech else False,
                opens=speech is not None and speech.opens and speech.span.start == start,
                page=page_label(pages[start]) if start in pages else None,
            )
        )
    if text_sha256("".join(segment.text for segment in cut)) != article.sha256:
        raise AssertionError(f"the segments of {article.article_id} are not its text")
    return tuple(cut)


def _holding(spans: Sequence[Span], at: int) -> int | None:
    """Which of these spans, in order and disjoint, holds the character."""
    position = bisect_right(spans, at, key=lambda span: span.start) - 1
    return position if position >= 0 and at < spans[position].end else None


def _page_starts(text: str) -> dict[int, int]:
    """Offset to number of each page that has words; none for a text without pages."""
    if PAGE_END not in text:
        return {}
    starts, at = {}, 0
    for number, page in enumerate(text.split(PAGE_END), 1):
        if page.strip():
            starts[at] = number
        at += len(page) + 1
    return starts
