"""From bytes to characters: what is certain, what may be told, and what is refused."""

from __future__ import annotations

from corpus.errors import UnreadableFile

# What English articles are saved in when it is not UTF-8. Isolating these keeps the detector
# from reading a short Western text as Cyrillic.
_LEGACY_ENCODINGS = ["cp1252", "latin_1", "mac_roman", "utf_16", "utf_32"]
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a leading byte-order mark shows."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def decoded(data: bytes) -> tuple[str, str | None]:
    """The text without its byte-order mark, and the encoding's name where it was guessed.

    Raises UnreadableFile for what is no text.
    """
    if (encoding := marked_encoding(data)) is not None:
        try:
            return data.decode(encoding), None
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"starts as {encoding} and is broken later on") from error
    if b"\x00" in data:
        raise UnreadableFile("is binary, not text")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if is_damaged_utf8(data.decode("utf-8", "replace")):
            raise UnreadableFile(f"is UTF-8 but broken at byte {error.start}") from error
        import charset_normalizer  # most collections are UTF-8 and never need it

        best = charset_normalizer.from_bytes(data, cp_isolation=_LEGACY_ENCODINGS).best()
    if best is None:
        raise UnreadableFile("is in no encoding that could be told; save it as UTF-8")
    return str(best), best.encoding


def is_damaged_utf8(content: str) -> bool:
    """Whether most of what is not ASCII made valid UTF-8, where `content` has U+FFFD for what did
    not: in another encoding hardly any does, and read as one the text would be garbled."""
    broken = content.count("\ufffd")
    return sum(not character.isascii() for character in content) > 2 * broken
