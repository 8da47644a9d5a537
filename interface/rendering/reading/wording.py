"""What the reader panel says beside an article. All of it is fixed."""

from __future__ import annotations

from interface.rendering.wording import counted, date_in_words

OPEN_ORIGINAL = "Open the original"
CURRENT_VERSION = "Current version"
EARLIER_VERSION = "Earlier version"
# Before words of which the article does not make certain whose they are.
NOBODYS_BADGE = "?"
IN_THE_ARTICLE = "In the article"
PASSAGE_BEFORE, PASSAGE_AFTER = "at the passage before", "at the passage after"


def page_label(page: int) -> str:
    """`p. 4`, where that page begins."""
    return f"p. {page}"


def version_until(day: str) -> str:
    """`Until 4 March 2021`: the day on which a newer version came."""
    return f"Until {date_in_words(day)}"


def version_removed(day: str) -> str:
    """`Removed on 4 March 2021`, with its article."""
    return f"Removed on {date_in_words(day)}"


def version_withdrawn(day: str) -> str:
    """`Withdrawn on 4 March 2021`: its text is kept nowhere."""
    return f"Withdrawn on {date_in_words(day)}"


def quotations_counted(quoted: int, reported: int) -> str:
    """`3 quotations, 1 reported`: those in quotation marks, and those without."""
    parts = [counted(quoted, "quotation")] if quoted else []
    return ", ".join(parts + ([f"{reported:,} reported"] if reported else []))
