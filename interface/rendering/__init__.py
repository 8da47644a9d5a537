"""How answers and articles look: fixed wording, terminal text and HTML. Needs no gradio."""

from interface.rendering.articles import articles_html
from interface.rendering.checks import check_html, check_text_lines
from interface.rendering.exports import (
    Exchange,
    citation_text,
    conversation_csv,
    conversation_json,
    conversation_markdown,
    conversation_print,
)
from interface.rendering.filtered import chips_html, filter_line
from interface.rendering.fragments import text_fragment
from interface.rendering.html import (
    about_html,
    answer_html,
)
from interface.rendering.mentions import (
    mentions_csv,
    mentions_html,
    mentions_text,
)
from interface.rendering.reading import (
    Neighbours,
    SourceView,
    neighbours_html,
    view_article,
    view_source,
)
from interface.rendering.terminal import answer_text
from interface.rendering.voices import (
    speakers_html,
    speakers_text,
    voices_csv,
    voices_html,
    voices_text,
)
from interface.rendering.wording import (
    INDEX_DAMAGED,
    date_in_words,
    permalink,
    source_line,
    web_address,
)

__all__ = [
    "INDEX_DAMAGED",
    "Exchange",
    "Neighbours",
    "SourceView",
    "about_html",
    "answer_html",
    "answer_text",
    "articles_html",
    "check_html",
    "check_text_lines",
    "chips_html",
    "citation_text",
    "conversation_csv",
    "conversation_json",
    "conversation_markdown",
    "conversation_print",
    "date_in_words",
    "filter_line",
    "mentions_csv",
    "mentions_html",
    "mentions_text",
    "neighbours_html",
    "permalink",
    "source_line",
    "speakers_html",
    "speakers_text",
    "text_fragment",
    "view_article",
    "view_source",
    "voices_csv",
    "voices_html",
    "voices_text",
    "web_address",
]
