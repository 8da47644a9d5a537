"""`articles.db`: every text that was ever indexed, by hash, so that an old citation verifies."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from corpus import text_sha256
from index.errors import IndexDamaged, brief
from index.store.files import set_folder_aside

_SCHEMA = """
CREATE TABLE IF NOT EXISTS text (
    sha256 TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    first_seen TEXT NOT NULL
) WITHOUT ROWID
"""


# In the header of the file from the erasure of a text until none of its bytes can be left.
_ERASING = 1

# What SQLite answers where the file is not what was written. Its other errors (a full disk, a
# busy or locked database, no permission) say nothing against the file.
_DAMAGE = {
    None,  # Python's own: a text that is not UTF-8
    sqlite3.SQLITE_ERROR,  # no such table
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_NOTADB,
}


class TextStore:
    """Texts by hash. Append-only but for `erase`; opened for reading unless `writable`.

    Raises IndexDamaged where the file is not the database that was written. A writer raises
    sqlite3.OperationalError where SQLite cannot work with a file that may be sound.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self._path = path
        self._writable = writable
        self._lock = threading.Lock()  # one connection, many threads of the server
        if writable:
            set_folder_aside(path)
        # A reader opens for writing too, if it may: only so can SQLite roll back what a writer
        # left when it was killed.
        mode = "rwc" if writable else "rw"
        with self._damage_named():
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False,
                timeout=30,
            )  # fmt: skip
            if writable:
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA secure_delete = ON")  # for `erase`
                self._connection.execute(_SCHEMA)
                self._end_erasing()
            else:
                self._connection.execute("PRAGMA query_only = ON")

    def get(self, sha256: str) -> str | None:
        """The text, or None if it was never indexed.

        Raises IndexDamaged where what is stored is not the text of that hash.
        """
        return self.get_all([sha256]).get(sha256)

    def get_all(self, hashes: Collection[str]) -> dict[str, str]:
        """Those of these texts that were indexed, by hash, read together. Raises as `get`."""
        with self._damage_named(), self._lock:
            rows = self._connection.execute(
                "SELECT sha256, content FROM text WHERE sha256 IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(hashes)),),
            ).fetchall()
        for sha256, content in rows:
            if not isinstance(content, str) or text_sha256(content) != sha256:
                raise IndexDamaged(f"{self._path} holds an altered text {str(sha256)[:12]}…")
        return dict(rows)

    def hashes(self) -> list[str]:
        """The hash of every text that is kept, in order."""
        with self._damage_named(), self._lock:
            rows = self._connection.execute("SELECT sha256 FROM text ORDER BY sha256").fetchall()
        if not all(isinstance(sha256, str) for (sha256,) in rows):
            raise IndexDamaged(f"{self._path} holds a text without a hash")
        return [sha256 for (sha256,) in rows]

    def damaged(self, but: Collection[str] = ()) -> Iterator[str]:
        """A sentence for each text that is not the one of its hash. The times when they were
        first seen are not checked: nothing shows them.

        but: hashes that need no check.
        """
        try:
            for sha256 in self.hashes():
                if sha256 not in but:
                    try:
                        self.get(sha256)
                    except IndexDamaged as error:
                        yield str(error)
        except IndexDamaged as error:
            yield str(error)

    def require_sound(self) -> None:
        """Raises IndexDamaged where any text is not the one of its hash."""
        for sha256 in self.hashes():
            self.get(sha256)

    def rescue(self, damaged: Path) -> None:
        """Take over the sound texts of a damaged database, with their times, as far as SQLite
        can read it."""
        uri = f"{damaged.absolute().as_uri()}?mode=ro&immutable=1"
        with (
            suppress(sqlite3.DatabaseError, UnicodeDecodeError),
            closing(sqlite3.connect(uri, uri=True)) as connection,
        ):
            connection.text_factory = bytes  # one that is not UTF-8 must not hide the next
            for row in connection.execute("SELECT sha256, content, first_seen FROM text"):
                with suppress(AttributeError, UnicodeDecodeError):
                    sha256, content, seen = (value.decode() for value in row)
                    if text_sha256(content) == sha256:
                        self._connection.execute(
                            "INSERT OR IGNORE INTO text VALUES (?, ?, ?)", (sha256, content, seen)
                        )
        self._connection.commit()

    def add(self, texts: Iterable[str], seen: datetime) -> int:
        """Keep the texts that are new, in one transaction; gives how many were new."""
        rows = ((text_sha256(text), text, seen.isoformat()) for text in texts)
        with self._damage_named(), self._lock, self._connection:
            before = self._connection.total_changes
            self._connection.executemany("INSERT OR IGNORE INTO text VALUES (?, ?, ?)", rows)
            return self._connection.total_changes - before

    def erase(self, hashes: Collection[str]) -> None:
        """Forget these texts, so that no byte of the file, or of a journal, holds them. An erasure
        that is killed is ended when the file is next opened for writing."""
        with self._damage_named(), self._lock:
            with self._connection:
                self._connection.executemany(
                    "DELETE FROM text WHERE sha256 = ?", ((sha256,) for sha256 in hashes)
                )
                self._connection.execute(f"PRAGMA user_version = {_ERASING}")
            self._end_erasing()

    def _end_erasing(self) -> None:
        """What moved inside the file before may have left copies in its unused parts."""
        if self._connection.execute("PRAGMA user_version").fetchone() == (_ERASING,):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA user_version = 0")

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            code = getattr(error, "sqlite_errorcode", None)
            primary = code & 0xFF if code is not None else None  # an extended code ends in it
            if self._writable and primary not in _DAMAGE:
                raise
            raise IndexDamaged(f"{self._path} cannot be read ({brief(error)})") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()
