"""How answers and articles look: fixed wording, terminal text and HTML. Needs no gradio."""

from interface.rendering.checks import check_asked_html, check_html, check_text_lines
from interface.rendering.html import (
    answer_html,
    masthead_html,
    notice_html,
    question_html,
    settled_html,
)
from interface.rendering.mentions import (
    mentions_asked_html,
    mentions_csv,
    mentions_html,
    mentions_text,
)
from interface.rendering.source import SourceView, view_source
from interface.rendering.terminal import answer_text
from interface.rendering.voices import (
    speakers_text,
    voices_asked_html,
    voices_csv,
    voices_html,
    voices_text,
)
from interface.rendering.wording import INDEX_DAMAGED, date_in_words, permalink, source_line

__all__ = [
    "INDEX_DAMAGED",
    "SourceView",
    "answer_html",
    "answer_text",
    "check_asked_html",
    "check_html",
    "check_text_lines",
    "date_in_words",
    "masthead_html",
    "mentions_asked_html",
    "mentions_csv",
    "mentions_html",
    "mentions_text",
    "notice_html",
    "permalink",
    "question_html",
    "settled_html",
    "source_line",
    "speakers_text",
    "view_source",
    "voices_asked_html",
    "voices_csv",
    "voices_html",
    "voices_text",
]
