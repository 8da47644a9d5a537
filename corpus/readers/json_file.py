"""A file that is one JSON value: an article, a list of them, or an object around such a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from corpus.article import Article
from corpus.collection.skip import Skip, capped
from corpus.errors import UnreadableFile
from corpus.readers.record import read_record, text_of

# Unlike JSON Lines, such a file must be held whole. 64 MiB are 12,000 articles of 800 words and
# take up to 0.4 GB while they are read.
LARGEST_JSON_BYTES = 64 * 1024 * 1024
# A value takes up to 240 bytes, an empty list in a file two. Of 64 MiB of news fewer than a
# million bytes are commas or open brackets; of as much made to fill the memory, most.
MOST_VALUES = 4_000_000
_USE_LINES = "save it as JSON Lines (.jsonl), one article a line, which may have any size"


def read_json(stream: BinaryIO, stem: str, file: str) -> Iterator[Article | Skip]:
    """The articles of a file, in its order; a bad record costs only itself and is named.

    An object with a text is one article, and its id is `stem` if it has none. In a list the
    records are counted from 1, and those without an id get `stem#NUMBER`.
    Raises OSError where the stream does.
    """
    return capped(_read(stream, stem, file), file)


def _read(stream: BinaryIO, stem: str, file: str) -> Iterator[Article | Skip]:
    value = _loaded(stream)
    records = _records(value)
    if records is None:
        yield read_record(value, stem, file)
        return
    if not records:
        raise UnreadableFile("is an empty list")
    for number, record in enumerate(records, start=1):
        try:
            yield read_record(record, f"{stem}#{number}", file)
        except UnreadableFile as error:
            yield Skip(f"{file}#{number}", str(error))


def _loaded(stream: BinaryIO) -> object:
    data = stream.read(LARGEST_JSON_BYTES + 1)
    if len(data) > LARGEST_JSON_BYTES:
        raise UnreadableFile(
            f"is JSON of more than {LARGEST_JSON_BYTES / 1e6:.0f} MB; {_USE_LINES}"
        )
    if not data.strip():
        raise UnreadableFile("is empty")
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise UnreadableFile(f"is JSON of more than {MOST_VALUES:,} values; {_USE_LINES}")
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"is not JSON at line {error.lineno}, column {error.colno}; it may be cut off"
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile("is not UTF-8; JSON must be") from error
    except RecursionError as error:
        raise UnreadableFile("is nested too deeply") from error
    except ValueError as error:
        raise UnreadableFile("is JSON with a number that is too long") from error


def _records(value: object) -> list[object] | None:
    """The list of records; None where `value` is itself one. Raises UnreadableFile where an
    object is neither, or holds several lists."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or text_of(value) is not None:
        return None
    lists = [
        items
        for items in value.values()
        if isinstance(items, list) and any(isinstance(item, dict) for item in items)
    ]
    if len(lists) > 1:
        raise UnreadableFile("holds several lists of records; save the one that is meant")
    return next(iter(lists), None)
