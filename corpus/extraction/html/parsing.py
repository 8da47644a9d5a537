"""The tree of a page."""

from __future__ import annotations

from typing import Any

from corpus.errors import UnreadableFile
from corpus.extraction.html.characters import without_controls

# An element of lxml, which has no types of its own.
Node = Any


def parsed(content: str) -> Node:
    """The root of the page's tree, without comments, which would part the words around them.

    Raises UnreadableFile for what cannot be parsed, or not to its end.
    """
    from lxml import etree, html

    # The parser is given UTF-8 whatever the page declares. Old pages leave a `font` open in every
    # paragraph, which nests them deeper than the 256 levels that are allowed without huge_tree.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(
            without_controls(content).encode("utf-8", "replace"), parser=parser
        )
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile("cannot be parsed as a web page") from error
    # At 2,048 levels it stops and keeps what it has, which would be a text that breaks off.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableFile("is nested too deeply to be read to its end")
    return root
