"""Leases: whoever reads a generation holds a shared lock on its manifest, and nothing that is
held is cleaned up.

The kernel drops a lease with its holder, however that ends. A lease writes nothing, so it can be
taken in a folder that is read-only.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Self

from index.errors import IndexDamaged
from index.store.manifest import FILE


class Lease:
    """Taken when made; ends with `close`. Raises IndexDamaged where there is no manifest."""

    def __init__(self, folder: Path) -> None:
        """folder: of the generation."""
        try:
            self._file = (folder / FILE).open("rb")
        except OSError as error:
            raise IndexDamaged(f"{folder / FILE} cannot be read ({error.strerror})") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_SH)
        except OSError:
            # A file system without locks: nobody builds there, since that takes one too.
            return
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Again is no error."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()


def is_read(folder: Path) -> bool:
    """Whether somebody holds a lease on the generation in `folder`, or nobody can tell. One
    without a manifest was never published, so that no reader has it."""
    try:
        # For writing, which locks over a network ask for; nothing is written.
        with (folder / FILE).open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:  # held, or no permission
        return True
    return False
