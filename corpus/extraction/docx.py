"""DOCX: the words of a Word document in the order in which they are read.

A .docx is a zip of XML. It is read with lxml alone, since python-docx gives a paragraph's text
without what a tracked change inserted and without what stands in a content control.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import UnreadableFile
from corpus.extraction.extracted import Extracted
from corpus.extraction.properties import stated
from corpus.text import LARGEST_TEXT_BYTES, checked, with_plain_newlines

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Eight times the longest text that an article may have, for the markup around it; a part that
# unpacks to more is taken for a bomb.
_LARGEST_PART = 64 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and the wrapping of a document with a password
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = (f"{_KIND}.document.main+xml", f"{_KIND}.template.main+xml")
_OTHER_OFFICE = {"xl/": "a spreadsheet", "ppt/": "a presentation", "content.xml": "OpenDocument"}

# Deleted and moved away; code of fields; the second rendering of what Word shows otherwise.
_UNSEEN = frozenset("del moveFrom Fallback instrText delText".split())
# A cell that ends like this is prose and not a value in a row.
_ENDED = re.compile(r"[.!?…][\"'’”»)\]]*$")
_NO_CHARACTER = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)} - {ord("\t"), ord("\n")}, "\ufffd"
)


def extract_docx(data: bytes) -> Extracted:
    """The paragraphs of a Word document, rows of tables as lines with tabs, notes at the end.

    Tracked insertions count, deletions and hidden text do not; heads and feet of pages are left
    out. Raises UnreadableFile with the reason for what is no .docx, holds macros, needs a
    password, is damaged or empty.
    """
    with _opened(data) as archive:
        names = frozenset(archive.namelist())
        main = _main_part(archive, names)
        folder = posixpath.dirname(main)
        paragraphs = list(_blocks(_body(_parsed(archive, main))))
        for notes in ("footnotes.xml", "endnotes.xml"):
            if (part := posixpath.join(folder, notes)) in names:
                paragraphs += _notes(_parsed(archive, part))
        title, author = _properties(archive, names)
    text = "\n\n".join(paragraphs)
    if not text:
        raise UnreadableFile("is a Word document without text")
    if len(text.encode()) > LARGEST_TEXT_BYTES:
        raise UnreadableFile(f"has more than {LARGEST_TEXT_BYTES / 1e6:.0f} MB of text; split it")
    return Extracted(checked(text), stated(title, author, "document properties"))


def _opened(data: bytes) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile("is protected by a password; save it without one and add it again")
        raise UnreadableFile(
            "is a Word document of the old kind (.doc); save it as .docx and add it again"
        )
    if not data.startswith(b"PK"):
        raise UnreadableFile("is not a Word document (.docx), whatever its name says")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableFile("is a .docx that was cut off; get the file again") from error


def _main_part(archive: zipfile.ZipFile, names: frozenset[str]) -> str:
    if "[Content_Types].xml" in names:
        for part in _parsed(archive, "[Content_Types].xml"):
            kind = str(part.get("ContentType", ""))
            if "ms-word" in kind and "macroEnabled" in kind:
                raise UnreadableFile(
                    "is a Word document with macros (.docm); save it as .docx and add it again"
                )
            name = str(part.get("PartName", "")).lstrip("/")
            if kind in _MAIN and name in names:
                return name
    if "word/document.xml" in names:
        return "word/document.xml"
    for name, kind in _OTHER_OFFICE.items():
        if any(other.startswith(name) for other in names):
            raise UnreadableFile(f"is {kind} and not a Word document; save it as .docx")
    raise UnreadableFile("is a zip archive but not a Word document (.docx)")


def _parsed(archive: zipfile.ZipFile, name: str) -> Element:
    """The XML of a part. Nothing outside it is fetched and no entity is expanded."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        if archive.getinfo(name).file_size > _LARGEST_PART:
            raise UnreadableFile(_too_large(name))
        with archive.open(name) as part:
            content = part.read(_LARGEST_PART + 1)
        if len(content) > _LARGEST_PART:
            raise UnreadableFile(_too_large(name))
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"is a damaged .docx: {name} is not XML") from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
        raise UnreadableFile(f"is a damaged .docx: {name} cannot be unpacked") from error
    except (RuntimeError, NotImplementedError) as error:  # a zip with a password, or odd packing
        raise UnreadableFile(
            f"is a .docx whose part {name} is packed with a password or in an unknown way; "
            "save it again with Word"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile(f"is no proper .docx: {name} declares a document type")
    return root


def _too_large(name: str) -> str:
    return f"unpacks to more than {_LARGEST_PART // 1024**2} MB in {name}, which no article does"


def _name(element: Element) -> str:
    """Without the namespace, since Word writes one of two."""
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next(
        (str(value) for key, value in element.items() if key.rpartition("}")[2] == name), ""
    )


def _body(root: Element) -> Element:
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise UnreadableFile("is a damaged .docx: its main part has no body")
    return body


def _notes(root: Element) -> Iterator[str]:
    for note in root:
        # Others are the lines that Word draws between text and notes.
        if _attribute(note, "type") in ("", "normal"):
            yield from _blocks(note)


def _blocks(container: Element) -> Iterator[str]:
    """The paragraphs and tables of a body, a cell or a note that hold anything, in order."""
    begun = ""
    for block in _seen(container):
        if _name(block) == "p":
            words, boxes = _paragraph(block)
            if _is_deleted_mark(block):
                begun += words
            else:
                yield from filter(None, [_trimmed(begun + words)])
                begun = ""
            yield from boxes
        elif _name(block) == "tbl":
            yield from filter(None, [_trimmed(begun)])
            begun = ""
            yield from _table(block)
    yield from filter(None, [_trimmed(begun)])


def _seen(container: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those inside content controls and insertions."""
    for child in container:
        if _name(child) in ("p", "tbl"):
            yield child
        elif _name(child) not in _UNSEEN:
            yield from _seen(child)


def _table(table: Element) -> Iterator[str]:
    """Rows of short values as lines with tabs; cells of prose as paragraphs, row by row."""
    lines: list[str] = []
    for row in _named(table, "tr"):
        if any(_name(mark) == "del" for mark in _marks(row, "trPr")):
            continue
        cells = [list(_blocks(cell)) for cell in _named(row, "tc")]
        if all(len(cell) <= 1 and not _ENDED.search("".join(cell)) for cell in cells):
            values = (" ".join("".join(cell).split()) for cell in cells)
            lines += filter(None, ["\t".join(values).strip()])
            continue
        yield from filter(None, ["\n".join(lines)])
        lines = []
        yield from (paragraph for cell in cells for paragraph in cell)
    yield from filter(None, ["\n".join(lines)])


def _named(container: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those inside content controls, but none of a table inside."""
    for child in container:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _named(child, name)


def _paragraph(paragraph: Element) -> tuple[str, list[str]]:
    """The words of a paragraph, and the paragraphs of text boxes that hang on it."""
    words: list[str] = []
    boxes: list[str] = []
    _collect(paragraph, words, boxes)
    return with_plain_newlines("".join(words)).translate(_NO_CHARACTER), boxes


def _collect(element: Element, words: list[str], boxes: list[str]) -> None:
    for child in element:
        name = _name(child)
        if name in _UNSEEN or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            words.append(child.text or "")
        elif name == "txbxContent":
            boxes += _blocks(child)
        elif name in ("br", "cr"):
            words.append("\n")
        elif name in ("tab", "ptab"):
            words.append("\t")
        elif name == "noBreakHyphen":
            words.append("\u2011")
        elif name == "sym":
            words.append(_symbol(_attribute(child, "char")))
        elif name not in ("pPr", "rPr"):
            _collect(child, words, boxes)


def _symbol(code: str) -> str:
    """A character of a symbol font: a bullet, or one that has no place in Unicode."""
    return "•" if code.upper() in ("F0B7", "F0A7", "00B7") else "\ufffd"


def _marks(element: Element, properties: str) -> Iterator[Element]:
    return (mark for child in element if _name(child) == properties for mark in child)


def _is_hidden(run: Element) -> bool:
    return any(
        _name(mark) == "vanish" and _attribute(mark, "val") not in ("0", "false", "off")
        for mark in _marks(run, "rPr")
    )


def _is_deleted_mark(paragraph: Element) -> bool:
    """Whether a tracked change has joined the paragraph to the one after it."""
    return any(
        _name(mark) == "del"
        for properties in _marks(paragraph, "pPr")
        if _name(properties) == "rPr"
        for mark in properties
    )


def _trimmed(words: str) -> str:
    return "\n".join(line.rstrip() for line in words.split("\n")).strip()


def _properties(archive: zipfile.ZipFile, names: frozenset[str]) -> tuple[str, str]:
    if "docProps/core.xml" not in names:
        return "", ""
    said = {_name(field): field.text or "" for field in _parsed(archive, "docProps/core.xml")}
    return said.get("title", ""), said.get("creator", "")
