"""Forgetting an article: every version of its text is erased, and a mark stays that it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus import Article, Known, Skip
from index.build.locked import build_in
from index.build.run import Build
from index.build.source import Source
from index.dense import Encoder
from index.errors import BuildFailed, NothingToForget
from index.layout import defects_of
from index.progress import Progress, Silent
from index.search import SearchIndex
from index.store import Generations, Remembered, Withdrawal, withdraw, withdrawals


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased.

    versions: how many texts. articles: the ids that had one of them, in order.
    files: those of the collection that held one when it was last read; builds pass them over.
    """

    versions: int
    articles: tuple[str, ...]
    files: tuple[str, ...]


def forget_article(
    article_id: str, index: Path, encoder: Encoder | None, progress: Progress | None = None
) -> Forgotten:
    """Erase every version of an article's text from the index in folder `index`.

    The collection is not read: the new generation has the other articles as they are indexed.
    An article that shares one of these texts goes with it. encoder: the index's own, or None for
    an index without vectors. A forgetting that is killed is ended by the next build.

    Raises NothingToForget where the index never held the article, IndexLocked, IndexDamaged and
    BuildFailed.
    """
    index = index.absolute()
    with build_in(index), closing(SearchIndex(index)) as opened:
        for defect in defects_of(index):
            raise BuildFailed(f"{defect} Nothing was forgotten.")
        history = opened.history()
        texts = {
            change.sha256
            for _, change in history
            if change.article_id == article_id and change.sha256
        }
        if (entry := opened.catalogue.entry(article_id)) is not None:
            texts.add(entry.sha256)
        texts -= withdrawals(index).keys()
        if not texts:
            raise NothingToForget(
                f"The index in {index} holds no version of {article_id}. "
                "List its articles with: onrecord articles"
            )
        now = datetime.now(UTC).isoformat(timespec="seconds")
        held = [entry for entry in opened.catalogue.entries() if entry.sha256 in texts]
        sharing = {entry.article_id for entry in held}
        sharing |= {change.article_id for _, change in history if change.sha256 in texts}
        withdraw(index, (Withdrawal(article_id, sha256, now) for sha256 in texts))
        remembered = Generations(index).remembered()
        source = _indexed(opened, remembered)
        Build(source, index, encoder, progress or Silent()).run()
    return Forgotten(
        versions=len(texts),
        articles=tuple(sorted(sharing)),
        files=tuple(sorted({entry.file for entry in held})),
    )


def _indexed(opened: SearchIndex, remembered: Remembered | None) -> Source:
    """The articles of a generation, as they are indexed; the state of their folder stays that
    of its last reading."""
    entries = opened.catalogue.entries()

    def read(
        _notes: list[Skip], _known: Known, advance: Callable[[int], None]
    ) -> Iterator[Article | Skip]:
        for entry in entries:
            yield opened.article(entry.article_id)
            advance(1)

    return Source(
        name=opened.manifest.collection,
        state=lambda: remembered.state if remembered else "",
        size=lambda: len(entries),
        read=read,
        rules=lambda: opened.manifest.name_rules,
    )
