"""The blocks of a page: what a browser shows as paragraphs, headings, list items and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.extraction.html.characters import shown
from corpus.extraction.html.parsing import Node

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main menu nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_UNSEEN = frozenset(
    "applet audio button canvas datalist embed head iframe input link map math meta noscript "
    "object option script select style svg template textarea title video".split()
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(" {2,}")
_SPACED_TAB = re.compile(r" ?\t[ \t]*")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """text: one paragraph; a line break of the page is a newline, cells of a row are separated by
        tabs, and nothing else of what the page says is changed.
    node: the element that it begins in.
    linked: characters of the text that stand in links.
    """

    text: str
    node: Node
    linked: int


def blocks_of(body: Node) -> Iterator[Block]:
    """The blocks below `body` that a reader can see, in the order of the page.

    The tree must hold no comments.
    """
    from lxml import etree

    pieces: list[str] = []
    linked = preformatted = links = 0
    container = body
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if _is_unseen(node):
                walk.skip_subtree()
                continue
            if node.tag in _BLOCKS:
                yield from _paragraphs(pieces, container, linked)
                pieces, linked, container = [], 0, node
            preformatted += node.tag == "pre"
            links += node.tag == "a"
            pieces.append({"br": "\n", "td": "\t", "th": "\t", "q": "“"}.get(node.tag, ""))
            words = _words(node.text, preformatted)
        else:
            if not _is_unseen(node):
                # Browsers set the marks of `q`, so they are part of what the page says.
                pieces.append("”" if node.tag == "q" else "")
                if node.tag in _BLOCKS:
                    yield from _paragraphs(pieces, container, linked)
                    pieces, linked, container = [], 0, node.getparent()
                preformatted -= node.tag == "pre"
                links -= node.tag == "a"
            if node is body:
                break
            words = _words(node.tail, preformatted)
        pieces.append(words)
        linked += len(words.strip()) if links else 0
    yield from _paragraphs(pieces, container, linked)


def text_of(node: Node) -> str:
    """What a reader sees of one element, on one line."""
    return shown(" ".join(block.text for block in blocks_of(node))).strip()


def short_text_of(node: Node, longest: int) -> str | None:
    """What a reader sees of an element of at most `longest` characters; None for a longer one."""
    length = 0
    for piece in node.itertext():
        length += len(piece.strip())
        if length > longest:
            return None
    return text_of(node)


def _is_unseen(node: Node) -> bool:
    # Whole pages are hidden until a script has run.
    return node.tag in _UNSEEN or (
        node.tag not in {"body", "main", "article"}
        and (
            node.get("hidden") is not None
            or _HIDING_STYLE.search(node.get("style") or "") is not None
        )
    )


def _words(content: str | None, preformatted: int) -> str:
    if not content:
        return ""
    if preformatted:
        return "\n".join(shown(line) for line in content.split("\n"))
    return shown(content)


def _paragraphs(pieces: list[str], container: Node, linked: int) -> Iterator[Block]:
    """Two line breaks in a row are how old pages part their paragraphs."""
    content = _SPACED_TAB.sub("\t", _SPACES.sub(" ", "".join(pieces)))
    lines = "\n".join(line.strip(" \t") for line in content.split("\n"))
    for paragraph in re.split(r"\n{2,}", lines):
        if words := paragraph.strip():
            yield Block(words, container, min(linked, len(words)))
