"""Which files lie below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from corpus.collection.skip import Skip


def walk(folder: Path, skips: list[Skip]) -> Iterator[Path]:
    """Files below `folder`, those of a folder before those of the folders in it, by name.

    Hidden ones are left out. Links to folders are not followed and folders that cannot be read
    cost only themselves; `skips` gets both. Raises OSError where `folder` itself cannot be read.
    """

    def unreadable(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise error
        place = relative(folder, Path(error.filename))
        skips.append(Skip(place, f"cannot be read: {error.strerror}"))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders.sort()
        for name in list(folders):
            if name.startswith("."):
                folders.remove(name)
            elif (linked := Path(parent, name)).is_symlink():
                skips.append(Skip(relative(folder, linked), "is a link to a folder, not followed"))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent, name)


def relative(folder: Path, path: Path) -> str:
    """The path inside `folder`, with `/`."""
    return writable(path.relative_to(folder).as_posix())


def writable(name: str) -> str:
    """A file's name as text: one that is not UTF-8 comes as lone surrogates, and they must not
    reach the index."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
