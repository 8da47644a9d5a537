"""From a report that was chosen to the citation that shows it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Span
from index import SearchIndex
from retrieval.answers.answer import Citation, Cluster, Elsewhere, Scores
from retrieval.answers.cautions import cautions_in
from retrieval.choosing.selection import Report
from retrieval.ranking.hybrid import HybridRanking


def citation_of(
    number: int, report: Report, rankings: Sequence[HybridRanking], index: SearchIndex
) -> Citation:
    reading = report.candidate.reading
    article_id = reading.passage.article.article_id
    # It was found because this copy was, which need not be the one that is cited.
    rows = {each.row for each in (report.candidate, *report.copies)}
    ranked, row = next(
        (ranked, row) for ranked in rankings for row in ranked.ranking.rows if row in rows
    )
    return Citation(
        number=number,
        passage=reading.passage,
        support=report.candidate.support,
        highlights=reading.highlights,
        elsewhere=_elsewhere(report, index),
        scores=Scores(
            lexical=ranked.sides.lexical.by_row().get(row),
            dense=ranked.sides.dense.by_row().get(row),
            late=ranked.late.get(row),
            fused=ranked.ranking.by_row()[row],
        ),
        cluster=_cluster(article_id, index),
        quotations=index.quotations_in(reading.passage),
        cautions=cautions_in(reading.passage.article.text, reading.highlights),
    )


def _cluster(article_id: str, index: SearchIndex) -> Cluster | None:
    members = index.catalogue.cluster(article_id)
    entry = index.catalogue.entry(members[0]) if members else None
    return Cluster(entry.article_id, entry.metadata, len(members)) if entry else None


def _elsewhere(report: Report, index: SearchIndex) -> tuple[Elsewhere, ...]:
    """Where else the report stands, exactly or told again; and its highlighted sentences, in
    articles that have not all of it."""
    cited = report.candidate.reading
    own = cited.passage.article
    whole: dict[str, list[Span]] = {}
    for article_id, span in report.places:
        # Two tellings may lead to one place, with other punctuation at its ends.
        known = whole.setdefault(article_id, [])
        if not any(span.overlaps(other) for other in known):
            known.append(span)
    parts: dict[str, list[Span]] = {}
    for article_id, span in index.same_sentences(own, cited.highlights):
        if article_id not in whole:
            parts.setdefault(article_id, []).append(span)
    whole[own.article_id].remove(cited.passage.span)
    return tuple(
        Elsewhere(article_id, sha256, span, article_id in whole, earliest)
        for article_id, sha256, earliest in index.catalogue.by_date(whole.keys() | parts.keys())
        for span in sorted(whole.get(article_id) or parts.get(article_id, []))
    )
