"""Who says what on a subject, on the page."""

from __future__ import annotations

import logging

from index import Encoder, IndexProblem, SearchIndex
from interface.rendering import INDEX_DAMAGED, notice_html, voices_html
from retrieval import UnusableQuestion, find_voices

_log = logging.getLogger(__name__)


def heard(subject: str, index: SearchIndex, encoder: Encoder | None) -> str:
    """The voices on a subject as HTML, or why there are none."""
    try:
        return voices_html(find_voices(subject, index, encoder))
    except UnusableQuestion as error:
        return notice_html(str(error))
    except IndexProblem as error:
        _log.error("%s", error)
        return notice_html(INDEX_DAMAGED)
