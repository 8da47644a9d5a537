"""What offsets count in: the text of an article and the hash that names its version."""

from __future__ import annotations

import hashlib

from corpus.errors import UnreadableFile

# The longest novels have 3 MB. A larger text or record is a log, a dump or an accident.
LARGEST_TEXT_BYTES = 8 * 1024 * 1024


def with_plain_newlines(content: str) -> str:
    r"""`content` with `\r\n` and `\r` as `\n`. Nothing else of a text is ever changed."""
    return content.replace("\r\n", "\n").replace("\r", "\n")


def checked(words: str) -> str:
    """`words` as they are. Raises UnreadableFile for a lone surrogate: it has no UTF-8 form."""
    _utf8(words)
    return words


def text_sha256(text: str) -> str:
    """64 hexadecimal digits that name this version of a text.

    Raises UnreadableFile for a lone surrogate: such a string has no UTF-8 form, so no hash.
    """
    return hashlib.sha256(_utf8(text)).hexdigest()


def _utf8(words: str) -> bytes:
    try:
        return words.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableFile(
            f"holds half of a surrogate pair at character {error.start}, which is not text"
        ) from error
