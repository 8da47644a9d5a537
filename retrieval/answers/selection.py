"""Which of the leading passages are cited: one of each report, from several articles.

The first places are the ones that are read. A question about one article may have them all; for
any other, an article that is long on the subject must not hide what others say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index import terms
from retrieval.answers.answer import Support
from retrieval.answers.copies import are_copies
from retrieval.ranking.query import Query
from retrieval.ranking.reading import Reading

# Places in which an article is held back, and how many of them it may have.
_FIRST = 5
_OF_ONE_ARTICLE = 2
# Copies lack a tenth of the words at most, and so have most of their terms in common.
_TERMS_IN_COMMON = 0.7
# The share of a title's words that a question has when it is about that article.
_TITLE_NAMED = 0.6
_SEVERAL = re.compile(
    r"\b(?:which|what) (?:\w+ ){0,2}?(?:\w+(?<!s)s|people|police)\b.*\b(?:say|said|think|thought"
    r"|agree|disagree|want|wanted|warn|warned|oppose|opposed|support|supported|are|were|have)\b"
    r"|\bwho (?:else )?(?:disagree|agree|criticis|criticiz|oppos|support|object|favou?r|back|warn)"
    r"|\b(?:do|did|does|are|were|have) (?:all|both|any|most|other|every)\b"
    r"|\b(?:compare|compared|differ|difference|different|disagree|disagreed|disagreement|versus"
    r"|in common|each of|views? of|range of|various|every|list|how many|how much)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was read, and how well it supports an answer."""

    row: int
    reading: Reading
    support: Support


@dataclass(frozen=True, slots=True)
class Selected:
    """A passage to cite, and the passages that tell the same report again, best first."""

    candidate: Candidate
    copies: tuple[Candidate, ...]


def select(candidates: Sequence[Candidate], query: Query, limit: int) -> list[Selected]:
    """At most `limit` of the candidates (best first) that support anything, in the order in
    which they are cited."""
    reports = _reports([candidate for candidate in candidates if candidate.support != "none"])
    return _spread(reports, query)[:limit]


def asks_for_several(question: str) -> bool:
    """Whether a question wants several sources: who disagrees, which commissioners, do all, and
    how many, since figures differ from source to source."""
    return _SEVERAL.search(question) is not None


def _reports(candidates: Sequence[Candidate]) -> list[Selected]:
    reports: list[Selected] = []
    for candidate in candidates:
        for number, report in enumerate(reports):
            if _same_report(report.candidate.reading, candidate.reading):
                reports[number] = Selected(report.candidate, (*report.copies, candidate))
                break
        else:
            reports.append(Selected(candidate, ()))
    return reports


def _same_report(first: Reading, second: Reading) -> bool:
    """Passages of other words are not compared further."""
    common, all_terms = first.terms & second.terms, first.terms | second.terms
    is_alike = len(common) >= _TERMS_IN_COMMON * len(all_terms)
    return is_alike and are_copies(first.passage.text, second.passage.text)


def _spread(reports: Sequence[Selected], query: Query) -> list[Selected]:
    """The first places shared among articles; what was held back follows in its order."""
    allowed = 1 if asks_for_several(query.question.text) else _OF_ONE_ARTICLE
    named = _article_named(reports, query)
    first: list[Selected] = []
    held_back: list[Selected] = []
    taken: Counter[str] = Counter()
    for report in reports:
        article = report.candidate.reading.passage.article.article_id
        if len(first) == _FIRST or (taken[article] >= allowed and article != named):
            held_back.append(report)
        else:
            taken[article] += 1
            first.append(report)
    return first + held_back


def _article_named(reports: Sequence[Selected], query: Query) -> str | None:
    """The article that the question is about: the only one whose title it has most words of."""
    asked = frozenset(query.idf)
    named = set()
    for report in reports:
        article = report.candidate.reading.passage.article
        title = set(terms(article.metadata.title or ""))
        if len(title) > 1 and len(title & asked) >= _TITLE_NAMED * len(title):
            named.add(article.article_id)
    return named.pop() if len(named) == 1 else None
