"""Checking a text on the page: the outcome as HTML."""

from __future__ import annotations

import logging

from index import Encoder, IndexProblem, SearchIndex
from interface.rendering import INDEX_DAMAGED, check_html, notice_html
from retrieval import UnusableDraft, check_text

# Characters. A page of a newspaper; more would keep others who ask waiting.
LONGEST_ON_PAGE = 20_000

_log = logging.getLogger(__name__)


def checked(text: str, index: SearchIndex, encoder: Encoder | None) -> str:
    """What a check of the text finds, or why there is none."""
    if len(text) > LONGEST_ON_PAGE:
        return notice_html(
            f"The text has {len(text):,} characters; on this page at most {LONGEST_ON_PAGE:,} are "
            "checked. Check it in parts, or with: onrecord check --file DRAFT"
        )
    try:
        return check_html(check_text(text, index, encoder))
    except UnusableDraft as error:
        return notice_html(str(error))
    except IndexProblem as error:
        _log.error("%s", error)
        return notice_html(INDEX_DAMAGED)
