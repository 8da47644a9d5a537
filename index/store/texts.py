"""`articles.db`: every text that was ever indexed, by hash, so that an old citation verifies."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus import text_sha256
from index.errors import IndexDamaged

_SCHEMA = """
CREATE TABLE IF NOT EXISTS text (
    sha256 TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    first_seen TEXT NOT NULL
) WITHOUT ROWID
"""


class TextStore:
    """Texts by hash. Append-only; opened for reading unless `writable`.

    Raises IndexDamaged where the file is no database.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self._path = path
        self._lock = threading.Lock()  # one connection, many threads of the server
        mode = "rwc" if writable else "ro"
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False,
                timeout=30,
            )  # fmt: skip
            if writable:
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"{path} cannot be read ({error})") from error

    def get(self, sha256: str) -> str | None:
        """The text, or None if it was never indexed.

        Raises IndexDamaged where what is stored is not the text of that hash.
        """
        try:
            with self._lock:
                row = self._connection.execute(
                    "SELECT content FROM text WHERE sha256 = ?", (sha256,)
                ).fetchone()
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"{self._path} cannot be read ({error})") from error
        if row is None:
            return None
        content = row[0]
        if not isinstance(content, str) or text_sha256(content) != sha256:
            raise IndexDamaged(f"{self._path} holds an altered text {sha256[:12]}…")
        return content

    def add(self, texts: Iterable[str], seen: datetime) -> int:
        """Keep the texts that are new, in one transaction; gives how many were new."""
        rows = ((text_sha256(text), text, seen.isoformat()) for text in texts)
        with self._lock, self._connection:
            before = self._connection.total_changes
            self._connection.executemany("INSERT OR IGNORE INTO text VALUES (?, ?, ?)", rows)
            return self._connection.total_changes - before

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
