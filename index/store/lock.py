"""One builder at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexLocked
from index.store.files import remove_unfinished, set_folder_aside


@contextmanager
def building(index: Path) -> Iterator[None]:
    """Hold the build lock of an index folder, which is made if there is none.

    The kernel drops the lock with its holder, however that ends; half-written files of one that
    was killed are removed. Raises IndexLocked, naming the holder's process, while another one
    builds.
    """
    index.mkdir(parents=True, exist_ok=True)
    set_folder_aside(index / "lock")
    with (index / "lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise IndexLocked(
                f"The index in {index} is being built by process {holder}. "
                "Wait for it to end, or stop it, and try again."
            ) from error
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        remove_unfinished(index)
        yield
