"""JSON Lines: one article a line, under the usual field names, streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from corpus.article import Article
from corpus.collection.skip import Skip, capped
from corpus.errors import UnreadableFile
from corpus.readers.record import read_record
from corpus.text import LARGEST_TEXT_BYTES


def read_json_lines(stream: BinaryIO, stem: str, file: str) -> Iterator[Article | Skip]:
    """The articles of a file, in its order; a bad line costs only itself and is named.

    stem: what the ids of records without one begin with; `#` and the number of the line follow.
    Raises OSError where the stream does.
    """
    return capped(_read(stream, stem, file), file)


def _read(stream: BinaryIO, stem: str, file: str) -> Iterator[Article | Skip]:
    number = 0
    while line := stream.readline(LARGEST_TEXT_BYTES + 1):
        number += 1
        where = f"{file}#{number}"
        if len(line) > LARGEST_TEXT_BYTES:
            yield Skip(where, f"is longer than {LARGEST_TEXT_BYTES / 1e6:.0f} MB")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST_TEXT_BYTES)
            continue
        if not line.strip():
            continue
        try:
            record = line.decode("utf-8-sig" if number == 1 else "utf-8")
            yield read_jsonl(record, f"{stem}#{number}", file)
        except UnicodeDecodeError:
            yield Skip(where, "is not UTF-8; JSON Lines must be")
        except UnreadableFile as error:
            yield Skip(where, str(error))


def read_jsonl(line: str, article_id: str, file: str) -> Article:
    """The article of one line. `article_id` is used where the record has no id of its own.

    Raises UnreadableFile for a line that is no JSON object or has no text.
    """
    try:
        record: object = json.loads(line)
    except ValueError as error:
        raise UnreadableFile("is not JSON; the line may be cut off") from error
    except RecursionError as error:
        raise UnreadableFile("is nested too deeply") from error
    return read_record(record, article_id, file)
