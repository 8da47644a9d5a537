"""How every mention looks: on a terminal, on the page, and in a spreadsheet."""

from interface.rendering.mentions.csv import mentions_csv
from interface.rendering.mentions.html import mentions_html
from interface.rendering.mentions.terminal import mentions_text

__all__ = ["mentions_csv", "mentions_html", "mentions_text"]
