"""One file by itself, in no collection: a draft to be checked."""

from __future__ import annotations

from pathlib import Path

from corpus.article import Article
from corpus.collection.files import nothing_known, read_file
from corpus.collection.skip import Skip
from corpus.errors import UnreadableFile
from corpus.extraction import Extractor


def read_single(path: Path) -> tuple[Article, tuple[Skip, ...]]:
    """The article that a file holds, and what a person should know about how it was read.

    Raises UnreadableFile where it holds none, or several.
    """
    notes: list[Skip] = []
    with Extractor() as extractor:
        found = list(read_file(path, path.name, notes, nothing_known, extractor, lambda _: None))
    match found:
        case [Article() as article]:
            return article, tuple(notes)
        case [Skip(reason=reason)]:
            raise UnreadableFile(reason)
    raise UnreadableFile(f"holds {len(found):,} records, not one text")
