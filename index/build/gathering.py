"""Reading a source: its texts go into the store, and what is known of each article stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from corpus import Article, Furniture, Known, Metadata, Skip
from index.build.source import Source
from index.errors import IndexDamaged
from index.progress import Progress
from index.store import TextStore, Withdrawal

# Characters of text that wait to be written together.
_BATCH = 4_000_000


@dataclass(frozen=True, slots=True)
class Listed:
    """An article without its text, which lies in the store."""

    article_id: str
    sha256: str
    fingerprint: str
    metadata: Metadata
    furniture: tuple[Furniture, ...]
    file: str
    bytes_sha256: str

    @classmethod
    def of(cls, article: Article) -> Listed:
        return cls(
            article_id=article.article_id,
            sha256=article.sha256,
            fingerprint=article.fingerprint,
            metadata=article.metadata,
            furniture=article.furniture,
            file=article.file,
            bytes_sha256=article.bytes_sha256,
        )

    def read_from(self, texts: TextStore) -> Article:
        """The whole article. Raises IndexDamaged where the store has lost its text."""
        text = texts.get(self.sha256)
        if text is None:
            raise IndexDamaged(f"the text of {self.article_id} is missing from articles.db")
        return Article(
            self.article_id, text, self.metadata, self.furniture, self.file, self.bytes_sha256
        )


@dataclass(frozen=True, slots=True)
class Gathered:
    """articles, skips, notes: ordered.
    new: the hashes of texts that the store did not hold before.
    """

    articles: tuple[Listed, ...]
    skips: tuple[Skip, ...]
    notes: tuple[Skip, ...]
    new: frozenset[str]


def gather(
    source: Source,
    texts: TextStore,
    known: Known,
    withdrawn: Mapping[str, Withdrawal],
    now: datetime,
    progress: Progress,
) -> Gathered:
    """Read the articles of `source` and keep their texts.

    texts: known to be sound. withdrawn: by hash, the texts that are passed over. Raises
    CorpusError where the source cannot be read.
    """
    articles: list[Listed] = []
    skips: list[Skip] = []
    notes: list[Skip] = []
    stored = set(texts.hashes())
    new: set[str] = set()
    waiting: list[str] = []
    characters = 0
    with progress.step("Reading articles, bytes", source.size()) as advance:
        for found in source.read(notes, known, advance):
            if isinstance(found, Skip):
                skips.append(found)
            elif (withdrawal := withdrawn.get(found.sha256)) is not None:
                where = f"{found.file} ({found.article_id})"
                skips.append(
                    Skip(where, f"holds a text that was withdrawn on {withdrawal.on[:10]}")
                )
            else:
                articles.append(Listed.of(found))
                if found.sha256 not in stored:
                    stored.add(found.sha256)
                    new.add(found.sha256)
                    waiting.append(found.text)
                    characters += len(found.text)
                if characters > _BATCH:
                    texts.add(waiting, now)
                    waiting.clear()
                    characters = 0
    texts.add(waiting, now)
    return Gathered(
        articles=tuple(sorted(articles, key=lambda article: article.article_id)),
        skips=tuple(sorted(skips)),
        notes=tuple(sorted(notes)),
        new=frozenset(new),
    )
