"""The people who speak in the collection as HTML. Every datum is escaped here, once."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from interface.rendering.voices.wording import (
    SPEAKER_COLUMNS,
    SPEAKERS_CAPTION,
    TO_FILTER,
    described,
    fewer_texts,
    more_speakers,
    speakers_summary,
    unresolved_line,
)
from interface.rendering.wording import counted, date_in_words, dates_between
from retrieval import KnownSpeaker, Speakers


def speakers_html(speakers: Speakers) -> str:
    """How many there are, a table of them, and whose words have no place in it."""
    verdict = f'<p class="verdict">{escape(speakers_summary(speakers))}</p>'
    unresolved = unresolved_line(speakers.unresolved)
    scope = f'<p class="scope">{escape(unresolved)}</p>' if unresolved else ""
    if not speakers.people:
        return f'<div class="answer none">{verdict}{scope}</div>'
    more = f'<p class="scope">{more}</p>' if (more := more_speakers(speakers)) else ""
    head = "".join(
        f'<th class="{kind}" scope="col" role="columnheader">{words}</th>'
        for kind, words in SPEAKER_COLUMNS
    )
    rows = "".join(_row(known) for known in speakers.people)
    return (
        f'<div class="answer listing">{verdict}{more}<p class="scope">{TO_FILTER}</p>'
        f'<table class="speakers" role="table"><caption class="hidden">{SPEAKERS_CAPTION}'
        f'</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>{scope}</div>'
    )


def _row(known: KnownSpeaker) -> str:
    name = known.person.title
    link = escape(f"#ask?speaker={quote(name, safe='')}")
    told = described(known.person)
    about = f'<span class="about">{escape(told)}</span>' if told else ""
    texts = fewer_texts(known)
    distinct = f' <span class="note">{texts}</span>' if texts else ""
    dates = dates_between(known.first, known.last) or date_in_words(None)
    return (
        '<tr role="row"><th class="name" scope="row" role="rowheader">'
        f'<a class="cite" href="{link}"><span class="hidden">Filter by speaker: </span>'
        f"{escape(name)}</a>{about}</th>"
        f"{_count(known.quotations, 'quotation')}{_count(known.articles, 'article', distinct)}"
        f'<td class="date" role="cell">{escape(dates)}</td></tr>'
    )


def _count(number: int, noun: str, more: str = "") -> str:
    """A number, with its noun for where no head of a column stands above it."""
    unit = counted(number, noun).partition(" ")[2]
    return (
        f'<td class="count" role="cell">{number:,}'
        f'<span class="unit" aria-hidden="true"> {unit}</span>{more}</td>'
    )
