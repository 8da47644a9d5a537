"""From the bytes of a page to the characters that a browser shows."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from corpus.encoding import is_damaged_utf8
from corpus.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# `<meta charset=…>`, `<meta http-equiv … content="text/html; charset=…">`, `<?xml encoding=…?>`.
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
# Where browsers look for it, with room for what they write before it when they save a page.
_HEAD_BYTES = 4096
# Every browser reads these labels as windows-1252, because pages that carry them are written so.
_WESTERN = {"ascii", "iso8859-1", "latin_1"}
# Codecs of Python that no browser has; some would rewrite what looks like an escape.
_NOT_OF_PAGES = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
_LEGACY_ENCODINGS = ["cp1252", "latin_1", "mac_roman"]

_WHITE = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(
    "&#(?:x0*(?P<hex>[0-9a-f]{1,2})(?![0-9a-f])|0*(?P<decimal>[0-9]{1,3})(?![0-9]));?",
    re.IGNORECASE,
)
# `&#146;` means windows-1252's curly mark to every browser, though the number is a control's.
_REFERRED = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D}
}


def decoded(data: bytes) -> tuple[str, int | None]:
    """The characters of a page, and the place of the first byte that is broken, if any is.

    A byte-order mark decides; else bytes that are UTF-8 are, whatever the page declares, since
    other encodings hardly ever make valid UTF-8; else what the page declares; else what it looks
    like. Broken UTF-8 is read with U+FFFD in the gaps. Raises UnreadableFile for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], encoding)
    if b"\x00" in data:
        raise UnreadableFile("is binary, not a web page")
    content, broken = _read(data, "utf-8")
    if broken is None:
        return content, None
    declared = _declared(data)
    if declared is not None and declared != "utf-8":
        read, unreadable = _read(data, declared)
        if unreadable is None:
            return read, None
    if is_damaged_utf8(content):
        return content, broken
    best = charset_normalizer.from_bytes(data, cp_isolation=_LEGACY_ENCODINGS).best()
    if best is None:
        raise UnreadableFile("is in no encoding that could be told; save the page again as UTF-8")
    return str(best), None


def without_controls(content: str) -> str:
    """A page's source without controls, bare or as references, which trafilatura cannot take."""
    return _REFERENCE.sub(_referred, _CONTROL.sub("", content.translate(_REFERRED)))


def _referred(found: re.Match[str]) -> str:
    number = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
    character = chr(number).translate(_REFERRED)
    return "" if _CONTROL.match(character) else character if number in _REFERRED else found[0]


def shown(content: str) -> str:
    """`content` on one line, as a browser lays it out: runs of plain white space are one space.

    No-break and other wide spaces stay. Controls go, and lone surrogates are U+FFFD.
    """
    content = _WHITE.sub(" ", content.translate(_REFERRED))
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", content))


def _read(data: bytes, encoding: str) -> tuple[str, int | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        return data.decode(encoding, "replace"), error.start


def _declared(data: bytes) -> str | None:
    """The encoding that the page's head names, under Python's name; None for one without text."""
    found = _DECLARED.search(data[:_HEAD_BYTES])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else None
        b" ".decode(name or "utf-8")  # refuses codecs that do not give text, such as base64
    except (LookupError, UnicodeError):
        return None
    if name in _NOT_OF_PAGES:
        return None
    return "cp1252" if name in _WESTERN else name
