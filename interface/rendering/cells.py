"""Tables for a spreadsheet as CSV (RFC 4180), which must not run what an article says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from corpus import Metadata
from interface.rendering.wording import about_line, brief_line, original_title

# What a spreadsheet takes for a formula and runs, and what would be taken for it once more after
# an apostrophe was removed.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def csv_table(columns: Sequence[str], rows: Iterable[Iterable[str | None]]) -> str:
    """A line of column names, and one for each row; what is unknown is empty.

    A field that a spreadsheet would run gets an apostrophe in front, so that a cell never computes
    what an article says; see docs/mentions.md.
    """
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(columns)
    for row in rows:
        lines.writerow(inert(field or "") for field in row)
    return written.getvalue()


def titled(metadata: Metadata) -> str | None:
    """The title for a table; a brief's says what it is about."""
    brief = brief_line(metadata)
    if brief is None:
        return metadata.title
    return f"{brief} {original_title(metadata)}{about_line(metadata)}"


def address_of(metadata: Metadata) -> str | None:
    """The address for a table; for a brief its original's."""
    if metadata.kind == "brief":
        return metadata.original.url if metadata.original else None
    return metadata.url


def inert(field: str) -> str:
    """A field that no spreadsheet runs: an apostrophe goes before what would be a formula."""
    return f"'{field}" if _FORMULA.match(field) else field
