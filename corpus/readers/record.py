"""One record of named fields, from whatever format, as an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.article import Article
from corpus.errors import UnreadableFile
from corpus.readers.described import described
from corpus.readers.fields import ID, TEXT, first_text, metadata_from
from corpus.text import with_plain_newlines


def text_of(record: Mapping[str, Any]) -> str | None:
    """The text, under one of its usual names."""
    return next((record[name] for name in TEXT if isinstance(record.get(name), str)), None)


def read_record(record: object, article_id: str, file: str) -> Article:
    """The article of one record. `article_id` is used where the record has no id of its own.

    Raises UnreadableFile for what is no mapping or has no text.
    """
    if not isinstance(record, dict):
        raise UnreadableFile("is JSON, but not an object with fields")
    text = text_of(record)
    if text is None:
        raise UnreadableFile(f"has no text; it was looked for under {', '.join(TEXT)}")
    own_id = first_text(record, ID)
    return described(with_plain_newlines(text), own_id or article_id, file, metadata_from(record))
