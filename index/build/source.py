"""Where the articles of a build come from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import (
    RULES_FILE,
    Article,
    Known,
    NameRules,
    Skip,
    list_files,
    read_articles,
    read_name_rules,
)

Read = Callable[[list[Skip], Known, Callable[[int], None]], Iterator[Article | Skip]]


@dataclass(frozen=True, slots=True)
class Source:
    """name: the folder's absolute path, or "" where there is none.
    state: of the folder; see `folder_state`.
    size: how much there is to read, in the unit in which `read` says how far it is.
    read: gives the articles one by one, with ids and fingerprints that differ; see
        `corpus.read_articles` for what it is given.
    rules: on the names of those who speak; raises CorpusError where they are not understood.

    The functions are called while the build holds its lock.
    """

    name: str
    state: Callable[[], str]
    size: Callable[[], int]
    read: Read
    rules: Callable[[], NameRules]


def in_folder(collection: Path) -> Source:
    """The articles of a folder, as it is when they are read."""
    return Source(
        name=str(collection),
        state=lambda: folder_state(collection),
        size=lambda: sum(size for _, size, _ in list_files(collection)),
        read=lambda notes, known, advance: read_articles(collection, notes, known, advance),
        rules=lambda: read_name_rules(collection),
    )


def in_memory(articles: Sequence[Article]) -> Source:
    """Articles that lie in no folder."""

    def read(
        _notes: list[Skip], _known: Known, advance: Callable[[int], None]
    ) -> Iterator[Article | Skip]:
        for article in articles:
            yield article
            advance(1)

    return Source(name="", state=lambda: "", size=lambda: len(articles), read=read, rules=NameRules)


def folder_state(collection: Path) -> str:
    """A hash that differs when a file of the collection was added, removed or written, that of
    rules on names too."""
    files = list_files(collection)
    rules = collection / RULES_FILE
    if rules.exists():
        status = rules.stat()
        files += ((RULES_FILE, status.st_size, status.st_mtime_ns),)
    return hashlib.sha256(repr(files).encode()).hexdigest()
