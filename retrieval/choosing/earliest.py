"""A report that several articles carry is cited from the earliest of them.

The passage that ranks best is often a later copy's, since its title has more of the question. The
earliest is cited in its place where it has the same words as a passage of its own, and supports the
answer as well. It is not where the question names the copy's publisher or article, and never where
a filter or words in quotation marks leave it out. That it is the earliest of this collection is a
fact about dates: who wrote the words first is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from corpus import Passage, Span
from index import SearchIndex, folded
from retrieval.choosing.copies import are_copies
from retrieval.choosing.selection import Candidate, Report
from retrieval.ranking.hybrid import names_outlet
from retrieval.ranking.query import Query

# Levels of support, the lowest first.
_LEVELS = ("none", "related", "strong")


def under_the_earliest(
    reports: Sequence[Report],
    taken: Iterable[int],
    query: Query,
    index: SearchIndex,
    read: Callable[[int], Candidate],
    allows: Callable[[int], bool],
) -> list[Report]:
    """The reports, in their order, each with its places and with the earliest copy as candidate,
    by date, undated ones last, then by article_id. The one that ranked best is then its first copy.

    taken: rows of candidates of these reports and others; none is cited for another report.
    read: gives the candidate of a row. allows: whether a row may be cited.
    """
    taken = set(taken)
    cited = []
    for report in reports:
        placed = replace(report, places=tuple(_places(report, index)))
        for row in _earlier(placed, index):
            own = row in {copy.row for copy in report.copies}
            if not allows(row) or (row in taken and not own):
                continue
            earliest = next((copy for copy in report.copies if copy.row == row), None) or read(row)
            if _may_stand_for(earliest, report.candidate, query):
                taken.add(row)
                later = (copy for copy in report.copies if copy.row != row)
                placed = replace(placed, candidate=earliest, copies=(report.candidate, *later))
                break
        cited.append(placed)
    return cited


def _places(report: Report, index: SearchIndex) -> Iterator[tuple[str, Span]]:
    """Where the report stands, whole: (article_id, span), those of its own passages first."""
    told = report.passages
    yield from ((passage.article.article_id, passage.span) for passage in told)
    for passage in told:
        yield from index.same_words(passage)


def _earlier(report: Report, index: SearchIndex) -> Iterator[int]:
    """The rows of the report's places in articles before its own, the earliest first."""
    spans: dict[str, list[Span]] = {}
    for article_id, span in report.places:
        spans.setdefault(article_id, []).append(span)
    own = report.candidate.reading.passage.article.article_id
    for article_id, *_ in index.catalogue.by_date(spans) if len(spans) > 1 else ():
        if article_id == own:
            return
        entry = index.catalogue.entry(article_id)
        if entry is None:
            continue
        for row, sentences in zip(entry.rows, index.catalogue.sentences(entry), strict=True):
            whole = Span(sentences[0].start, sentences[-1].end)
            if any(whole.overlaps(span) for span in spans[article_id]):
                yield row


def _may_stand_for(earliest: Candidate, found: Candidate, query: Query) -> bool:
    first, later = earliest.reading.passage, found.reading.passage
    return (
        _LEVELS.index(earliest.support) >= _LEVELS.index(found.support)
        and are_copies(first.text, later.text)
        and (_is_asked_for(first, query) or not _is_asked_for(later, query))
    )


def _is_asked_for(passage: Passage, query: Query) -> bool:
    """Whether the question names the passage's publisher, or its article by the whole title."""
    asked, metadata = query.question.text, passage.article.metadata
    title = folded(metadata.title or "")
    is_named = " " in title and f" {title} " in f" {folded(asked)} "
    return is_named or any(names_outlet(asked, outlet) for outlet in metadata.outlets)
