"""JSON Lines: one article a line, under the usual field names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpus.article import Article
from corpus.errors import UnreadableFile
from corpus.readers.described import described
from corpus.readers.fields import ID, TEXT, first_text, metadata_from
from corpus.skip import Skip
from corpus.text import with_plain_newlines


def read_jsonl(line: str, article_id: str, file: str) -> Article:
    """The article of one line. `article_id` is used where the record has no id of its own.

    Raises UnreadableFile for a line that is no JSON object or has no text.
    """
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("is not JSON; the line may be cut off") from error
    if not isinstance(record, dict):
        raise UnreadableFile("is JSON, but not an object with fields")
    text = next((record[name] for name in TEXT if isinstance(record.get(name), str)), None)
    if text is None:
        raise UnreadableFile(f"has no text; it was looked for under {', '.join(TEXT)}")
    own_id = first_text(record, ID)
    return described(with_plain_newlines(text), own_id or article_id, file, metadata_from(record))


_LARGEST_LINE = 8 * 1024 * 1024


def read_json_lines(stream: BinaryIO, stem: str, file: str) -> Iterator[Article | Skip]:
    number = 0
    while line := stream.readline(_LARGEST_LINE + 1):
        number += 1
        where = f"{file}#{number}"
        if len(line) > _LARGEST_LINE:
            yield Skip(where, f"is longer than {_LARGEST_LINE / 1e6:.0f} MB")
            while line and not line.endswith(b"\n"):
                line = stream.readline(_LARGEST_LINE)
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
