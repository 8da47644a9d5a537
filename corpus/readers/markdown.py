"""Markdown with YAML front matter. The text is what follows it, markup included."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import yaml

from corpus.article import Article
from corpus.errors import UnreadableFile
from corpus.readers.described import described
from corpus.readers.fields import metadata_from
from corpus.text import with_plain_newlines

_OPENING = re.compile(r"---[ \t]*\n")
_FRONT_MATTER = re.compile(
    _OPENING.pattern + r"(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
# Front matter is a page of fields; anything longer is an attack on the YAML reader.
_LONGEST_FRONT_MATTER = 64 * 1024


class _Fields(yaml.BaseLoader):
    """YAML in which every value but null stays the words that were written (2018-04, 1.10, No).

    Tags mean nothing; aliases are refused, because they can unfold a few lines to gigabytes.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise UnreadableFile(
                f"has a YAML alias (*) in its front matter{_place(mark)}; "
                "write the value out, or put it in quotation marks"
            )
        return super().compose_node(parent, index)


_NULL = "tag:yaml.org,2002:null"
_Fields.add_implicit_resolver(_NULL, re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Fields.add_constructor(_NULL, lambda _loader, _node: None)


def read_markdown(content: str, article_id: str, file: str) -> Article:
    """The article of a `.md` file. Raises UnreadableFile where the front matter is not YAML."""
    content = with_plain_newlines(content)
    found = _FRONT_MATTER.match(content)
    if found is None:
        if _OPENING.match(content):
            raise UnreadableFile("opens front matter with --- and never closes it")
        return described(content, article_id, file, metadata_from({}), markdown=True)
    stated = metadata_from(_fields(found["yaml"]))
    text = content[found.end() :]
    if stated.imported is None:
        return described(text, article_id, file, stated, markdown=True)
    # The import wrote down all that the original showed, and only the original knows whether its
    # text is Markdown.
    markdown = stated.imported.file.lower().endswith(".md")
    return replace(described(text, article_id, file, stated, markdown=markdown), metadata=stated)


def _fields(front_matter: str) -> dict[str, Any]:
    if len(front_matter) > _LONGEST_FRONT_MATTER:
        raise UnreadableFile(f"has front matter of {len(front_matter)} characters")
    try:
        fields = yaml.load(front_matter, Loader=_Fields)  # noqa: S506 - gives only strings, lists and dicts
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = _place(getattr(error, "problem_mark", None))
        raise UnreadableFile(f"has front matter that is not YAML{where}") from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise UnreadableFile("has front matter that is not a list of fields such as `title: …`")
    return fields


def _place(mark: yaml.Mark | None) -> str:
    # The mark counts from 0, and the front matter starts on the file's second line.
    return f" (line {mark.line + 2} of the file)" if mark else ""
