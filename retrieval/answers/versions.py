"""What has become of a version of an article since it was cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Metadata
from index import Change, SearchIndex


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article, as the index and its history know it.

    state: superseded by a newer version, or removed with its article.
    since: the day on which it was, ISO 8601; None for one that is current, and where the history
        does not tell, as for what happened to the folder while the index was damaged.
    sources: the metadata that it has had, the latest last; at least one.
    """

    state: Literal["current", "superseded", "removed"]
    since: str | None
    sources: tuple[Metadata, ...]


def version_of(
    article_id: str, sha256: str, index: SearchIndex, history: Sequence[tuple[str, Change]]
) -> Version | None:
    """The version with the text of this hash; None where the article never had it.

    history: of the index.
    """
    entry = index.catalogue.entry(article_id)
    changes = [(built, change) for built, change in history if change.article_id == article_id]
    held = [at for at, (_, change) in enumerate(changes) if change.sha256 == sha256]
    sources = tuple(changes[at][1].metadata or Metadata() for at in held)
    if entry is not None and entry.sha256 == sha256:
        return Version("current", None, (*sources, entry.metadata))
    if not held:
        return None
    if entry is None:
        removed = [built for built, change in changes[-1:] if change.what == "removed"]
        return Version("removed", _day(removed), sources)
    newer = [built for built, change in changes[held[-1] + 1 :] if change.sha256 is not None]
    return Version("superseded", _day(newer), sources)


def _day(times: Sequence[str]) -> str | None:
    return times[0][:10] if times else None
