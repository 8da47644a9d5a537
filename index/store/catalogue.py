"""`catalogue.db`: what a generation knows of its articles and passages, all but their texts.

Passages are rows 0, 1, 2 … ordered by (article_id, passage_id), so that a lower row is also the
order in which ties are broken, and the rows of an article lie together.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import (
    Furniture,
    Metadata,
    Quotation,
    Span,
    Speaker,
    metadata_from_json,
)
from index.copies import Fingerprint
from index.errors import IndexDamaged, brief
from index.store.filter import Filter
from index.store.quotations import unpack
from index.store.speaker_words import name_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Entries that are kept at hand: a question needs those of its fifty leading passages twice.
_ENTRIES_KEPT = 256
# Values that one statement is given: every SQLite takes 999.
_VALUES = 500


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An article as the catalogue lists it, without its text.

    rows: the rows of its passages. words: in those passages, furniture left out.
    """

    article_id: str
    sha256: str
    fingerprint: str
    file: str
    bytes_sha256: str
    metadata: Metadata
    rows: range
    words: int


@dataclass(frozen=True, slots=True)
class Bearer:
    """A speaker of one article, and how many of its quotations are theirs, by kind.

    person: the number of the person that this speaker is, which is that of one generation only.
    """

    person: int
    article_id: str
    speaker: Speaker
    direct: int
    mixed: int
    indirect: int


@dataclass(frozen=True, slots=True)
class Dated:
    """When an article is from: date, ISO 8601 at the precision that is known, and the first and
    last day (`YYYY-MM-DD`) that it can mean; None where it has none. earliest: of its cluster,
    itself where it has none."""

    date: str | None
    first_day: str | None
    last_day: str | None
    earliest: str


class Catalogue:
    """A catalogue opened for reading. Raises IndexDamaged whenever it cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, CatalogueEntry] = {}
        self._whole: tuple[int, int, str | None, str | None] | None = None
        self._lock = threading.Lock()  # one connection, many threads of the server
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
            )
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"{path} cannot be read ({brief(error)})") from error
        columns = {name for _, name, *_ in self._rows("PRAGMA table_info(article)")}
        # Format 1 did not keep it. A build reads such a catalogue for what has changed since.
        self._entry = _ENTRY if "bytes_sha256" in columns else _ENTRY_OF_FORMAT_1

    def entries(self, skip: int = 0, most: int | None = None) -> list[CatalogueEntry]:
        """Every article, ordered by article_id; or at most so many, behind those to skip."""
        return [
            _entry(row)
            for row in self._rows(
                f"SELECT {self._entry} FROM article ORDER BY article_id LIMIT ? OFFSET ?",
                (-1 if most is None else most, skip),
            )
        ]

    def entry(self, article_id: str) -> CatalogueEntry | None:
        return self.entries_of([article_id]).get(article_id)

    def entries_of(self, article_ids: Iterable[str]) -> dict[str, CatalogueEntry]:
        """Those of these articles that there are, by id, read together."""
        wanted = set(article_ids)
        known = {each: self._known[each] for each in wanted if each in self._known}
        lacking = sorted(wanted - known.keys())
        found = self._among(f"SELECT {self._entry} FROM article WHERE article_id IN", lacking)
        read = {entry.article_id: entry for entry in map(_entry, found)}
        kept = self._known if len(self._known) < _ENTRIES_KEPT else {}
        self._known = kept | read  # replaced and never changed, since other threads read it
        return known | read

    def sharing(self, sha256: str) -> list[CatalogueEntry]:
        """The articles with this very text, ordered by article_id."""
        return [
            _entry(row)
            for row in self._rows(
                f"SELECT {self._entry} FROM article WHERE sha256 = ? ORDER BY article_id", (sha256,)
            )
        ]

    def cluster(self, article_id: str) -> tuple[str, ...]:
        """The articles that are nearly one text with this one, itself among them, the earliest
        first and undated ones last; none where it has no near-copy."""
        return tuple(
            member
            for (member,) in self._rows(
                """SELECT article_id FROM near_copy JOIN article USING (article_id)
                WHERE earliest = (SELECT earliest FROM near_copy WHERE article_id = ?)
                ORDER BY first_day IS NULL, first_day, article_id""",
                (article_id,),
            )
        )

    def by_date(self, article_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """(article_id, sha256, earliest) of these articles, by the first day of their dates,
        undated ones last, then by id. earliest: of its cluster, itself where it has none."""
        found = [
            row
            for wanted in set(article_ids)
            for row in self._rows(
                """SELECT first_day IS NULL, coalesce(first_day, ''), article_id, sha256,
                    coalesce(earliest, article_id)
                FROM article LEFT JOIN near_copy USING (article_id) WHERE article_id = ?""",
                (wanted,),
            )
        ]
        return [
            (article_id, sha256, earliest) for _, _, article_id, sha256, earliest in sorted(found)
        ]

    def dates(self) -> dict[str, Dated]:
        """Of each article, in the order of `by_date`."""
        return {
            article_id: Dated(*known)
            for article_id, *known in self._rows(
                """SELECT article_id, dated, first_day, last_day, coalesce(earliest, article_id)
                FROM article LEFT JOIN near_copy USING (article_id)
                ORDER BY first_day IS NULL, first_day, article_id"""
            )
        }

    def shared_sentences(self, digests: Iterable[bytes]) -> list[tuple[bytes, str, Span]]:
        """Where the sentences with these digests stand, as far as several articles have them:
        (digest, article_id, span), in this order."""
        return [
            (digest, article_id, Span(start, end))
            for wanted in sorted(set(digests))
            for digest, article_id, start, end in self._rows(
                'SELECT digest, article_id, start, "end" FROM shared_sentence WHERE digest = ?',
                (wanted,),
            )
        ]

    def fingerprints(self) -> dict[tuple[str, bytes], Fingerprint]:
        """What a later build need not work out again, by text and sentences."""
        made = (
            Fingerprint(*row)
            for row in self._rows(
                "SELECT sha256, sentences, digests, signature "
                "FROM fingerprint JOIN article USING (article_id)"
            )
        )
        return {(each.sha256, each.sentences): each for each in made}

    def read_from(self, file: str, bytes_sha256: str) -> CatalogueEntry | None:
        """The article that the file with these bytes is."""
        rows = self._rows(
            f"SELECT {self._entry} FROM article WHERE bytes_sha256 = ? AND file = ?",
            (bytes_sha256, file),
        )
        return _entry(rows[0]) if rows else None

    def furniture_of(self, article_ids: Iterable[str]) -> dict[str, tuple[Furniture, ...]]:
        """Of each of these articles that has any, in the order of the text, read together."""
        found: dict[str, list[Furniture]] = {}
        for article_id, start, end, kind in self._among(
            'SELECT article_id, start, "end", kind FROM furniture WHERE article_id IN',
            sorted(set(article_ids)),
            "ORDER BY article_id, start",
        ):
            found.setdefault(article_id, []).append(Furniture(Span(start, end), kind))
        return {article_id: tuple(items) for article_id, items in found.items()}

    def furniture(self, article_id: str) -> tuple[Furniture, ...]:
        """In the order of the text."""
        return self.furniture_of([article_id]).get(article_id, ())

    def quotations(self, article_id: str, within: Span | None = None) -> tuple[Quotation, ...]:
        """Of an article, in the order of the text; only those that `within` has a part of."""
        packed = self.packed_quotations(article_id)
        try:
            return unpack(packed, within)
        except (ValueError, TypeError, IndexError) as error:
            raise IndexDamaged(f"the quotations of {article_id} cannot be read") from error

    def packed_quotations(self, article_id: str) -> str:
        """The same as `CatalogueWriter.add` is given them; "" for none."""
        found = self._rows("SELECT packed FROM quotation WHERE article_id = ?", (article_id,))
        return found[0][0] if found else ""

    def unresolved(self) -> int:
        """How many quotations have no speaker who is certain."""
        return int(self._rows("SELECT coalesce(sum(unresolved), 0) FROM quotation")[0][0])

    def people_named(self, name: str) -> list[int]:
        """The people with all these words in a name of theirs, or in role and organisation where
        they have none; ascending. Several people may bear one name."""
        words = sorted(name_words(name))
        if not words:
            return []
        found = self._rows(
            "SELECT person FROM speaker_word WHERE word IN (SELECT value FROM json_each(?)) "
            "GROUP BY person HAVING count(*) = ? ORDER BY person",
            (json.dumps(words), len(words)),
        )
        return [person for (person,) in found]

    def quoted(self) -> dict[int, int]:
        """Of each person, how many quotations are theirs."""
        return dict(
            self._rows("SELECT person, sum(direct + mixed + indirect) FROM spoken GROUP BY person")
        )

    def bearers(self, person: int | None = None, article_id: str | None = None) -> list[Bearer]:
        """The speakers of all articles, of one person, or of one article; by person, then by
        article_id."""
        chosen = {"person": person, "article_id": article_id}
        given = [name for name, value in chosen.items() if value is not None]
        where = " AND ".join(f"{name} = :{name}" for name in given) or "1"
        return [
            Bearer(number, found, Speaker(name, role, organisation), *counts)
            for number, found, name, role, organisation, *counts in self._rows(
                f"SELECT * FROM spoken WHERE {where} "
                "ORDER BY person, article_id, name, role, organisation",
                chosen,
            )
        ]

    def first_rows(self) -> NDArray[np.int64]:
        """Of each article that has passages, the first row; ascending."""
        import numpy as np

        found = self._rows("SELECT first_row FROM article WHERE rows > 0 ORDER BY first_row")
        return np.array([row for (row,) in found], np.int64)

    def passage_count(self) -> int:
        return int(self._rows("SELECT count(*) FROM passage")[0][0])

    def passage(self, row: int) -> tuple[str, str, tuple[Span, ...]]:
        """article_id, passage_id and sentences of a row. Raises IndexDamaged if there is none."""
        return self.passages([row])[row]

    def passages(self, rows: Iterable[int]) -> dict[int, tuple[str, str, tuple[Span, ...]]]:
        """The same of several rows, read together."""
        return {
            row: (article_id, passage_id, self._unpacked(row, packed))
            for row, article_id, passage_id, packed in self._of_rows(
                "row, article_id, passage_id, sentences", rows
            )
        }

    def named(self, rows: Iterable[int]) -> dict[int, tuple[str, str]]:
        """article_id and passage_id of each of these rows, read together. Raises IndexDamaged
        where there is none."""
        return {
            row: (article_id, passage_id)
            for row, article_id, passage_id in self._of_rows("row, article_id, passage_id", rows)
        }

    def _of_rows(self, columns: str, rows: Iterable[int]) -> list[Any]:
        wanted = sorted(set(rows))
        found = self._rows(
            f"SELECT {columns} FROM passage WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        if len(found) != len(wanted):
            lacking = set(wanted) - {row for row, *_ in found}
            raise IndexDamaged(f"{self._path} has no passage {min(lacking)}")
        return found

    def sentences(self, entry: CatalogueEntry) -> list[tuple[Span, ...]]:
        """The sentences of each passage of an article, in row order."""
        rows = (entry.rows.start, entry.rows.stop)
        found = self._rows(
            "SELECT row, sentences FROM passage WHERE row >= ? AND row < ? ORDER BY row", rows
        )
        return [self._unpacked(row, packed) for row, packed in found]

    def matching(self, chosen: Filter) -> NDArray[np.int64]:
        """The rows that the filter lets pass, ascending."""
        import numpy as np

        spans = self._rows(
            f"SELECT first_row, rows FROM article {_WHERE} ORDER BY first_row",
            self._parameters(chosen),
        )
        ranges = [np.arange(first, first + rows) for first, rows in spans if rows]
        rows = np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.int64)
        if chosen.speaker is None:
            return rows
        spoken = self._rows(
            "SELECT DISTINCT row FROM speaks_in WHERE person IN (SELECT value FROM json_each(?)) "
            "ORDER BY row",
            (json.dumps(self.people_named(chosen.speaker)),),
        )
        theirs = np.array([row for (row,) in spoken], dtype=np.int64)
        return np.intersect1d(rows, theirs, assume_unique=True)

    def scope(self, chosen: Filter | None = None) -> tuple[int, int, str | None, str | None]:
        """Articles and passages that the filter lets pass, and the earliest and the latest of
        their dates, at the precision that is known. Without a filter they are counted once."""
        if chosen:
            return self._counted(chosen)
        if self._whole is None:
            self._whole = self._counted(Filter())
        return self._whole

    def _counted(self, chosen: Filter) -> tuple[int, int, str | None, str | None]:
        parameters = self._parameters(chosen)
        articles, passages = self._rows(
            f"SELECT count(*), coalesce(sum(rows), 0) FROM article {_WHERE}", parameters
        )[0]
        # With min() or max(), SQLite takes the other columns from the row that holds it.
        earliest, _ = self._rows(f"SELECT dated, min(first_day) FROM article {_WHERE}", parameters)[
            0
        ]
        latest, _ = self._rows(f"SELECT dated, max(last_day) FROM article {_WHERE}", parameters)[0]
        if chosen.speaker is not None:
            passages = len(self.matching(chosen))
        return int(articles), int(passages), earliest, latest

    def has_unquotable(self, term: str) -> bool:
        """Whether the term stands in a title or in furniture, and in no passage."""
        return bool(self._rows("SELECT 1 FROM unquotable_term WHERE term = ?", (term,)))

    def publishers(self) -> list[str]:
        """The publishers that a filter can name, in the form they are written, in order."""
        return sorted({name for entry in self.entries() for name in entry.metadata.outlets})

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _parameters(self, chosen: Filter) -> dict[str, str | None]:
        people = None if chosen.speaker is None else json.dumps(self.people_named(chosen.speaker))
        return {
            "first_day": chosen.first_day,
            "last_day": chosen.last_day,
            "publisher": chosen.publisher.casefold() if chosen.publisher is not None else None,
            "people": people,
        }

    def _unpacked(self, row: int, packed: Any) -> tuple[Span, ...]:
        try:
            return tuple(Span(*span) for span in json.loads(packed))
        except (ValueError, TypeError) as error:
            raise IndexDamaged(f"{self._path} holds an unreadable passage {row}") from error

    def _among(self, sql: str, values: Sequence[str], behind: str = "") -> list[Any]:
        """Rows of `sql`, which ends with IN, for all values. Not by json_each, whose text ends at
        a NUL."""
        found: list[Any] = []
        for start in range(0, len(values), _VALUES):
            some = values[start : start + _VALUES]
            found += self._rows(f"{sql} ({', '.join('?' * len(some))}) {behind}", some)
        return found

    def _rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(sql, parameters).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise IndexDamaged(f"{self._path} cannot be read ({brief(error)})") from error


_ENTRY = "article_id, sha256, fingerprint, file, bytes_sha256, metadata, first_row, rows, words"
_ENTRY_OF_FORMAT_1 = _ENTRY.replace("bytes_sha256", "''")

# Overlap of intervals: an article passes if the days that its date can mean and the days that
# are asked for have one in common. NULL compares as unknown, so an undated article passes only
# where no day is asked for.
_WHERE = """
WHERE (:first_day IS NULL OR last_day >= :first_day)
  AND (:last_day IS NULL OR first_day <= :last_day)
  AND (:publisher IS NULL OR article_id IN (
        SELECT article_id FROM outlet WHERE publisher = :publisher))
  AND (:people IS NULL OR article_id IN (
        SELECT article_id FROM spoken WHERE person IN (SELECT value FROM json_each(:people))))
"""


def _entry(row: Any) -> CatalogueEntry:
    article_id, sha256, fingerprint, file, bytes_sha256, metadata, first_row, rows, words = row
    try:
        described = metadata_from_json(json.loads(metadata))
    except (ValueError, TypeError, KeyError) as error:
        raise IndexDamaged(f"the catalogue's entry of {article_id} cannot be read") from error
    return CatalogueEntry(
        article_id=article_id,
        sha256=sha256,
        fingerprint=fingerprint,
        file=file,
        bytes_sha256=bytes_sha256,
        metadata=described,
        rows=range(first_row, first_row + rows),
        words=words,
    )
