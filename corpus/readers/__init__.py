"""From the bytes of one file to articles, one module for each format.

A reader takes `(content, article_id, file)` with the decoded content and gives articles; what
cannot become one raises `UnreadableFile` with the reason.
"""

from corpus.readers.jsonl import read_json_lines, read_jsonl
from corpus.readers.markdown import read_markdown
from corpus.readers.plain import read_plain

__all__ = ["read_json_lines", "read_jsonl", "read_markdown", "read_plain"]
