"""Writing into a collection: a file is there whole or not at all, and none outside is touched."""

from __future__ import annotations

import errno
from pathlib import Path

from corpus.disk import flush_folder, replace_whole
from corpus.errors import CorpusError, UnreadableFile


def require_folders(collection: Path, target: Path) -> None:
    """Raises UnreadableFile where something else than a folder stands on the way to `target`.

    A link to a folder does: it may lead out of the collection, and no reader follows it.
    """
    for folder in list(target.parents)[: len(target.relative_to(collection).parts) - 1]:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            what = "link" if folder.is_symlink() else "file"
            inner = folder.relative_to(collection).as_posix()
            raise UnreadableFile(f"cannot be put into {inner}, which is a {what} and no folder")


def make_folder(folder: Path) -> None:
    """Make a folder and those around it, durably. Raises OSError."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir()
        flush_folder(folder.parent)


def write_file(collection: Path, target: Path, content: bytes) -> None:
    """Put `content` at `target`, durably, or leave what was there.

    Raises CorpusError where that fails, UnreadableFile where only this file's path is to blame.
    """
    # Hidden, so that no reader takes what a kill may leave; the next writing replaces it.
    beside = target.with_name(f".{target.name}.new")
    try:
        make_folder(target.parent)
        replace_whole(target, beside, content)
        flush_folder(target.parent)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise UnreadableFile("would get too long a path in the collection") from error
        raise CorpusError(
            f"Nothing more can be written into {collection}: {error.strerror or error}. What was "
            "written is whole. Make room or check permissions, then add the same again."
        ) from error
