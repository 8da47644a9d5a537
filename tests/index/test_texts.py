"""The text store: texts by hash, kept for ever, believed only if they have their hash."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import text_sha256
from index import IndexDamaged
from index.store import TextStore

FIRST = datetime(2021, 3, 4, 12, tzinfo=UTC)
PARK, LIBRARY = "The park is open.", "The library is\u00a0open. “Late,” too."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that holds one text."""
    with TextStore(tmp_path / "articles.db", writable=True) as store:
        store.add([PARK], FIRST)
    return tmp_path / "articles.db"


def rows(path: Path) -> list[tuple[str, str, str]]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT * FROM text ORDER BY content").fetchall()
    connection.close()
    return found


def test_a_text_is_found_by_its_hash(path: Path) -> None:
    """What was kept comes back exactly; what was not is None."""
    with TextStore(path) as store:
        assert store.get(text_sha256(PARK)) == PARK
        assert store.get(text_sha256(LIBRARY)) is None


@given(texts=st.sets(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_any_text_survives(new_folder: Callable[[], Path], texts: set[str]) -> None:
    """Control characters, emoji and no-break spaces come back as they were."""
    path = new_folder() / "articles.db"
    with TextStore(path, writable=True) as store:
        assert store.add(texts, FIRST) == len(texts)
    with TextStore(path) as store:
        assert {store.get(text_sha256(text)) for text in texts} == texts


def test_texts_are_only_added(path: Path) -> None:
    """Adding keeps what was there, and gives how many texts were new."""
    with TextStore(path, writable=True) as store:
        assert store.add([LIBRARY, PARK, LIBRARY], FIRST) == 1
        assert store.add([LIBRARY, PARK], FIRST) == 0

    assert [content for _, content, _ in rows(path)] == [LIBRARY, PARK]


def test_the_first_time_a_text_was_seen_is_kept(path: Path) -> None:
    """A text that comes again a year later keeps the time of its first coming."""
    later = FIRST + timedelta(days=365)
    with TextStore(path, writable=True) as store:
        store.add([PARK, LIBRARY], later)

    assert rows(path) == [
        (text_sha256(LIBRARY), LIBRARY, "2022-03-04T12:00:00+00:00"),
        (text_sha256(PARK), PARK, "2021-03-04T12:00:00+00:00"),
    ]


def test_a_failed_addition_adds_nothing(path: Path) -> None:
    """Texts come in one transaction: when one of them cannot be had, none is kept."""

    def texts():
        yield LIBRARY
        raise RuntimeError("the reader broke")

    with TextStore(path, writable=True) as store, pytest.raises(RuntimeError, match="broke"):
        store.add(texts(), FIRST)

    assert [content for _, content, _ in rows(path)] == [PARK]


def test_a_reader_cannot_write(path: Path) -> None:
    """A store opened for reading refuses to be changed."""
    with TextStore(path) as store, pytest.raises(IndexDamaged, match="readonly"):
        store.add([LIBRARY], FIRST)

    assert [content for _, content, _ in rows(path)] == [PARK]


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    """Opening a store that is not there for reading is damage and leaves nothing behind."""
    with pytest.raises(IndexDamaged, match=r"articles\.db cannot be read"):
        TextStore(tmp_path / "articles.db")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "altered",
    ["'The park is shut.'", "''", "x'54686520'", "CAST(x'ff' AS TEXT)", "42"],
    ids=["other words", "empty", "bytes", "no UTF-8", "a number"],
)
def test_an_altered_text_is_damage(path: Path, altered: str) -> None:
    """A text without the hash it is kept under is never given out."""
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE text SET content = {altered}")
    connection.close()

    with TextStore(path) as store, pytest.raises(IndexDamaged, match=r"articles\.db"):
        store.get(text_sha256(PARK))


@pytest.mark.parametrize("writable", [False, True], ids=["reading", "writing"])
@pytest.mark.parametrize(
    "content",
    [b"This is a letter and no database. " * 200, b"SQLite format 3\0" + b"\xff" * 5000],
    ids=["a letter", "a broken header"],
)
def test_a_file_that_is_no_database_is_damage(path: Path, content: bytes, writable: bool) -> None:
    """Neither reader nor writer takes another file for the store."""
    path.write_bytes(content)

    with pytest.raises(IndexDamaged, match=r"articles\.db cannot be read"):  # noqa: SIM117
        with TextStore(path, writable=writable) as store:
            store.get(text_sha256(PARK))
    assert path.read_bytes() == content


def test_adding_to_a_broken_database_is_damage(path: Path) -> None:
    """A page that SQLite finds malformed while adding is named like any other damage."""
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * len(content[4096:])
    path.write_bytes(content)

    with TextStore(path, writable=True) as store, pytest.raises(IndexDamaged, match="malformed"):
        store.add([LIBRARY], FIRST)


def test_a_busy_database_is_not_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that finds the store locked by another program says so, since it may be sound."""
    connect = sqlite3.connect
    monkeypatch.setattr(
        "index.store.texts.sqlite3.connect",
        lambda *given, **settings: connect(*given, **(settings | {"timeout": 0})),
    )
    other = connect(path)
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        TextStore(path, writable=True)
    other.close()


WRITER_KILLED_HALF_WAY = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
connection.execute("BEGIN")
for number in range(50):
    connection.execute("INSERT INTO text VALUES (?, ?, '')", (str(number), "park " * 2000))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_texts_are_readable_after_a_writer_was_killed(path: Path) -> None:
    """A reader rolls back what a killed writer left half written, and answers as before."""
    writer = subprocess.run(
        [sys.executable, "-c", WRITER_KILLED_HALF_WAY, os.fspath(path)], check=False
    )
    journal = path.with_name("articles.db-journal")
    assert writer.returncode == -signal.SIGKILL
    assert journal.stat().st_size > 0, "the writer was killed in the middle of a transaction"

    with TextStore(path) as store:
        assert store.get(text_sha256(PARK)) == PARK
        assert store.get("0") is None


def test_an_erasure_that_stops_halfway_is_ended_by_the_next_writer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the unused parts of the file SQLite may leave copies of what was erased (here in 9 of 200
    stores of random texts). A build killed before they are gone leaves that to the next one."""
    gone = [f"Marmalade {number}. " * 400 for number in range(20)]
    with TextStore(path, writable=True) as store:
        store.add(gone, FIRST)
        with monkeypatch.context() as patch:
            patch.setattr(TextStore, "_end_erasing", lambda _store: None)
            store.erase([text_sha256(text) for text in gone])
    assert unused(path) >= 20

    TextStore(path, writable=True).close()

    assert unused(path) == 0
    assert b"Marmalade" not in path.read_bytes()
    with TextStore(path) as store:
        assert store.hashes() == [text_sha256(PARK)]


def unused(path: Path) -> int:
    """Pages of the file that hold nothing now."""
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("PRAGMA freelist_count").fetchone()
    return int(count)
