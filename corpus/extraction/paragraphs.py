"""A piece of HTML, such as an entry of a feed, as plain paragraphs."""

from __future__ import annotations

import re

from corpus.errors import UnreadableFile

_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul".split()
)
_UNSEEN = frozenset(
    "audio canvas embed head iframe math noscript object script style svg template title video"
    .split()
)  # fmt: skip
_ENDS_PARAGRAPH = re.compile(r"\n\s*\n")
# White space that a browser runs together; a no-break space is a character like any other.
_WHITE = re.compile(r"[ \t\n\r\f]+")


def paragraphs_of(html: str) -> str:
    """The words of `html` without markup, entities decoded, paragraphs separated by an empty
    line. A single line break stays one; white space inside a line becomes one space.

    Raises UnreadableFile for what cannot be HTML.
    """
    import lxml.etree
    import lxml.html

    if not html.strip():
        return ""
    # Neither a network nor trees of any depth, which lxml refuses unless it is asked for them.
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = lxml.html.document_fromstring(html, parser=parser)
    except lxml.etree.ParserError:  # nothing but comments and the like
        return ""
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableFile("has text that cannot be read as HTML") from error
    if any(entry.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableFile("has HTML that is nested too deeply")
    parts: list[str] = []
    unseen = 0
    for event, element in lxml.etree.iterwalk(root, events=("start", "end", "pi", "comment")):
        if event == "start":
            unseen += element.tag in _UNSEEN
            parts.append(_break(element.tag))
            words = element.text
        else:
            unseen -= event == "end" and element.tag in _UNSEEN
            parts.append("" if element.tag == "br" else _break(element.tag))
            words = element.tail
        if words and not unseen:
            parts.append(_WHITE.sub(" ", words))
    paragraphs = _ENDS_PARAGRAPH.split("".join(parts))
    return "\n\n".join(filter(None, map(_lines, paragraphs)))


def _lines(paragraph: str) -> str:
    lines = (_WHITE.sub(" ", line).strip(" ") for line in paragraph.split("\n"))
    return "\n".join(filter(None, lines))


def _break(tag: object) -> str:
    return "\n\n" if tag in _BLOCKS else "\n" if tag == "br" else ""
