"""From the content of one file to articles, one module for each format.

A reader of files that hold one article takes `(content, article_id, file)` with the decoded
content; what cannot become an article raises `UnreadableFile` with the reason. A reader of files
that hold many takes `(stream, stem, file)` with the open bytes and gives articles and skips.
"""

from corpus.readers.json_file import read_json
from corpus.readers.jsonl import read_json_lines, read_jsonl
from corpus.readers.markdown import read_markdown
from corpus.readers.packed import unpacked
from corpus.readers.plain import read_plain
from corpus.readers.table import read_table

__all__ = [
    "read_json",
    "read_json_lines",
    "read_jsonl",
    "read_markdown",
    "read_plain",
    "read_table",
    "unpacked",
]
