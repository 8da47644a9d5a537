"""What a collection holds already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.collection.folder import read_articles
from corpus.collection.skip import Skip
from corpus.importing.names import folded


@dataclass(frozen=True, slots=True)
class Present:
    """What is in a collection, kept up to date while articles are put into it.

    ids: of its articles, folded. fingerprints: of its articles, with their ids.
    claimed: ids that articles of this import have or were found under; they are not taken by
        another of its articles.
    """

    ids: set[str] = field(default_factory=set)
    fingerprints: dict[str, str] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)


def read_present(collection: Path, advance: Callable[[int], None] = lambda done: None) -> Present:
    """What the folder `collection` holds: nothing where there is no such folder yet.

    advance: see `corpus.collection.folder.read_articles`. Raises CorpusError as that does.
    """
    present = Present()
    if not collection.exists():
        return present
    for found in read_articles(collection, [], advance=advance):
        if not isinstance(found, Skip):
            present.ids.add(folded(found.article_id))
            present.fingerprints[found.fingerprint] = found.article_id
    return present
