"""Checking a text on the page: the outcome as HTML."""

from __future__ import annotations

import logging

from index import Encoder, IndexProblem, SearchIndex
from interface.rendering import INDEX_DAMAGED, check_html, notice_html
from retrieval import UnusableDraft, check_text

_log = logging.getLogger(__name__)


def checked(text: str, index: SearchIndex, encoder: Encoder | None) -> str:
    """What a check of the text finds, or why there is none."""
    try:
        return check_html(check_text(text, index, encoder))
    except UnusableDraft as error:
        return notice_html(str(error))
    except IndexProblem as error:
        _log.error("%s", error)
        return notice_html(INDEX_DAMAGED)
