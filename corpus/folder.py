"""A folder of articles, the source of truth: which files it holds and what they become."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

from corpus.article import Article
from corpus.errors import CorpusError, UnreadableFile
from corpus.readers import read_jsonl, read_markdown, read_plain

# The longest novels have 3 MB. A larger text or line is a log, a dump or an accident.
LARGEST_TEXT_BYTES = 8 * 1024 * 1024

_SUFFIXES = (".txt", ".md", ".jsonl")
# What English articles are saved in when it is not UTF-8. Isolating these keeps the detector
# from reading a short Western text as Cyrillic.
_LEGACY_ENCODINGS = ["cp1252", "latin_1", "mac_roman", "utf_16", "utf_32"]


@dataclass(frozen=True, slots=True, order=True)
class Skip:
    """A file or record that did not become an article: where it is, and why, for a person."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where} {self.reason}"


@dataclass(frozen=True, slots=True)
class Collection:
    """What a folder held when it was read.

    articles: ordered by article_id.
    skips: ordered by place.
    notes: what a person should know about articles that were read, such as a guessed encoding.
    """

    articles: tuple[Article, ...]
    skips: tuple[Skip, ...]
    notes: tuple[Skip, ...] = ()


def read_collection(folder: Path) -> Collection:
    """Read every article below `folder`.

    Raises CorpusError where the folder itself cannot be read. A bad file or record is a named
    skip and costs only itself; so are a second article with an id that is taken and one equal
    to another in text and metadata.
    """
    taken: dict[str, Article] = {}
    fingerprints: dict[str, str] = {}
    skips: list[Skip] = []
    notes: list[Skip] = []
    for found in _read_files(folder, notes):
        if isinstance(found, Skip):
            skips.append(found)
            continue
        where = f"{found.file} ({found.article_id})"
        if (other := taken.get(found.article_id)) is not None:
            skips.append(Skip(where, f"has the id of an article in {other.file}"))
        elif (twin := fingerprints.get(found.fingerprint)) is not None:
            skips.append(Skip(where, f"is a duplicate of {twin}: same text, same details"))
        else:
            taken[found.article_id] = found
            fingerprints[found.fingerprint] = found.article_id
    return Collection(
        articles=tuple(taken[article_id] for article_id in sorted(taken)),
        skips=tuple(sorted(skips)),
        notes=tuple(sorted(notes)),
    )


def list_files(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Path inside the folder, size and modification time (ns) of each file that may hold
    articles, ordered by path: cheap evidence of whether the folder has changed.

    Raises CorpusError where the folder cannot be read.
    """
    listed = []
    for path in _walk(folder, []):
        if path.suffix.lower() in _SUFFIXES:
            try:
                status = path.stat()
            except OSError:
                continue  # a reader will name it
            listed.append((_relative(folder, path), status.st_size, status.st_mtime_ns))
    return tuple(sorted(listed))


def _read_files(folder: Path, notes: list[Skip]) -> Iterator[Article | Skip]:
    skips: list[Skip] = []
    for path in _walk(folder, skips):
        file = _relative(folder, path)
        try:
            reader = {".txt": _read_one, ".md": _read_one, ".jsonl": _read_records}.get(
                path.suffix.lower()
            )
            if reader is None:
                yield Skip(file, f"is not {', '.join(_SUFFIXES)}")
            elif not stat.S_ISREG(path.stat().st_mode):
                yield Skip(file, "is not a regular file")
            else:
                yield from reader(path, file, notes)
        except UnreadableFile as error:
            yield Skip(file, str(error))
        except OSError as error:
            yield Skip(file, f"cannot be read: {error.strerror or error}")
    yield from skips


def _walk(folder: Path, skips: list[Skip]) -> Iterator[Path]:
    """Files below `folder`, those of a folder before those of the folders in it, by name.

    Hidden ones are left out and links to folders are not followed.
    """
    if not folder.is_dir():
        state = "is not a folder" if folder.exists() else "does not exist"
        raise CorpusError(f"The collection {folder} {state}. Give a folder with --corpus DIR.")

    def unreadable(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise CorpusError(
                f"The collection {folder} cannot be read: {error.strerror}. "
                "Check its permissions or give another folder with --corpus DIR."
            )
        place = _relative(folder, Path(error.filename))
        skips.append(Skip(place, f"cannot be read: {error.strerror}"))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders.sort()
        for name in list(folders):
            if name.startswith("."):
                folders.remove(name)
            elif (linked := Path(parent, name)).is_symlink():
                skips.append(Skip(_relative(folder, linked), "is a link to a folder, not followed"))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent, name)


def _relative(folder: Path, path: Path) -> str:
    # A name that is not UTF-8 comes as lone surrogates; they must not reach the index.
    relative = path.relative_to(folder).as_posix()
    return relative.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_one(path: Path, file: str, notes: list[Skip]) -> Iterator[Article]:
    size = path.stat().st_size
    if size > LARGEST_TEXT_BYTES:
        raise UnreadableFile(
            f"has {size / 1e6:,.0f} MB; one article may have {LARGEST_TEXT_BYTES / 1e6:.0f}. "
            "Split it, or save many articles as .jsonl"
        )
    content, encoding = _decoded(path.read_bytes())
    if encoding is not None:
        notes.append(Skip(file, f"is not UTF-8 and was read as {encoding}; save it as UTF-8"))
    article_id = file[: -len(path.suffix)]
    read = read_markdown if path.suffix.lower() == ".md" else read_plain
    yield read(content, article_id, file)


def _read_records(path: Path, file: str, _notes: list[Skip]) -> Iterator[Article | Skip]:
    with path.open("rb") as lines:
        number = 0
        while line := lines.readline(LARGEST_TEXT_BYTES + 1):
            number += 1
            where = f"{file}#{number}"
            if len(line) > LARGEST_TEXT_BYTES:
                yield Skip(where, f"is longer than {LARGEST_TEXT_BYTES / 1e6:.0f} MB")
                while line and not line.endswith(b"\n"):
                    line = lines.readline(LARGEST_TEXT_BYTES)
                continue
            if not line.strip():
                continue
            try:
                record = line.decode("utf-8-sig" if number == 1 else "utf-8")
                article = read_jsonl(record, f"{file[: -len(path.suffix)]}#{number}", file)
                yield article
            except UnicodeDecodeError:
                yield Skip(where, "is not UTF-8; JSON Lines must be")
            except UnreadableFile as error:
                yield Skip(where, str(error))


def _decoded(data: bytes) -> tuple[str, str | None]:
    """The text without its byte-order mark, and the encoding's name where it was guessed.

    Raises UnreadableFile for what is no text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding), None
            except UnicodeDecodeError as error:
                raise UnreadableFile(f"starts as {encoding} and is broken later on") from error
    if b"\x00" in data:
        raise UnreadableFile("is binary, not text")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise UnreadableFile(f"is UTF-8 but broken at byte {error.start}") from error
        best = charset_normalizer.from_bytes(data, cp_isolation=_LEGACY_ENCODINGS).best()
    if best is None:
        raise UnreadableFile("is in no encoding that could be told; save it as UTF-8")
    return str(best), best.encoding


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII makes valid UTF-8: in another encoding hardly any does,
    and read as one the text would be garbled from end to end."""
    content = data.decode("utf-8", "replace")
    broken = content.count("\ufffd")
    return sum(not character.isascii() for character in content) > 2 * broken
