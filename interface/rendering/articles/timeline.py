"""How many articles are from when: a bar for each year or month, and the same as a list.

SVG that Python draws. Places are per cent of the width, so that text keeps its size in every
window; colours are the page's (static/articles.css).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from interface.rendering.articles.wording import bar_line, plot_name, undated_line
from interface.rendering.wording import date_in_words
from retrieval import ByTime

# Heights in pixels: of the tallest bar, of the figures above the bars, and of the axis below.
_TALLEST, _ABOVE, _AXIS = 96, 26, 24
# Bars are no wider than this share of the width, per cent, so that two years are no two walls; the
# part of its place that a bar fills; and the least that can be seen, per cent and pixels.
_WIDEST, _FILLED, _NARROWEST, _LOWEST = 12.5, 0.72, 0.25, 2
# Bars whose figures fit above them on a phone; of more only the tallest has its figure.
_MOST_FIGURES = 10
# Words below the bars that fit on a phone.
_MOST_YEARS, _MOST_MONTHS = 6, 4
# Nearer to an edge, per cent, a year or a month in the middle of its place would leave a phone.
_YEARS_EDGE, _MONTHS_EDGE = 4, 10


@dataclass(frozen=True, slots=True)
class Bar:
    """when: a year or a month, ISO 8601. articles: at least one.
    start, width: per cent of the width. height: pixels."""

    when: str
    articles: int
    start: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.start + self.width / 2


def bars_of(by_time: ByTime) -> tuple[Bar, ...]:
    """What is drawn: in order, with room for the years or months between that have no article."""
    if not by_time.counts:
        return ()
    first, last = (_number(when) for when in (by_time.counts[0][0], by_time.counts[-1][0]))
    place = min(_WIDEST, 100 / (last - first + 1))
    most = max(articles for _, articles in by_time.counts)
    width = max(_NARROWEST, place * _FILLED)
    return tuple(
        Bar(
            when=when,
            articles=articles,
            start=(_number(when) - first) * place + (place - width) / 2,
            width=width,
            height=max(_LOWEST, _TALLEST * articles / most),
        )
        for when, articles in by_time.counts
    )


def timeline_html(by_time: ByTime) -> str:
    """The plot with its caption and its figures; nothing where there is nothing to draw."""
    bars = bars_of(by_time)
    if not bars:
        return ""
    name = plot_name(by_time)
    ground = _ABOVE + _TALLEST
    drawn = "".join(_bar(bar, ground) for bar in bars)
    words = "".join(_figures(bars, ground)) + "".join(_axis(bars, ground))
    told = escape("; ".join(bar_line(bar.when, bar.articles) for bar in bars))
    undated = undated_line(by_time)
    legend = f'<p class="legend">{escape(undated)}.</p>' if undated else ""
    return (
        f'<figure class="over-time"><figcaption>{name}</figcaption>'
        f'<svg role="img" aria-label="{name}" width="100%" height="{ground + _AXIS}">'
        f"<title>{name}</title><desc>{told}</desc>{drawn}"
        f'<line class="ground" x1="0" x2="100%" y1="{ground}" y2="{ground}"></line>{words}</svg>'
        f"{legend}{_list(by_time)}</figure>"
    )


def _number(when: str) -> int:
    """Years, or months, since the beginning of our count."""
    year, _, month = when.partition("-")
    return 12 * int(year) + int(month) - 1 if month else int(year)


def _bar(bar: Bar, ground: int) -> str:
    return (
        f'<rect class="bar" x="{bar.start:.2f}%" y="{ground - bar.height:.1f}" '
        f'width="{bar.width:.2f}%" height="{bar.height:.1f}">'
        f"<title>{escape(bar_line(bar.when, bar.articles))}</title></rect>"
    )


def _figures(bars: tuple[Bar, ...], ground: int) -> Iterator[str]:
    shown = bars if len(bars) <= _MOST_FIGURES else [max(bars, key=lambda bar: bar.articles)]
    for bar in shown:
        yield _text("figure", bar.middle, ground - bar.height - 6, f"{bar.articles:,}")


def _axis(bars: tuple[Bar, ...], ground: int) -> Iterator[str]:
    """Years or months below their places, as many as have room, the first among them."""
    first, last = _number(bars[0].when), _number(bars[-1].when)
    is_by_month = "-" in bars[0].when
    most, edge = (_MOST_MONTHS, _MONTHS_EDGE) if is_by_month else (_MOST_YEARS, _YEARS_EDGE)
    step = -(-(last - first + 1) // most)
    place = min(_WIDEST, 100 / (last - first + 1))
    for number in range(first, last + 1, step):
        words = _month(number) if is_by_month else date_in_words(f"{number:04}")
        yield _text("tick", (number - first + 0.5) * place, ground + 17, words, edge)


def _month(number: int) -> str:
    """`Apr 2018`: a full name has no room."""
    return f"{calendar.month_abbr[number % 12 + 1]} {number // 12:04}"


def _text(kind: str, at: float, y: float, words: str, edge: float = 0) -> str:
    """Words with their middle at a place, or within the edge that is as near as that."""
    anchor, x = "middle", at
    if at < edge:
        anchor, x = "start", 0.0
    elif at > 100 - edge:
        anchor, x = "end", 100.0
    return f'<text class="{kind}" x="{x:.2f}%" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def _list(by_time: ByTime) -> str:
    """The same in words, for whoever cannot point at a bar."""
    items = "".join(
        f"<li>{escape(bar_line(when, articles))}</li>" for when, articles in by_time.counts
    )
    return f'<details class="figures"><summary>The figures</summary><ol>{items}</ol></details>'
