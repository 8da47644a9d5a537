"""Rankings as a TREC run file, which trec_eval and its relatives read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote


def trec_run(rankings: Mapping[str, Sequence[str]], tag: str) -> Iterator[str]:
    """A line for each document of each query: query, Q0, document, rank, score, tag.

    Ranks count from 1. The score falls by one with each rank: readers sort by it and break ties
    by id, so that a real score would not always give the ranking back. Columns are separated by
    spaces; white space inside an id is percent-encoded (%20), and no other id is changed.
    """
    for query, documents in rankings.items():
        for place, document in enumerate(documents):
            score = len(documents) - place
            yield f"{_column(query)} Q0 {_column(document)} {place + 1} {score} {tag}\n"


def _column(own_id: str) -> str:
    return re.sub(r"\s", lambda space: quote(space.group()), own_id)
