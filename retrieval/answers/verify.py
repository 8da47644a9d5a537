"""Whether citations still hold: the whole index, or those of an exported answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Article, Span, passages_of
from index import Change, IndexProblem, SearchIndex
from retrieval.answers.answer import Elsewhere
from retrieval.answers.serialise import ExportedCitation
from retrieval.answers.versions import version_of
from retrieval.choosing.copies import stands_in

# verified: the words stand in the article as it is now, with the same source.
# details changed: the words stand, but title, date or another detail of the source differs.
# superseded: they stand in an earlier version of the article. removed: the article is gone, the
# version that was cited still verifies. withdrawn: the text was erased on purpose, so nothing can
# be compared. altered: they do not stand where the citation says. unknown: this index never held
# that version, so nothing can be said.
Verdict = Literal[
    "verified", "details changed", "superseded", "removed", "withdrawn", "altered", "unknown"
]


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """number: of the citation. reason: why, for a person; with the date where it has one."""

    number: int
    article_id: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """articles, passages: how many were re-read. defects: each with what it concerns."""

    articles: int
    passages: int
    defects: tuple[str, ...]


def verify_index(
    index: SearchIndex, advance: Callable[[int], None] = lambda done: None
) -> IndexCheck:
    """Re-hash every file, re-read and re-hash every text, those of earlier versions too, and cut
    every passage again.

    advance is called with the number of articles done since.
    """
    defects = list(index.damaged_parts())
    entries = index.catalogue.entries()
    passages = 0
    for entry in entries:
        try:
            article = index.article(entry.article_id)
            stored = [index.passage(row) for row in entry.rows]
            expected = {passage.passage_id: passage.sentences for passage in passages_of(article)}
            if {passage.passage_id: passage.sentences for passage in stored} != expected:
                defects.append(f"{entry.article_id}: its passages are not those of its text")
            passages += len(stored)
        except IndexProblem as error:
            defects.append(f"{entry.article_id}: {error}")
        advance(1)
    # Those of the articles were read above, and are named by them.
    defects += index.texts.damaged(but={entry.sha256 for entry in entries})
    return IndexCheck(len(entries), passages, tuple(defects))


def verify_citation(claimed: ExportedCitation, index: SearchIndex) -> CitationCheck:
    """Compare one exported citation with the texts that the index keeps.

    Raises IndexDamaged where the stored text itself is not sound.
    """

    def found(verdict: Verdict, reason: str) -> CitationCheck:
        return CitationCheck(claimed.number, claimed.article_id, verdict, reason)

    text = index.texts.get(claimed.sha256)
    if text is None:
        return found(*_without_text(claimed.sha256, index))
    history = index.history()
    if (falsehood := _falsehood(claimed, text, history, index)) is not None:
        return found("altered", falsehood)
    version = version_of(claimed.article_id, claimed.sha256, index, history)
    if version is None:
        return found("altered", "the cited words stand in another article, never in this one")
    if all(claimed.differences(source) for source in version.sources):
        return found("altered", "the article never had the source that the citation names")
    on = f" on {version.since}" if version.since else ""
    if version.state == "removed":
        return found("removed", f"the article was removed{on}")
    if version.state == "superseded":
        return found("superseded", f"a new version of the article came{on}")
    differing = claimed.differences(version.sources[-1])
    if differing:
        return found("details changed", f"differs now in: {', '.join(differing)}")
    return found("verified", "the cited words stand in the article")


def _without_text(sha256: str, index: SearchIndex) -> tuple[Verdict, str]:
    if (withdrawal := index.withdrawn(sha256)) is not None:
        return "withdrawn", f"the text was withdrawn on {withdrawal.on[:10]} and erased"
    return "unknown", "this index never held the version of the article that is cited"


def _falsehood(
    claimed: ExportedCitation,
    text: str,
    history: Sequence[tuple[str, Change]],
    index: SearchIndex,
) -> str | None:
    """What the citation says that its text, or those it is said to stand in too, do not bear
    out; None where they do."""
    if not _stands(claimed.text, claimed.span, text):
        return "the cited words do not stand at that place of the article"
    if claimed.passage_id != f"{claimed.sha256}:{claimed.span.start}-{claimed.span.end}":
        return "the passage id names another place than the citation"
    if not all(claimed.span.contains(highlight) for highlight in claimed.highlights):
        return "a highlight lies outside the cited words"
    page = Article(claimed.article_id, text).page_at(claimed.span.start)
    if claimed.states_page and claimed.page != page:
        return "the cited words stand on another page than it says"
    highlighted = [highlight.of(text) for highlight in claimed.highlights]
    versions = {(change.article_id, change.sha256) for _, change in history}
    for place in claimed.elsewhere:
        if not _stood(place, claimed.text, highlighted, versions, index):
            return f"the cited words never stood in {place.article_id} as it says"
    return None


def _stood(
    place: Elsewhere,
    words: str,
    highlighted: Sequence[str],
    versions: Collection[tuple[str, str | None]],
    index: SearchIndex,
) -> bool:
    """Whether a version of that article holds the words there, or held them: a text that was
    withdrawn since cannot be compared any more."""
    entry = index.catalogue.entry(place.article_id)
    is_current = entry is not None and entry.sha256 == place.sha256
    if not is_current and (place.article_id, place.sha256) not in versions:
        return False
    other = index.texts.get(place.sha256)
    if other is None:
        return index.withdrawn(place.sha256) is not None
    return place.span.end <= len(other) and stands_in(place.span.of(other), words, highlighted)


def _stands(words: str, span: Span, text: str) -> bool:
    return span.end <= len(text) and span.of(text) == words
