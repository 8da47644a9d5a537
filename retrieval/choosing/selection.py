"""Which of the leading passages are cited: one of each report, from several articles.

The first places are the ones that are read. A question about one article may have them all; for
any other, an article that is long on the subject must not hide what others say. Where a question
has two sides, no outlet, speaker or text that many articles carry may fill them either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus import Article, Passage, Span
from index import terms
from retrieval.choosing.copies import are_copies
from retrieval.choosing.support import Support
from retrieval.ranking.query import Query
from retrieval.ranking.reading import Reading

# Places in which an article is held back, and how many of them it may have.
_FIRST = 5
_OF_ONE_ARTICLE = 2
# Places in which each voice is held back where a question has two sides, and how many it may have.
# Of 35 such questions on the starter collection, without a cap and with 3, 2 and 1: outlets among
# the first ten 7.0, 7.3, 7.8, 9.5; places of the one that has most 2.9, 2.5, 2.1, 1.4; passages
# that are among the ten without a cap as well 10, 9.5, 9.1, 7.5. One passage of each article in the
# first five, for two: 4.8 outlets there, for 4.2.
_FIRST_BALANCED = 10
_OF_ONE_VOICE = 2
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
    """A passage that was read, and how well it supports an answer.

    earliest: of the near-copies of its article; empty where that has none.
    """

    row: int
    reading: Reading
    support: Support
    earliest: str = ""

    @property
    def text(self) -> str:
        """The article, or the earliest of those that are nearly one text with it."""
        return self.earliest or self.reading.passage.article.article_id


@dataclass(frozen=True, slots=True)
class Report:
    """A passage to cite, and the passages that tell the same again, best first.

    places: where they stand, whole: (article_id, span); empty until they are looked for.
    """

    candidate: Candidate
    copies: tuple[Candidate, ...]
    places: tuple[tuple[str, Span], ...] = ()

    @property
    def passages(self) -> list[Passage]:
        return [each.reading.passage for each in (self.candidate, *self.copies)]


def reports_of(candidates: Sequence[Candidate]) -> list[Report]:
    """The candidates (best first) that support anything, copies under the best of them."""
    reports: list[Report] = []
    for candidate in candidates:
        if candidate.support == "none":
            continue
        for number, report in enumerate(reports):
            if _same_report(report.candidate.reading, candidate.reading):
                reports[number] = Report(report.candidate, (*report.copies, candidate))
                break
        else:
            reports.append(Report(candidate, ()))
    return reports


def select(
    reports: Sequence[Report],
    query: Query,
    limit: int,
    heard: Mapping[int, frozenset[str]] | None = None,
) -> list[Report]:
    """At most `limit` of the reports (best first), in the order in which they are cited.

    The first five places are shared among articles, near-copies counting as one; what is held back
    follows in its order.
    heard: for a question with two sides, the keys that the row of each report counts for (its
        outlet, its text, who speaks in it). As long as there is something else, none has more than
        two of the first ten places, and no article more than one of the first five.
    """
    if heard is None:
        several = asks_for_several(query.question.text)
        named = _text_named(reports, query)
        spread = _shared_out(
            reports,
            lambda report: _text(report) - named,
            1 if several else _OF_ONE_ARTICLE,
            _FIRST,
        )
        return spread[:limit]
    balanced = _shared_out(
        reports, lambda report: heard[report.candidate.row], _OF_ONE_VOICE, _FIRST_BALANCED
    )
    first, rest = balanced[:_FIRST_BALANCED], balanced[_FIRST_BALANCED:]
    return [*_shared_out(first, _text, 1, _FIRST), *rest][:limit]


def asks_for_several(question: str) -> bool:
    """Whether a question wants several sources: who disagrees, which commissioners, do all, and
    how many, since figures differ from source to source."""
    return _SEVERAL.search(question) is not None


def _same_report(first: Reading, second: Reading) -> bool:
    """Passages of other words are not compared further."""
    common, all_terms = first.terms & second.terms, first.terms | second.terms
    is_alike = len(common) >= _TERMS_IN_COMMON * len(all_terms)
    return is_alike and are_copies(first.passage.text, second.passage.text)


def _shared_out(
    reports: Sequence[Report],
    keys_of: Callable[[Report], frozenset[str]],
    allowed: int,
    places: int,
) -> list[Report]:
    """The reports with those held back that have a key which `allowed` of the first `places` have
    already; they follow in their order."""
    first: list[Report] = []
    held_back: list[Report] = []
    taken: Counter[str] = Counter()
    for report in reports:
        keys = keys_of(report)
        if len(first) == places or any(taken[key] >= allowed for key in keys):
            held_back.append(report)
        else:
            taken.update(keys)
            first.append(report)
    return first + held_back


def _has_title_of(query: Query, article: Article) -> bool:
    """Whether the question has most words of the article's title, of several at least."""
    title = set(terms(article.metadata.title or ""))
    return len(title) > 1 and len(title & query.idf.keys()) >= _TITLE_NAMED * len(title)


def _text(report: Report) -> frozenset[str]:
    return frozenset([report.candidate.text])


def _text_named(reports: Sequence[Report], query: Query) -> frozenset[str]:
    """The text that the question is about: the only one whose title it has, or none."""
    named = frozenset(
        report.candidate.text
        for report in reports
        if _has_title_of(query, report.candidate.reading.passage.article)
    )
    return named if len(named) == 1 else frozenset()
