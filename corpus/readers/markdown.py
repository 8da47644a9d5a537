"""Markdown with YAML front matter. The text is what follows it, markup included."""

from __future__ import annotations

import re
from typing import Any

import yaml

from corpus.article import Article
from corpus.errors import UnreadableFile
from corpus.readers.fields import metadata_from
from corpus.readers.plain import described
from corpus.text import with_plain_newlines

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)(?:^|\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
# Front matter is a page of fields; anything longer is an attack on the YAML reader.
_LONGEST_FRONT_MATTER = 64 * 1024


class _Fields(yaml.SafeLoader):
    """YAML without dates and without aliases: 2018-04 must stay what was written, and
    an alias can unfold a few lines to gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read here")
        return super().compose_node(parent, index)


_Fields.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_markdown(content: str, article_id: str, file: str) -> Article:
    """The article of a `.md` file. Raises UnreadableFile where the front matter is not YAML."""
    content = with_plain_newlines(content)
    found = _FRONT_MATTER.match(content)
    if found is None:
        if content.startswith("---\n") and not content[4:].lstrip().startswith("---"):
            raise UnreadableFile("opens front matter with --- and never closes it")
        return described(content, article_id, file, metadata_from({}), markdown=True)
    stated = metadata_from(_fields(found["yaml"]))
    return described(content[found.end() :], article_id, file, stated, markdown=True)


def _fields(front_matter: str) -> dict[str, Any]:
    if len(front_matter) > _LONGEST_FRONT_MATTER:
        raise UnreadableFile(f"has front matter of {len(front_matter)} characters")
    try:
        fields = yaml.load(front_matter, Loader=_Fields)  # noqa: S506 - derived from SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        # The mark counts from 0, and the front matter starts on the file's second line.
        where = f" (line {mark.line + 2} of the file)" if mark else ""
        raise UnreadableFile(f"has front matter that is not YAML{where}") from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise UnreadableFile("has front matter that is not a list of fields such as `title: …`")
    return fields
