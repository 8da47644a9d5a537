"""The index folder during a build: nobody else's, and what happens when the disk refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import BuildFailed, IndexDamaged, NoIndex
from index.store import Generations, building


@contextmanager
def build_in(index: Path) -> Iterator[None]:
    """Hold the lock of an index folder, and turn what the disk refuses into BuildFailed."""
    _require_index_folder(index)
    before = _pointer(index)
    try:
        with building(index):
            before = _pointer(index)  # from here on nobody else switches it
            yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        if isinstance(error, OSError) and error.filename is not None:
            reason += f" ({error.filename})"
        answers = "What answered before still answers"
        if _pointer(index) != before:
            answers = "What it built answers all the same"
        raise BuildFailed(
            f"The build in {index} stopped: {reason}. {answers}. "
            "Make room or check permissions, then run the build again; it goes on where it stopped."
        ) from error


def _pointer(index: Path) -> str | None:
    """What CURRENT says; None where it says nothing."""
    with suppress(NoIndex, IndexDamaged):
        return Generations(index).pointer()
    return None


def _require_index_folder(index: Path) -> None:
    """An index is only made in a new or an empty folder, never among somebody's files."""
    if not index.is_dir() or not any(index.iterdir()):
        return
    if not any((index / name).exists() for name in ("CURRENT", "generations", "lock")):
        raise BuildFailed(
            f"{index} holds other files and no index. Give a new folder with --index DIR."
        )
