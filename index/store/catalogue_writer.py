"""Writing the catalogue of a generation, article by article; `index.store.catalogue` reads it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus import Article, Passage, Person, Span, Speaker, interval
from index.copies import Copies
from index.store.quotations import KINDS, Told, told_in
from index.store.speaker_words import speaker_words

_SCHEMA = """
CREATE TABLE article (
    article_id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes_sha256 TEXT NOT NULL,
    metadata TEXT NOT NULL,
    dated TEXT,
    first_day TEXT,
    last_day TEXT,
    first_row INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    words INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE outlet (article_id TEXT NOT NULL, publisher TEXT NOT NULL);
CREATE TABLE furniture (
    article_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    passage_id TEXT NOT NULL,
    sentences TEXT NOT NULL
);
CREATE TABLE unquotable_term (term TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE fingerprint (
    article_id TEXT NOT NULL,
    sentences BLOB NOT NULL,
    digests BLOB NOT NULL,
    signature BLOB NOT NULL
);
CREATE TABLE near_copy (article_id TEXT PRIMARY KEY, earliest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE shared_sentence (
    digest BLOB NOT NULL,
    article_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (digest, article_id, start)
) WITHOUT ROWID;
CREATE TABLE quotation (
    article_id TEXT PRIMARY KEY, packed TEXT NOT NULL, unresolved INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE spoken (
    person INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    name TEXT,
    role TEXT,
    organisation TEXT,
    direct INTEGER NOT NULL,
    mixed INTEGER NOT NULL,
    indirect INTEGER NOT NULL
);
CREATE TABLE speaks_in (
    person INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (person, row)
) WITHOUT ROWID;
CREATE TABLE speaker_word (
    word TEXT NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (word, person)
) WITHOUT ROWID;
CREATE INDEX outlet_by_publisher ON outlet (publisher);
CREATE INDEX furniture_by_article ON furniture (article_id);
CREATE INDEX passage_by_id ON passage (passage_id);
CREATE INDEX article_by_sha256 ON article (sha256);
CREATE INDEX article_by_bytes ON article (bytes_sha256);
CREATE INDEX near_copy_by_earliest ON near_copy (earliest);
CREATE INDEX spoken_by_person ON spoken (person);
CREATE INDEX spoken_by_article ON spoken (article_id);
"""


class CatalogueWriter:
    """Writes a catalogue, article by article in the order of their ids; a context manager.

    Equal input gives equal bytes with the same version of SQLite.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript(_SCHEMA)
        self._row = 0
        self._kinds: Counter[tuple[str, Speaker, str]] = Counter()
        self._rows: defaultdict[tuple[str, Speaker], set[int]] = defaultdict(set)

    def add(self, article: Article, passages: Sequence[Passage], quotations: str) -> None:
        """The next article, with its passages in row order and its quotations as `pack` gives
        them; "" for none."""
        insert = self._connection.execute
        dated = article.metadata.dated
        insert(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.article_id,
                article.sha256,
                article.fingerprint,
                article.file,
                article.bytes_sha256,
                json.dumps(article.metadata.fields(), ensure_ascii=False),
                dated,
                *(interval(dated) if dated else (None, None)),
                self._row if passages else 0,
                len(passages),
                sum(len(passage.text.split()) for passage in passages),
            ),
        )
        for publisher in article.metadata.outlets:
            insert("INSERT INTO outlet VALUES (?, ?)", (article.article_id, publisher.casefold()))
        for item in article.furniture:
            start, end = item.span.start, item.span.end
            insert(
                "INSERT INTO furniture VALUES (?, ?, ?, ?)",
                (article.article_id, start, end, item.kind),
            )
        self._connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?)",
            (
                (row, article.article_id, passage.passage_id, _packed(passage.sentences))
                for row, passage in enumerate(passages, self._row)
            ),
        )
        if quotations:
            told = told_in(quotations)
            unresolved = sum(each.speaker is None for each in told)
            insert(
                "INSERT INTO quotation VALUES (?, ?, ?)",
                (article.article_id, quotations, unresolved),
            )
            self._note_speakers(article.article_id, passages, told)
        self._row += len(passages)

    def _note_speakers(
        self, article_id: str, passages: Sequence[Passage], told: Sequence[Told]
    ) -> None:
        spans = [passage.span for passage in passages]
        for each in told:
            if each.speaker is None:
                continue
            spoken = (article_id, each.speaker)
            self._kinds[(*spoken, each.kind)] += 1
            self._rows[spoken].update(
                row
                for row, span in enumerate(spans, self._row)
                if span.start < each.end and each.start < span.end
            )

    def spoken(self) -> list[tuple[str, Speaker]]:
        """Who speaks in the articles so far: (article_id, speaker), each once."""
        return list(self._rows)

    def add_people(self, people: Sequence[Person]) -> None:
        """The people that the speakers are; numbered in this order."""
        insert = self._connection.executemany
        insert(
            "INSERT INTO spoken VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    number, article_id, speaker.name, speaker.role, speaker.organisation,
                    *(self._kinds[article_id, speaker, kind] for kind in KINDS),
                )
                for number, person in enumerate(people)
                for article_id, speaker in person.bearers
            ),
        )  # fmt: skip
        insert(
            "INSERT INTO speaks_in VALUES (?, ?)",
            (
                (number, row)
                for number, person in enumerate(people)
                for row in sorted({row for one in person.bearers for row in self._rows[one]})
            ),
        )
        words = {
            (word, number)
            for number, person in enumerate(people)
            for _, speaker in person.bearers
            for word in speaker_words(speaker)
        }
        insert("INSERT INTO speaker_word VALUES (?, ?)", sorted(words))

    def add_unquotable(self, terms: Iterable[str]) -> None:
        """The terms of titles and furniture that no passage holds."""
        self._connection.executemany(
            "INSERT INTO unquotable_term VALUES (?)", ((term,) for term in sorted(set(terms)))
        )

    def add_copies(self, copies: Copies) -> None:
        """Those among the articles, and their fingerprints, so that they need not be made again."""
        insert = self._connection.executemany
        insert(
            "INSERT INTO fingerprint VALUES (?, ?, ?, ?)",
            (
                (article_id, each.sentences, each.digests, each.signature)
                for article_id, each in copies.fingerprints.items()
            ),
        )
        insert(
            "INSERT INTO near_copy VALUES (?, ?)",
            ((member, cluster[0]) for cluster in copies.clusters for member in cluster),
        )
        insert(
            "INSERT INTO shared_sentence VALUES (?, ?, ?, ?)",
            ((digest, one, span.start, span.end) for digest, one, span in copies.shared),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._connection.commit()
        finally:
            self._connection.close()


def _packed(spans: Sequence[Span]) -> str:
    return json.dumps([[span.start, span.end] for span in spans], separators=(",", ":"))
