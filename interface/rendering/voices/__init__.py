"""How speakers and voices look: on a terminal, on the page, and in a spreadsheet."""

from interface.rendering.voices.csv import voices_csv
from interface.rendering.voices.html import voices_html
from interface.rendering.voices.speakers_html import speakers_html
from interface.rendering.voices.terminal import speakers_text, voices_text

__all__ = [
    "speakers_html",
    "speakers_text",
    "voices_csv",
    "voices_html",
    "voices_text",
]
