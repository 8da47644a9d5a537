"""Who spoke when, as one plot: a row for each speaker, a mark for each date of an article.

SVG that Python draws. Places are per cent of the width, so that text keeps its size in every
window; colours are the page's (static/voices.css).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from corpus import interval
from interface.rendering.voices.wording import dates_of
from interface.rendering.wording import counted, date_in_words
from retrieval import Voice, Voices

# Speakers that are drawn: half a window, so that their words are not far below.
_MOST_ROWS = 12
# Heights in pixels: of a row, which has a name above its line, and of the axis below.
_ROW, _AXIS = 34, 26
# Per cent of the width: marks keep away from the edges, and a bar stays visible.
_EDGE, _NARROWEST = 2.0, 2.0
# Letters of a name that fit a phone.
_LONGEST_NAME = 44
_MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """date: ISO 8601. utterances: of one speaker in articles of that date.
    start, end: the days that it can mean, per cent of the width."""

    date: str
    utterances: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """rows: the speakers with their marks, in the order shown.
    years: where the first day of a year lies, per cent of the width.
    first, last: the days between which all lies, in words.
    """

    rows: tuple[tuple[str, tuple[Mark, ...]], ...]
    years: tuple[tuple[str, float], ...]
    first: str
    last: str
    notes: tuple[str, ...]


def timeline_of(voices: Voices) -> Timeline | None:
    """What is drawn; None where no article of a certain speaker has a date."""
    people = [voice for voice in voices.voices if voice.person is not None]
    drawn = [(voice, dates) for voice in people if (dates := dates_of(voice))]
    if not drawn:
        return None
    undated = len(people) - len(drawn)
    rows = drawn[:_MOST_ROWS]
    known = [interval(each) for _, dates in rows for each in dates]
    first = date.fromisoformat(min(start for start, _ in known))
    last = date.fromisoformat(max(end for _, end in known))
    scale = _Scale(first.toordinal(), last.toordinal() + 1)
    notes = []
    if len(drawn) > len(rows):
        notes.append(f"{counted(len(drawn) - len(rows), 'more speaker')} below")
    if undated:
        notes.append(f"{counted(undated, 'speaker')} only in articles without a date")
    if any(voice.person is None for voice in voices.voices):
        notes.append("speakers who are not certain")
    return Timeline(
        rows=tuple((_name(voice), tuple(_marks(dates, scale))) for voice, dates in rows),
        years=tuple(_years(first, last, scale)),
        first=date_in_words(min(known)[0]),
        last=date_in_words(max(end for _, end in known)),
        notes=tuple(notes),
    )


def timeline_html(voices: Voices) -> str:
    """The plot with its caption; nothing where there is nothing to draw."""
    plot = timeline_of(voices)
    if plot is None:
        return ""
    height = _ROW * len(plot.rows) + _AXIS
    rows = "".join(
        _row(number, name, marks, plot) for number, (name, marks) in enumerate(plot.rows)
    )
    told = escape(
        f"{counted(len(plot.rows), 'speaker')}, {plot.first} to {plot.last}. The same dates stand "
        "beside the words below."
    )
    return (
        '<figure class="timeline">'
        "<figcaption>Who spoke when, by the dates of the articles</figcaption>"
        f'<svg width="100%" height="{height}"><title>Who spoke when</title><desc>{told}</desc>'
        f"{rows}{_axis(plot, height)}</svg>"
        f'<p class="legend">{escape(_legend(plot))}</p></figure>'
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to per cent of the width. first, end: ordinals of days, end exclusive."""

    first: int
    end: int

    def at(self, day: int) -> float:
        return _EDGE + (100 - 2 * _EDGE) * (day - self.first) / (self.end - self.first)


def _name(voice: Voice) -> str:
    title = voice.person.title if voice.person else ""
    return title if len(title) <= _LONGEST_NAME else f"{title[: _LONGEST_NAME - 1].rstrip()}…"


def _marks(dates: Sequence[str], scale: _Scale) -> Iterator[Mark]:
    for each, count in sorted(Counter(dates).items()):
        first, last = (date.fromisoformat(day).toordinal() for day in interval(each))
        yield Mark(each, count, scale.at(first), scale.at(last + 1))


def _years(first: date, last: date, scale: _Scale) -> Iterator[tuple[str, float]]:
    years = range(first.year + 1, last.year + 1)
    step = -(-len(years) // _MOST_YEARS) or 1
    for year in years[::step]:
        yield str(year), scale.at(date(year, 1, 1).toordinal())


def _row(number: int, name: str, marks: Iterable[Mark], plot: Timeline) -> str:
    top = number * _ROW
    line = top + 24
    drawn = "".join(_mark(name, mark, line) for mark in marks)
    years = "".join(
        f'<line class="year" x1="{at:.2f}%" x2="{at:.2f}%" y1="{line - 5}" y2="{line + 5}"></line>'
        for _, at in plot.years
    )
    return (
        f'<g><text class="name" x="0" y="{top + 14}">{escape(name)}</text>'
        f'<line class="track" x1="0" x2="100%" y1="{line}" y2="{line}"></line>{years}{drawn}</g>'
    )


def _mark(name: str, mark: Mark, line: int) -> str:
    told = f"{name}, {date_in_words(mark.date)}: {counted(mark.utterances, 'utterance')}"
    title = f"<title>{escape(told)}</title>"
    if len(mark.date) == len("2018-04-10"):
        middle = (mark.start + mark.end) / 2
        return f'<circle class="mark" cx="{middle:.2f}%" cy="{line}" r="5">{title}</circle>'
    width = max(mark.end - mark.start, _NARROWEST)
    start = (mark.start + mark.end - width) / 2
    return (
        f'<rect class="mark" x="{start:.2f}%" y="{line - 4}" width="{width:.2f}%" height="8" '
        f'rx="2">{title}</rect>'
    )


def _axis(plot: Timeline, height: int) -> str:
    """The first and the last day at the edges, and between them the years that have room."""
    y = height - 8
    shown = [
        f'<text class="tick" x="{at:.2f}%" y="{y}" text-anchor="middle">{year}</text>'
        for year, at in plot.years
        if 30 < at < 70
    ]
    edges = (
        f'<text class="tick" x="0" y="{y}">{plot.first}</text>'
        f'<text class="tick" x="100%" y="{y}" text-anchor="end">{plot.last}</text>'
    )
    return edges + "".join(shown)


def _legend(plot: Timeline) -> str:
    marks = [mark for _, row in plot.rows for mark in row]
    shapes = []
    if any(len(mark.date) == len("2018-04-10") for mark in marks):
        shapes.append("A dot is a day")
    if any(len(mark.date) < len("2018-04-10") for mark in marks):
        shapes.append("a bar is a month or a year, where no more is known")
    legend = ", ".join(shapes)
    left_out = f" Not drawn: {'; '.join(plot.notes)}." if plot.notes else ""
    return f"{legend[:1].upper()}{legend[1:]}.{left_out}"
