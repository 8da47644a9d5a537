"""Voices as HTML for the chat. Every datum is escaped here, once, and nowhere before."""

from __future__ import annotations

from html import escape

from corpus import Article, Span
from interface.rendering.html import original_html, quoted_html
from interface.rendering.voices.timeline import timeline_html
from interface.rendering.voices.wording import (
    REPORTED,
    UNRESOLVED,
    UNRESOLVED_LIMITS,
    VOICES_LIMITS,
    attribution_beside,
    carried,
    described,
    differently_said,
    in_one_context,
    looked_through,
    published_by,
    quoted_in,
    voice_share,
    voices_summary,
)
from interface.rendering.wording import (
    absent,
    counted,
    pages_in_words,
    permalink,
    searched,
    source_line,
    title_of,
)
from retrieval import Piece, Place, Utterance, Voice, Voices

# Speakers whose words stand open; those of the others are folded away.
_OPEN = 8


def voices_html(voices: Voices) -> str:
    """The counts, the time line, a table for each speaker, what was searched."""
    facts = [
        searched(voices.scope), absent(voices.scope.absent_terms), looked_through(voices),
        VOICES_LIMITS,
    ]  # fmt: skip
    scope = escape(". ".join(fact.removesuffix(".") for fact in facts if fact) + ".")
    head = escape(voices_summary(voices))
    if not voices.voices:
        return (
            f'<div class="answer none"><p class="verdict">{head}.</p>'
            f'<p class="scope">{scope}</p></div>'
        )
    shown = [_voice(voice) for voice in voices.voices if voice.person is not None]
    more = ""
    if folded := shown[_OPEN:]:
        more = _folded(f"{counted(len(folded), 'more speaker')}", "".join(folded))
    unresolved = "".join(
        _folded(f"{UNRESOLVED}: {voice_share(voice)}", _voice(voice))
        for voice in voices.voices
        if voice.person is None
    )
    return (
        f'<div class="answer voices"><p class="verdict">{head}.</p>{timeline_html(voices)}'
        f'{"".join(shown[:_OPEN])}{more}{unresolved}<p class="scope">{scope}</p></div>'
    )


def _folded(summary: str, content: str) -> str:
    return f'<details class="voice-more"><summary>{escape(summary)}</summary>{content}</details>'


def _voice(voice: Voice) -> str:
    rows = "".join(_row(article, utterances) for article, utterances in voice.by_article())
    return (
        f'<table class="voice"><caption>{_heading(voice)}</caption>'
        "<colgroup><col><col></colgroup>"
        '<thead class="hidden"><tr><th scope="col">Article</th><th scope="col">Words</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _heading(voice: Voice) -> str:
    name, told = UNRESOLVED, UNRESOLVED_LIMITS
    if voice.person is not None:
        name, told = voice.person.title, described(voice.person)
    about = f'<span class="about">{escape(told)}</span>' if told else ""
    return (
        f'<span class="speaker">{escape(name)}</span>{about}'
        f'<span class="share">{voice_share(voice)}</span>'
    )


def _row(article: Article, utterances: list[Utterance]) -> str:
    first = utterances[0].places[0].quotation.span
    quoted, told = (
        "".join(
            _utterances(together)
            for together in in_one_context(each for each in utterances if each.indirect == indirect)
        )
        for indirect in (False, True)
    )
    if told:
        told = f'<div class="reported"><p class="kind">{REPORTED}</p>{told}</div>'
    return (
        f'<tr><th scope="row"><span class="title">{escape(title_of(article))}</span>'
        f'<span class="published">{escape(source_line(article.metadata))}</span>'
        f"{original_html(article, first)}</th><td>{quoted}{told}</td></tr>"
    )


def _utterances(together: list[Utterance]) -> str:
    """Utterances of the same sentences."""
    place = together[0].places[0]
    span, marked = quoted_in(together)
    words = quoted_html(place.article, place.context, marked)
    shows = ""
    if attribution := attribution_beside(place):
        shows = f'<span class="shows">{quoted_html(place.article, attribution, ())}</span>'
    return (
        f'<div class="utterance"><blockquote class="passage">{words}</blockquote>'
        f'<p class="where">{_link(place.article, span, "In the article")}{shows}</p>'
        f"{''.join(_others(each) for each in together)}</div>"
    )


def _others(utterance: Utterance) -> str:
    if len(utterance.places) == 1:
        return ""
    items = "".join(_other(place) for place in utterance.places[1:])
    return f'<p class="elsewhere">{carried(utterance)}; also in:</p><ul class="also">{items}</ul>'


def _other(place: Place) -> str:
    source = f"{title_of(place.article)}, {published_by(place.article.metadata)}"
    notes = "".join(f" ({escape(note)})" for note in (differently_said(place),) if note)
    variant = ""
    if place.pieces:
        variant = f'<p class="variant">{" ".join(_piece(piece) for piece in place.pieces)}</p>'
    return f"<li>{_link(place.article, place.quotation.span, source)}{notes}{variant}</li>"


def _piece(piece: Piece) -> str:
    words = escape(piece.words)
    if piece.where == "both":
        return words
    tag, said = ("del", "not there") if piece.where == "earlier" else ("ins", "only there")
    return f'<{tag}><span class="hidden">({said}:) </span>{words}</{tag}>'


def _link(article: Article, span: Span, words: str) -> str:
    page = pages_in_words(article, span)
    return (
        f'<a class="cite" href="{escape(permalink(article, span))}">{escape(words)}'
        f"{', ' + page if page else ''}"
        f'<span class="hidden"> {escape(title_of(article))}, at these words</span></a>'
    )
