"""The versions of an article that the index knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from corpus import Article
from index import Change, Generations, IndexDamaged, SearchIndex, Withdrawal, withdrawals
from interface.rendering.reading.wording import (
    CURRENT_VERSION,
    EARLIER_VERSION,
    version_removed,
    version_until,
    version_withdrawn,
)
from interface.rendering.wording import version_note
from retrieval import version_of

_Changes = Sequence[tuple[str, Change]]


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A version of an article that can be read. note: what a reader should know about it; None
    exactly for the current one. An earlier one has the source that it had last, and of its text
    nothing is known to be furniture."""

    article: Article
    note: str | None

    @property
    def is_current(self) -> bool:
        return self.note is None


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A line of the list of versions. address: `#article/ID@SHA256`; None where its text was
    withdrawn. is_shown: whether this is the one that is read."""

    sha256: str
    words: str
    address: str | None
    is_shown: bool


def held_version(index: SearchIndex, article_id: str, sha256: str | None) -> HeldVersion | None:
    """The version `sha256` of an article, without one the current or else the last; None where
    this index does not hold it. Raises IndexDamaged where the stored text is not sound."""
    entry = index.catalogue.entry(article_id)
    if entry is not None and sha256 in (entry.sha256, None):
        return HeldVersion(index.article(article_id), None)
    changes = _known_changes(index).get(article_id)
    if sha256 is None:
        hashes = [change.sha256 for _, change in changes or () if change.sha256]
        if not hashes:
            return None
        sha256 = hashes[-1]
    text = index.texts.get(sha256)
    if text is None:
        return None
    version = version_of(article_id, sha256, index, changes or index.history())
    if version is None:
        return None
    article = Article(article_id, text, version.sources[-1])
    return HeldVersion(article, version_note(version))


def listed_versions(index: SearchIndex, shown: Article) -> tuple[VersionShown, ...]:
    """Every version that the index knows of an article, newest first."""
    entry = index.catalogue.entry(shown.article_id)
    try:
        changes = _known_changes(index).get(shown.article_id, ())
    except IndexDamaged:  # the history; what is current can still be read
        changes = ()
    return versions_among(
        changes,
        shown,
        current=entry.sha256 if entry else None,
        withdrawn=withdrawals(index.index) if changes else {},
    )


def versions_among(
    changes: _Changes,
    shown: Article,
    *,
    current: str | None,
    withdrawn: Mapping[str, Withdrawal] | None = None,
) -> tuple[VersionShown, ...]:
    """The versions that these changes of one article tell of, newest first.

    changes: oldest first. current: hash of the text that it has now.
    """
    words: dict[str, str] = {}  # by hash, newest first
    if current is not None:
        words[current] = CURRENT_VERSION
    after: tuple[str, Change] | None = None
    for built, change in reversed(changes):
        if change.sha256 is not None and change.sha256 not in words:
            gone = (withdrawn or {}).get(change.sha256)
            if gone is not None:
                words[change.sha256] = version_withdrawn(gone.on[:10])
            elif after is None:
                words[change.sha256] = ""  # what became of it, the history does not tell
            elif after[1].sha256 is None:
                words[change.sha256] = version_removed(after[0][:10])
            else:
                words[change.sha256] = version_until(after[0][:10])
        after = (built, change)
    words.setdefault(shown.sha256, "")
    return tuple(
        VersionShown(
            sha256=sha256,
            words=told or EARLIER_VERSION,
            address=None
            if sha256 in (withdrawn or {})
            else article_address(shown.article_id, sha256),
            is_shown=sha256 == shown.sha256,
        )
        for sha256, told in words.items()
    )


def article_address(article_id: str, sha256: str) -> str:
    """`#article/ID@SHA256`, the id percent-encoded: a version of an article in the reader."""
    return f"#article/{quote(article_id, safe='')}@{sha256}"


def _known_changes(index: SearchIndex) -> Mapping[str, _Changes]:
    return _changes_until(index.index, index.manifest.generation, index.manifest.built)


# Reading a history of 100,000 articles takes 2 seconds, so it is done once for each generation;
# two of them may answer while one takes over from the other. Of articles with one change, which
# are nearly all, nothing is kept.
@lru_cache(maxsize=2)
def _changes_until(
    index: Path,
    generation: str,  # noqa: ARG001 - two may be built in one second
    built: str,
) -> Mapping[str, _Changes]:
    """Of each article that was changed after it was added: (time of the build, change), oldest
    first, as of the generation. Raises IndexDamaged."""
    history = Generations(index).history()
    # A newer generation may have been published meanwhile.
    ends = [at for at, (time, _) in enumerate(history, 1) if time == built]
    changes: dict[str, list[tuple[str, Change]]] = {}
    for time, change in history[: ends[-1] if ends else None]:
        changes.setdefault(change.article_id, []).append((time, change))
    return {article_id: each for article_id, each in changes.items() if len(each) > 1}
