"""Plain text as people paste it from news sites: the page's furniture is the only metadata."""

from __future__ import annotations

from corpus.article import Article, Metadata
from corpus.readers.described import described
from corpus.text import with_plain_newlines


def read_plain(content: str, article_id: str, file: str) -> Article:
    """The article of a `.txt` file; its text is all of `content`."""
    return described(with_plain_newlines(content), article_id, file, Metadata())
