"""Archives: each member as a file of its own, one after the other.

Whoever packed an archive may wish us ill. Nothing that its headers declare is believed: sizes are
counted while unpacking, of a name only the last part reaches the file system, and one member at
a time lies unpacked in a temporary folder.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar

from corpus.collection.skip import Skip
from corpus.collection.walk import writable
from corpus.errors import CorpusError, UnreadableFile

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")

# A daily paper that prints 200 stories a day has 73,000 in a year. Listing so many took 4 seconds
# and 0.06 GB of memory.
MOST_MEMBERS = 100_000
# What the largest collections as JSON Lines have; every other format is read up to 0.13 GB.
LARGEST_MEMBER_BYTES = 1024**3
# 100,000 saved pages of 40 kB.
LARGEST_UNPACKED_BYTES = 4 * 1024**3
# The list at the end of a zip file, read at once: 240 bytes for each of 100,000 members. One of
# half a million of the shortest has this size too and takes 0.3 GB of memory.
LARGEST_LIST_BYTES = 24 * 1024**2
# A member's header in a tar file, read at once: names and times have 2 kB, extended attributes
# of a file up to 64 kB each.
LARGEST_HEADER_BYTES = 1024**2
# `xz -9` needs 65 MB to unpack; the format allows 4 GB.
LARGEST_XZ_BYTES = 256 * 1024**2
# Systems allow 1,024 or 4,096 bytes for a path, and 255 for the name of a file.
_LONGEST_NAME = 1_000
_LONGEST_FILE_NAME = 255

_PIECE = 256 * 1024
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Member:
    """name: its path inside the archive, with `/`; it leads nowhere else.
    path: where its bytes lie until the next member is asked for. It ends as the name does.
    """

    name: str
    path: Path


def archive_end(name: str) -> str | None:
    """The end of a file's name that tells an archive, in lower case."""
    folded = name.lower()
    return next((end for end in ARCHIVES if folded.endswith(end) and folded != end), None)


def unpacked(path: Path, shown: str, wanted: Callable[[str], bool]) -> Iterator[Member | Skip]:
    """The members of the archive at `path`, which messages call `shown`, in its order.

    wanted: whether a file of such a name is worth unpacking.

    What cannot be had is a named skip, and so is the rest of an archive that is damaged or beyond
    the limits. Folders, hidden members and what macOS packs beside each file (__MACOSX) are left
    out silently. Raises CorpusError where there is no room to unpack.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="onrecord-") as folder, _opened(path) as file:
            of_kind = _zip_entries if archive_end(path.name) == ".zip" else _tar_entries
            yield from _members(of_kind(file), shown, wanted, Path(folder))
    except UnreadableFile as error:
        yield Skip(shown, str(error))
    except OSError as error:
        raise CorpusError(
            f"{shown} cannot be unpacked into {tempfile.gettempdir()}: "
            f"{error.strerror or error}. Make room there, or name another folder in TMPDIR."
        ) from error


@dataclass(frozen=True, slots=True)
class _Entry:
    """name: as the archive declares it. refusal: why it is not unpacked, if so."""

    name: str
    refusal: str | None
    open: Callable[[], IO[bytes]]


class _TooMuch(UnreadableFile):
    """The archive as a whole unpacks to more than is read."""

    def __init__(self) -> None:
        super().__init__(
            f"unpacks to more than {LARGEST_UNPACKED_BYTES / 1e6:,.0f} MB; the rest was left out. "
            "Unpack it and add the folder"
        )


def _members(
    entries: Iterator[_Entry], shown: str, wanted: Callable[[str], bool], folder: Path
) -> Iterator[Member | Skip]:
    seen: set[str] = set()
    left = LARGEST_UNPACKED_BYTES
    for number, entry in enumerate(entries, 1):
        if number > MOST_MEMBERS:
            raise UnreadableFile(
                f"holds more than {MOST_MEMBERS:,} members; the rest was left out. "
                "Unpack it and add the folder"
            )
        try:
            name = _inner_path(entry.name)
            if name is None:
                continue
            _require_use(name, entry, wanted, seen)
            seen.add(name)
            path = folder / name.rpartition("/")[2]
            left -= _unpack(entry, path, left)
        except _TooMuch:
            raise
        except UnreadableFile as error:
            yield Skip(f"{shown}/{writable(entry.name)}", str(error))
            continue
        yield Member(name, path)
        path.unlink()


def _inner_path(declared: str) -> str | None:
    """The path inside the archive; None for a folder and for a hidden member.

    Raises UnreadableFile for a name that may lead elsewhere, on this system or another.
    """
    if "\0" in declared:
        raise UnreadableFile("has a name with a NUL character in it")
    if declared.startswith("/") or re.match(r"[A-Za-z]:", declared):
        raise UnreadableFile("has an absolute path for a name")
    if "\\" in declared:
        raise UnreadableFile("has a backslash in its name")
    parts = [part for part in writable(declared).split("/") if part not in {"", "."}]
    if ".." in parts:
        raise UnreadableFile("has a name that leads out of the archive")
    if declared.endswith("/") or any(p.startswith(".") or p == "__MACOSX" for p in parts):
        return None
    name = "/".join(parts)
    if len(name) > _LONGEST_NAME or (parts and len(parts[-1].encode()) > _LONGEST_FILE_NAME):
        raise UnreadableFile("has too long a name")
    return name or None


def _require_use(name: str, entry: _Entry, wanted: Callable[[str], bool], seen: set[str]) -> None:
    if entry.refusal is not None:
        raise UnreadableFile(entry.refusal)
    if archive_end(name) is not None:
        raise UnreadableFile("is an archive in an archive; unpack it and add what it holds")
    if not wanted(name):
        raise UnreadableFile("is in no format that is read")
    if name in seen:
        raise UnreadableFile("stands twice in the archive; the first was read")


def _unpack(entry: _Entry, path: Path, left: int) -> int:
    """Write a member to `path`; its size. The archive may unpack to `left` bytes more."""
    size = 0
    try:
        with _checked(entry.open) as source, path.open("wb") as file:
            while piece := _checked(lambda: source.read(_PIECE)):
                size += len(piece)
                _require_limits(size, left)
                file.write(piece)
    except UnreadableFile:
        path.unlink(missing_ok=True)
        raise
    return size


def _require_limits(size: int, left: int) -> None:
    if size > LARGEST_MEMBER_BYTES:
        raise UnreadableFile(f"unpacks to more than {LARGEST_MEMBER_BYTES / 1e6:,.0f} MB")
    if size > left:
        raise _TooMuch


def _checked(read: Callable[[], _Result]) -> _Result:
    """What `read` gives. Raises UnreadableFile for whatever the libraries raise on bad bytes."""
    try:
        return read()
    except UnreadableFile:
        raise
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise UnreadableFile(f"is damaged from here on ({reason})") from error


def _opened(path: Path) -> IO[bytes]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile("is not a regular file")
        return path.open("rb", buffering=0)
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}") from error


# -- zip --------------------------------------------------------------------------------------

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1


def _zip_entries(file: IO[bytes]) -> Iterator[_Entry]:
    archive = _checked(lambda: zipfile.ZipFile(_Listed(file)))
    for info in archive.infolist():
        yield _Entry(_zip_name(info), _zip_refusal(info), partial(archive.open, info))


class _Listed(io.RawIOBase):
    """A zip file of which only so much is read at once: the list of members is read whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_LIST_BYTES:
            raise UnreadableFile(f"has a list of members of {size / 1e6:,.0f} MB")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Names that are not declared to be UTF-8 count as cp437, though many packers write UTF-8;
    hardly any other bytes happen to be valid UTF-8."""
    declared = info.orig_filename
    if info.flag_bits & _UTF8_FLAG:
        return declared
    try:
        return declared.encode("cp437").decode("utf-8")
    except UnicodeError:
        return declared


def _zip_refusal(info: zipfile.ZipInfo) -> str | None:
    kind = stat.S_IFMT(info.external_attr >> 16)  # 0 where the packer knew no such thing
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "is a link, not followed" if kind == stat.S_IFLNK else "is no regular file"
    if info.flag_bits & _ENCRYPTED_FLAG:
        return "is encrypted; unpack it with its password and add what it holds"
    # The others are rare, and unpack without a limit on memory.
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return f"is compressed by method {info.compress_type}, which is not read"
    return None


# -- tar --------------------------------------------------------------------------------------


def _tar_entries(file: IO[bytes]) -> Iterator[_Entry]:
    stream = _Stream(_decompressed(file))
    archive = _checked(
        lambda: tarfile.TarFile(fileobj=stream, encoding="utf-8", errors="surrogateescape")  # type: ignore[arg-type]
    )
    while True:
        stream.header_left = LARGEST_HEADER_BYTES
        info = _checked(archive.next)
        if info is None:
            break
        stream.header_left = None
        name = f"{info.name}/" if info.isdir() else info.name
        yield _Entry(name, _tar_refusal(info), partial(_tar_data, archive, info))
    # tarfile takes anything that is no header for the end, which is a block of zeros.
    if not stream.last or any(stream.last):
        raise UnreadableFile("is damaged or cut off; what stood before the damage was read")


def _tar_data(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    data = archive.extractfile(info)
    if data is None:
        raise UnreadableFile("is no regular file")
    return data


def _tar_refusal(info: tarfile.TarInfo) -> str | None:
    if info.issym() or info.islnk():
        return "is a link, not followed"
    return None if info.isreg() else "is no regular file"


def _decompressed(file: IO[bytes]) -> io.BufferedIOBase | IO[bytes]:
    """By the first bytes, since .tar.gz files are often plain once a browser has had them."""
    start = _checked(lambda: file.read(6))
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file, mode="rb")
    if start.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if start == b"\xfd7zXZ\0":
        return io.BufferedReader(_Xz(file), _PIECE)
    return file


class _Stream:
    """What tarfile reads from: forward only, so that nothing unpacks without being counted.

    header_left: bytes that may yet be read, while a header is; else None.
    last: what was read last.
    """

    def __init__(self, file: io.BufferedIOBase | IO[bytes]) -> None:
        self._file = file
        self._at = 0
        self.header_left: int | None = LARGEST_HEADER_BYTES
        self.last = b""

    def read(self, size: int) -> bytes:
        if self.header_left is not None:
            self.header_left -= size
            if self.header_left < 0:
                raise UnreadableFile(
                    f"has a header of more than {LARGEST_HEADER_BYTES / 1e6:,.0f} MB; "
                    "what stood before it was read"
                )
        self.last = self._file.read(size)
        self._at += len(self.last)
        if self._at > LARGEST_UNPACKED_BYTES:
            raise _TooMuch
        return self.last

    def seek(self, offset: int) -> int:
        if offset < self._at:
            raise OSError("members overlap")
        while self._at < offset and (piece := self._file.read(min(_PIECE, offset - self._at))):
            self._at += len(piece)
            if self._at > LARGEST_UNPACKED_BYTES:
                raise _TooMuch
        return self._at

    def tell(self) -> int:
        return self._at


class _Xz(io.RawIOBase):
    """Unpacks within a limit on memory, which lzma.open has not."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._unpacking = self._new()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._unpacking.eof:  # another stream may follow, after zeros
                following = self._unpacking.unused_data.lstrip(b"\0") or self._file.read(_PIECE)
                if not following:
                    return 0
                self._unpacking = self._new()
            elif self._unpacking.needs_input:
                following = self._file.read(_PIECE)
                if not following:
                    raise EOFError("it ends too early")
            else:
                following = b""
            if piece := self._unpacking.decompress(following, len(buffer)):
                buffer[: len(piece)] = piece
                return len(piece)

    @staticmethod
    def _new() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LARGEST_XZ_BYTES)
