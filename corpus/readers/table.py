"""Tables: CSV and TSV, one article a row, under the usual field names, streamed."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from corpus.article import Article
from corpus.collection.skip import MOST_NAMED, Skip, capped
from corpus.encoding import decoded, marked_encoding
from corpus.errors import UnreadableFile
from corpus.readers.fields import NAMES, TEXT
from corpus.readers.record import read_record
from corpus.text import LARGEST_TEXT_BYTES

_DELIMITERS = (",", ";", "\t")
# UTF-16 has no lines of bytes, so such a table is held whole. Spreadsheets write it, and they
# hold no more than a million rows.
LARGEST_UTF16_BYTES = 64 * 1024 * 1024
_TOO_LONG = f"is longer than {LARGEST_TEXT_BYTES / 1e6:.0f} MB; a quotation mark may not be closed"


def read_table(stream: BinaryIO, stem: str, file: str) -> Iterator[Article | Skip]:
    """The articles of a table, in its order; a bad row costs only itself and is named.

    The first row names the columns, in any case, and one of them holds the text; what separates
    them is the comma, semicolon or tab that makes it so. Rows are told by the number of the line
    that they begin on: where one has no id, its id is `stem#LINE`. A row that is not UTF-8 is
    read in the encoding that it most likely is in, and has evidence for that under "text".
    Raises OSError where the stream does.
    """
    return capped(_read(stream, stem, file), file)


def _read(stream: BinaryIO, stem: str, file: str) -> Iterator[Article | Skip]:
    # The limit is the whole process's. No field is longer than its row, which is bounded.
    csv.field_size_limit(LARGEST_TEXT_BYTES)
    buffered = io.BufferedReader(stream)  # type: ignore[type-var]
    try:
        mark = marked_encoding(buffered.peek(4)[:4])
        source = buffered if mark in {None, "utf-8-sig"} else _as_utf8(buffered)
        yield from _rows(_Lines(source), stem, file)
    finally:
        buffered.detach()  # else the caller's stream would be closed with it


def _as_utf8(stream: BinaryIO) -> BinaryIO:
    data = stream.read(LARGEST_UTF16_BYTES + 1)
    if len(data) > LARGEST_UTF16_BYTES:
        raise UnreadableFile(
            f"is a UTF-16 table of more than {LARGEST_UTF16_BYTES / 1e6:.0f} MB; save it as UTF-8"
        )
    return io.BytesIO(decoded(data)[0].encode("utf-8", "surrogatepass"))


class _BadRow(UnreadableFile):
    """Costs one row, where another UnreadableFile ends the table."""


class _Lines:
    """The lines of a table, decoded, and those of the row at hand, which may be taken back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._again: deque[bytes] = deque()
        self._guess: str | None = None
        self.number = 0
        self.begin_row()

    def begin_row(self) -> None:
        self.row: list[bytes] = []
        self.guessed: str | None = None
        self._room = LARGEST_TEXT_BYTES

    def take_back(self) -> None:
        """All lines of the row but its first will come again."""
        self.number -= len(self.row) - 1
        self._again.extendleft(reversed(self.row[1:]))

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        if line is None:
            raise StopIteration
        self.number += 1
        self.row.append(line)
        self._room -= len(line)
        if not line or self._room < 0:
            raise _BadRow(_TOO_LONG)
        return self.text(line)

    def _read(self) -> bytes | None:
        """The next line; nothing stands for one that is too long, None for the end."""
        line = self._stream.readline(LARGEST_TEXT_BYTES + 1)
        if len(line) <= LARGEST_TEXT_BYTES:
            return line or None
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(LARGEST_TEXT_BYTES)
        return b""

    def text(self, line: bytes) -> str:
        try:
            return line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError:
            pass
        try:
            if self._guess is None:
                # Told once, because telling takes milliseconds and a table has a million rows.
                text, self._guess = decoded(line)
            else:
                text = line.decode(self._guess)
        except (UnreadableFile, UnicodeDecodeError) as error:
            raise _BadRow("is not UTF-8") from error
        self.guessed = self._guess
        return text


def _rows(lines: _Lines, stem: str, file: str) -> Iterator[Article | Skip]:
    names, delimiter = _header(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    taken_back = 0
    while True:
        lines.begin_row()
        number = lines.number + 1
        try:
            cells = next(reader, None)
        except (csv.Error, _BadRow) as error:
            # A quotation mark that is never closed takes what follows for its own. To read that
            # again costs up to the longest row each time, so it is not done for ever.
            taken_back += len(lines.row) > 1
            if taken_back <= MOST_NAMED:
                lines.take_back()
            cells = _as_it_stands(lines, delimiter)
            if cells is None or len(cells) != len(names):
                yield Skip(f"{file}#{number}", _reason(error))
                continue
        if cells is None:
            return
        try:
            if any(cells):  # spreadsheets end in rows of nothing
                yield _article(names, cells, lines.guessed, f"{stem}#{number}", file)
        except UnreadableFile as error:
            yield Skip(f"{file}#{number}", str(error))


def _header(lines: _Lines) -> tuple[tuple[str | None, ...], str]:
    """The name of each column as the other formats have it, None for others; and the delimiter."""
    first = next(lines, "")
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([first], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        names = tuple(NAMES.get(cell.strip().casefold().replace(" ", "_")) for cell in cells)
        if any(name in TEXT for name in names):
            return names, delimiter
    raise UnreadableFile(
        "has no column for the text; the first row of a table must name its columns, one of them "
        + ", ".join(TEXT)
    )


def _as_it_stands(lines: _Lines, delimiter: str) -> list[str] | None:
    """The cells of a line of tabs in which quotation marks are only characters, as they are in
    tables that no spreadsheet wrote."""
    if delimiter != "\t" or not lines.row[0]:
        return None
    try:
        return lines.text(lines.row[0]).rstrip("\r\n").split(delimiter)
    except _BadRow:
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, UnreadableFile):
        return str(error)
    return "is no row of a table: a quotation mark stands inside a field or is never closed"


def _article(
    names: tuple[str | None, ...], cells: list[str], guessed: str | None, article_id: str, file: str
) -> Article:
    if len(cells) != len(names):
        raise UnreadableFile(f"has {len(cells)} fields, where the first row has {len(names)}")
    if any("\0" in cell for cell in cells):
        raise UnreadableFile("holds a NUL, which is not text")
    record: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=True):
        if name and cell.strip():
            record.setdefault(name, cell)
    article = read_record(record, article_id, file)
    if guessed is None:
        return article
    evidence = (*article.metadata.evidence, ("text", f"read as {guessed}, not being UTF-8"))
    return replace(article, metadata=replace(article.metadata, evidence=tuple(sorted(evidence))))
