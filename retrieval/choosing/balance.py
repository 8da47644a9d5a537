"""Who is heard in a passage: keys that count against each other where a question has two sides."""

from __future__ import annotations

from collections.abc import Iterable

from corpus import Metadata, Passage
from index import SearchIndex
from retrieval.choosing.selection import Report


def heard_in(reports: Iterable[Report], index: SearchIndex) -> dict[int, frozenset[str]]:
    """For the row of each report `outlet:NAME`, `cluster:ARTICLE_ID` and a `speaker:NUMBER` each.

    A brief is heard with its original's publisher. Unknown publishers are no outlet. Near-copies
    are one cluster, named by the earliest of them, and are heard with its outlet too; any other
    article is a cluster of its own. Speakers are the people of `index.catalogue.bearers`.
    """
    heard = {}
    for report in reports:
        passage = report.candidate.reading.passage
        published = [passage.article.metadata]
        if earliest := index.catalogue.entry(report.candidate.earliest):
            published.append(earliest.metadata)
        keys = {f"cluster:{report.candidate.text}"}
        keys.update(f"outlet:{name}" for each in published if (name := _outlet(each)))
        keys.update(f"speaker:{person}" for person in _speaking_in(passage, index))
        heard[report.candidate.row] = frozenset(keys)
    return heard


def _speaking_in(passage: Passage, index: SearchIndex) -> set[int]:
    speakers = {quotation.speaker for quotation in index.quotations_in(passage)}
    bearers = index.catalogue.bearers(article_id=passage.article.article_id)
    return {bearer.person for bearer in bearers if bearer.speaker in speakers}


def _outlet(metadata: Metadata) -> str | None:
    if metadata.kind == "brief":
        publisher = metadata.original.publisher if metadata.original else None
    else:
        publisher = metadata.publisher
    return " ".join(publisher.casefold().split()) if publisher else None
