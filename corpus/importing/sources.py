"""From what a person names to the files to read: folders walked, archives unpacked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.collection.archives import Member, archive_end, unpacked
from corpus.collection.files import format_of
from corpus.collection.skip import Skip
from corpus.collection.walk import relative, walk, writable


@dataclass(frozen=True, slots=True)
class Source:
    """One file that may hold articles.

    path: where it lies until the next source is asked for.
    shown: what a person knows it by; it ends as the file's name does.
    name: what mirrors it in the collection, without a suffix: `saved/bbc/page`.
    in_archive: its bytes are counted with the archive's.
    """

    path: Path
    shown: str
    name: str
    in_archive: bool = False


def sources(
    paths: Sequence[Path], collection: Path, advance: Callable[[int], None]
) -> Iterator[Source | Skip]:
    """The files that `paths` name, in their order, those of a folder as `walk` has them.

    What lies in the collection already is a named skip. advance: called with the size of each
    archive when it has been read.
    """
    for given in _files(paths, collection):
        end = None if isinstance(given, Skip) else archive_end(given.path.name)
        if isinstance(given, Skip) or end is None:
            yield given
            continue
        inner = given.name.rpartition("/")[2] + "/"
        for member in unpacked(given.path, given.shown, lambda name: format_of(name) is not None):
            yield member if isinstance(member, Skip) else _member(given, inner, member)
        advance(_size(given.path))


def bytes_of(paths: Sequence[Path], collection: Path) -> int:
    """Size of all files and archives that would be read."""
    return sum(
        _size(source.path)
        for source in _files(paths, collection)
        if isinstance(source, Source)
        and (format_of(source.path.name) or archive_end(source.path.name))
    )


def _member(archive: Source, inner: str, member: Member) -> Source:
    # An archive mostly holds one folder of its own name, which is not doubled.
    name = _without_end(member.name).removeprefix(inner)
    return Source(
        member.path, f"{archive.shown}/{member.name}", f"{archive.name}/{name}", in_archive=True
    )


def _files(paths: Sequence[Path], collection: Path) -> Iterator[Source | Skip]:
    home = Path(os.path.realpath(collection))
    for path in paths:
        # `.` and `..` have none of their own.
        named = writable((path.resolve() if path.name in {"", ".."} else path).name)
        if Path(os.path.realpath(path)).is_relative_to(home):
            yield Skip(writable(str(path)), "lies in the collection already")
        elif path.is_dir():
            yield from _in_folder(path, named, home)
        else:
            yield Source(path, named, _without_end(named))


def _in_folder(folder: Path, named: str, home: Path) -> Iterator[Source | Skip]:
    place = Path(os.path.realpath(folder))
    skips: list[Skip] = []
    told = False
    try:
        for path in walk(place, skips):
            if path.is_relative_to(home):
                if not told:
                    inner = relative(place, home)
                    skips.append(Skip(inner, "is the collection itself, and was left out"))
                told = True
                continue
            shown = "/".join(filter(None, (named, relative(place, path))))
            yield Source(path, shown, _without_end(shown))
    except OSError as error:
        yield Skip(named, f"cannot be read: {error.strerror}")
    for skip in skips:
        yield Skip(f"{named}/{skip.where}", skip.reason)


def _without_end(name: str) -> str:
    last = name.rpartition("/")[2]
    end = archive_end(last) or format_of(last)
    return name[: -len(end)] if end else name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
