"""Files on the disk: there whole or not at all, also after a crash, and known by their hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def replace_whole(path: Path, beside: Path, content: bytes) -> None:
    """Put `content` at `path`: written to `beside`, flushed, renamed. Durable only once the folder
    is flushed too. Raises OSError, and leaves what was there then."""
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """Force the names in a folder to the disk: a rename is durable only after this."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """64 hexadecimal digits of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
