"""Answers to take away: a conversation as Markdown, CSV, JSON or a page to print, and a citation
as text. See docs/export.md."""

from interface.rendering.exports.citation import citation_text
from interface.rendering.exports.csv import conversation_csv
from interface.rendering.exports.exchange import Exchange
from interface.rendering.exports.json import conversation_json
from interface.rendering.exports.markdown import conversation_markdown
from interface.rendering.exports.printed import conversation_print

__all__ = [
    "Exchange",
    "citation_text",
    "conversation_csv",
    "conversation_json",
    "conversation_markdown",
    "conversation_print",
]
