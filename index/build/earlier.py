"""What the last build knew of the articles, compared with what is read now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from corpus import Article, Known
from index.build.gathering import Listed
from index.store import Catalogue, CatalogueEntry, Change, TextStore


def changes_since(
    known: Mapping[str, CatalogueEntry], articles: Sequence[Listed]
) -> tuple[Change, ...]:
    """What became of each article, by id. known: the entries of the catalogue before."""
    present = {article.article_id for article in articles}
    changes = [Change(gone, "removed", None) for gone in known.keys() - present]
    for article in articles:
        if article.article_id not in known:
            changes.append(_change(article, "added"))
        elif (entry := known[article.article_id]).fingerprint != article.fingerprint or (
            entry.file != article.file
        ):
            changes.append(_change(article, "changed"))
    return tuple(sorted(changes, key=lambda change: change.article_id))


def is_listed(article: Listed, known: Mapping[str, CatalogueEntry]) -> bool:
    """Whether the catalogue says of an article what is known of it now. What differs need not be
    a change: its file may be written otherwise, or its date rest on other evidence."""
    entry = known[article.article_id]
    return (entry.fingerprint, entry.file, entry.bytes_sha256, entry.metadata) == (
        article.fingerprint, article.file, article.bytes_sha256, article.metadata,
    )  # fmt: skip


def known_to(before: Catalogue, texts: TextStore, *, of_today: bool) -> Known:
    """What the last build read from a file that is one article.

    of_today: whether it read by the rules of today; if not, only texts that were extracted are
    still those of their files.
    """

    def known(file: str, sha256: str) -> Article | None:
        entry = before.read_from(file, sha256)
        if entry is None:
            return None
        imported = entry.metadata.imported
        if not of_today and (imported is None or imported.sha256 != sha256):
            return None
        if (text := texts.get(entry.sha256)) is None:
            return None
        furniture = before.furniture(entry.article_id)
        return Article(entry.article_id, text, entry.metadata, furniture, file, sha256)

    return known


def _change(article: Listed, what: Literal["added", "changed"]) -> Change:
    return Change(article.article_id, what, article.sha256, article.metadata)
