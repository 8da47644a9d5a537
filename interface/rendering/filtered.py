"""Filters in words and as chips, with what each cuts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from interface.filters import FilterEffect
from interface.rendering.wording import date_in_words

_NAMES = {"from": "From", "to": "Up to", "publisher": "Publisher:", "speaker": "Speaker:"}


def filter_line(effect: FilterEffect) -> str:
    """`From April 2018`, `Publisher: Skerry Herald`."""
    dated = effect.name in ("from", "to")
    return f"{_NAMES[effect.name]} {date_in_words(effect.value) if dated else effect.value}"


def cut_line(effect: FilterEffect) -> str:
    """`leaves out 12 of 30 articles`, or `leaves out no article`."""
    if not effect.left_out:
        return "leaves out no article"
    return f"leaves out {effect.left_out:,} of {effect.articles:,} articles"


def filters_html(effects: Iterable[FilterEffect]) -> str:
    """The filters of an answer, to read."""
    told = [f"{filter_line(effect)} ({cut_line(effect)})" for effect in effects]
    return f'<p class="filtered">{escape("; ".join(told))}</p>' if told else ""


def chips_html(effects: Iterable[FilterEffect]) -> str:
    """The filters of the next question, each a button that takes it away; filters.js hears it."""
    return "".join(
        f'<button type="button" class="chip" value="{escape(effect.name)}">'
        f'<span class="hidden">Remove the filter: </span>{escape(filter_line(effect))}'
        f'<span class="cut">{escape(cut_line(effect))}</span>'
        '<span class="cross" aria-hidden="true">×</span></button>'
        for effect in effects
    )
