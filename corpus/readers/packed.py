"""Gzip, unfolded while it is read and never further than is sensible."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, cast

from corpus.errors import UnreadableFile

# 3,000 news articles as JSON Lines unfold to 2.7 times their packed size, a bomb of zeros to
# 1,030 times. What repeats itself a hundred times over holds few articles.
LARGEST_RATIO = 100
# The ratio says little about the first bytes: a small file of one long table may be dense.
RATIO_COUNTS_FROM = 16 * 1024 * 1024
# A collection is held in memory while it is built, and 4 GiB are 700,000 articles of 800 words.
LARGEST_UNPACKED = 4 * 1024**3

_CHUNK = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS


def unpacked(stream: BinaryIO) -> BinaryIO:
    """What a gzip stream of one member or several unfolds to, in bounded memory.

    Reading it gives everything before a damage or a bound, and then raises UnreadableFile.
    """
    return cast("BinaryIO", io.BufferedReader(_Unpacked(stream), _CHUNK))


class _Unpacked(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._parts = _parts(stream)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = memoryview(next(self._parts, b""))
        number = min(len(buffer), len(self._rest))
        buffer[:number] = self._rest[:number]
        self._rest = self._rest[number:]
        return number


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    """The unfolded bytes, none of them empty and at most _CHUNK at a time."""
    member = zlib.decompressobj(_GZIP)
    taken = given = 0
    while data := stream.read(_CHUNK):
        taken += len(data)
        while data:
            if member.eof:
                data = data.lstrip(b"\0")  # some programs fill their files up with zeros
                if not data:
                    break
                member = zlib.decompressobj(_GZIP)
            before = member.copy()
            try:
                part = member.decompress(data, _CHUNK)
            except zlib.error as error:
                if part := _up_to_damage(before, data):
                    given += len(part)
                    yield part
                raise UnreadableFile(_broken("is damaged", given)) from error
            data = member.unconsumed_tail or member.unused_data
            given += len(part)
            _check(taken, given)
            if part:
                yield part
    while not member.eof:
        part = member.decompress(b"", _CHUNK)
        if not part:
            raise UnreadableFile(_broken("is cut off", given))
        given += len(part)
        yield part


def _up_to_damage(member: zlib._Decompress, data: bytes) -> bytes:
    """What the sound bytes at the head of `data` unfold to; together they gave nothing."""
    parts: list[bytes] = []
    with suppress(zlib.error):
        parts.extend(member.decompress(data[at : at + 1]) for at in range(len(data)))
    return b"".join(parts)


def _broken(how: str, given: int) -> str:
    return f"is a gzip file that {how} after {given:,} bytes of content; save it again"


def _check(taken: int, given: int) -> None:
    if given > LARGEST_UNPACKED:
        raise UnreadableFile(
            f"unfolds to more than {LARGEST_UNPACKED / 1e9:.0f} GB, and no more of it is read; "
            "split it"
        )
    if given > RATIO_COUNTS_FROM and given > LARGEST_RATIO * taken:
        raise UnreadableFile(
            f"unfolds to more than {LARGEST_RATIO} times its size, as no articles do, and no more "
            "of it is read; if they are articles, unpack it first"
        )
