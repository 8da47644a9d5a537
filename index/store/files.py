"""Writing so that a crash leaves the old content or the new, never a mixture."""

from __future__ import annotations

import os
from pathlib import Path

from corpus import flush_folder, replace_whole

_UNFINISHED = ".new"


def write_durably(path: Path, content: bytes) -> None:
    """Replace `path` with `content`: written beside it, flushed, renamed, the folder flushed."""
    set_folder_aside(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}{_UNFINISHED}")
    replace_whole(path, beside, content)
    flush_folder(path.parent)


def set_folder_aside(path: Path) -> None:
    """Rename what stands at `path` if it is a folder, where a file belongs: it is not ours to
    remove."""
    if path.is_dir():
        path.rename(path.with_name(f"{path.name}.damaged-{os.getpid()}"))


def remove_unfinished(folder: Path) -> None:
    """Remove what killed calls of `write_durably` left below `folder`. Only where nobody writes
    there."""
    for path in folder.rglob(f".*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def flush_file(path: Path) -> None:
    """Force the content of a file that is already written to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
