"""One file of a collection: which format it has, and the articles that it becomes."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from corpus.article import Article, Imported
from corpus.collection.skip import Skip
from corpus.encoding import decoded
from corpus.errors import UnreadableFile
from corpus.extraction import Extractor
from corpus.readers import (
    read_json,
    read_json_lines,
    read_markdown,
    read_plain,
    read_table,
    unpacked,
)
from corpus.readers.described import described
from corpus.text import LARGEST_TEXT_BYTES

# A page that a browser saved with its pictures inside, or a report with photographs. Larger
# files are films and disk images.
LARGEST_ORIGINAL_BYTES = 128 * 1024 * 1024

# Formats by the end of the name: the text itself; many records, read as a stream; and files that
# a text is extracted from.
_TEXTS: dict[str, Callable[[str, str, str], Article]] = {".txt": read_plain, ".md": read_markdown}
_RECORDS: dict[str, Callable[[BinaryIO, str, str], Iterator[Article | Skip]]] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".jl": read_json_lines,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
}
_PACKED = ".gz"  # of records
_EXTRACTED = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}

# (file, SHA-256 of its bytes) to the article that an earlier reading of these bytes gave, or None.
# What has not changed costs nothing, and a page keeps its text, and so its citations, when the
# extractor is improved.
Known = Callable[[str, str], Article | None]


def nothing_known(_file: str, _sha256: str) -> Article | None:
    """Nothing was read before."""
    return None


def format_of(name: str) -> str | None:
    """The end of a file's name that tells its format, in lower case; None where nothing reads
    such a file."""
    folded = name.lower()
    ends = (*_TEXTS, *_RECORDS, *(end + _PACKED for end in _RECORDS), *_EXTRACTED)
    return next((end for end in ends if folded.endswith(end) and folded != end), None)


def read_file(
    path: Path,
    file: str,
    notes: list[Skip],
    known: Known,
    extractor: Extractor,
    advance: Callable[[int], None],
) -> Iterator[Article | Skip]:
    """The articles of the file at `path`, which is `file` in its collection.

    Nothing that a file holds raises: what cannot be read is a named skip.
    notes, known, advance: see `corpus.collection.folder.read_articles`.
    """
    end = format_of(path.name)
    try:
        if end is None:
            yield Skip(file, "is in no format that is read")
            return
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Skip(file, "is not a regular file")
            return
        stem = file[: -len(end)]
        if (records := end.removesuffix(_PACKED)) in _RECORDS:
            with path.open("rb") as stream:
                source = unpacked(stream) if end.endswith(_PACKED) else stream
                at = 0
                for found in _RECORDS[records](source, stem, file):
                    yield found
                    advance(stream.tell() - at)
                    at = stream.tell()
            return
        if end in _TEXTS:
            yield _read_text(path, end, stem, file, notes, known, status.st_size)
        else:
            yield from _read_original(path, end, stem, file, known, extractor, status.st_size)
        advance(status.st_size)
    except UnreadableFile as error:
        yield Skip(file, str(error))
    except OSError as error:
        yield Skip(file, f"cannot be read: {error.strerror or error}")


def _read_text(
    path: Path, end: str, stem: str, file: str, notes: list[Skip], known: Known, size: int
) -> Article:
    if size > LARGEST_TEXT_BYTES:
        raise UnreadableFile(
            f"has {size / 1e6:,.0f} MB; one article may have {LARGEST_TEXT_BYTES / 1e6:.0f}. "
            "Split it, or save many articles as .jsonl"
        )
    data = _bytes(path, LARGEST_TEXT_BYTES)
    sha256 = hashlib.sha256(data).hexdigest()
    content, encoding = decoded(data)
    if encoding is not None:
        notes.append(Skip(file, f"is not UTF-8 and was read as {encoding}; save it as UTF-8"))
    if (before := known(file, sha256)) is not None:
        return before
    return replace(_TEXTS[end](content, stem, file), bytes_sha256=sha256)


def _read_original(
    path: Path, end: str, stem: str, file: str, known: Known, extractor: Extractor, size: int
) -> Iterator[Article | Skip]:
    if size > LARGEST_ORIGINAL_BYTES:
        raise UnreadableFile(
            f"has {size / 1e6:,.0f} MB; one file may have {LARGEST_ORIGINAL_BYTES / 1e6:.0f}"
        )
    data = _bytes(path, LARGEST_ORIGINAL_BYTES)
    imported = Imported(path.name, hashlib.sha256(data).hexdigest())
    if (before := known(file, imported.sha256)) is not None:
        # The rules that mark furniture may have changed; the text never does.
        again = described(before.text, before.article_id, file, before.metadata)
        yield replace(again, bytes_sha256=imported.sha256)
        return
    held = extractor.extract(_EXTRACTED[end], data)
    for number, item in enumerate(held, 1):
        if isinstance(item, Skip):
            yield Skip(f"{file} ({item.where})", item.reason)
            continue
        own = item.article_id or (stem if len(held) == 1 else f"{stem}#{number}")
        try:
            _require_size(item.text)
            stated = replace(item.metadata, imported=imported)
            bytes_sha256 = imported.sha256 if len(held) == 1 else ""
            yield replace(described(item.text, own, file, stated), bytes_sha256=bytes_sha256)
        except UnreadableFile as error:
            yield Skip(f"{file}#{number}" if len(held) > 1 else file, str(error))


def _bytes(path: Path, most: int) -> bytes:
    """The file, which had at most so many bytes a moment ago."""
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise UnreadableFile("grows while it is read; build again when it is whole")
    return data


def _require_size(text: str) -> None:
    if len(text) > LARGEST_TEXT_BYTES:
        raise UnreadableFile(
            f"holds a text of {len(text) / 1e6:,.0f} million characters; one article may have "
            f"{LARGEST_TEXT_BYTES / 1e6:.0f}"
        )
