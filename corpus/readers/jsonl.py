"""JSON Lines: one article a line, under the usual field names."""

from __future__ import annotations

import json
from typing import Any

from corpus.article import Article
from corpus.errors import UnreadableFile
from corpus.readers.described import described
from corpus.readers.fields import ID, TEXT, first_text, metadata_from
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
