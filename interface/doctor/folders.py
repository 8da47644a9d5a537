"""The folder of articles, the folder of the index, and the disk that it lies on."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from interface.doctor.finding import Finding
from interface.doctor.index import readable_manifest
from interface.workspace import Workspace

# Bytes. What is asked for where there is no index yet to go by: an index takes about 10 kB a
# passage, so this is enough for a thousand articles.
_FOR_A_FIRST = 50_000_000


def examine_collection(workspace: Workspace) -> Iterator[Finding]:
    """Raises CorpusError."""
    folder, manifest = workspace.collection(), readable_manifest(workspace)
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        state = "cannot be read" if folder.exists() else "is not there"
        yield Finding(
            "collection",
            "problem" if manifest is None else "warning",
            f"{folder} {state}" + ("; answers come from the index." if manifest else "."),
            "Put it back, or name another folder with --corpus.",
        )
    elif manifest is not None and folder.resolve() != Path(manifest.collection).resolve():
        yield Finding(
            "collection",
            "problem",
            f"{folder}, but the index was built from {manifest.collection}.",
            f"Leave out --corpus, or rebuild with: onrecord --corpus {shlex.quote(str(folder))} "
            f"--index {shlex.quote(str(workspace.index))} build",
        )
    elif manifest is not None and workspace.is_stale(manifest):
        yield Finding(
            "collection",
            "warning",
            f"{folder} has changed since the build.",
            "Bring the index up to date with: onrecord build",
        )
    else:
        yield Finding("collection", "ok", str(folder))


def examine_index_folder(workspace: Workspace) -> Iterator[Finding]:
    folder = workspace.index
    if not folder.exists():
        parent = _nearest(folder)
        if not os.access(parent, os.W_OK | os.X_OK):
            yield Finding(
                "index folder",
                "problem",
                f"{folder} is not there, and {parent} cannot be written.",
                "Name another place with --index or ONRECORD_INDEX.",
            )
        return
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        yield Finding(
            "index folder",
            "problem",
            f"{folder} is no folder that can be read.",
            "Give this user the right to read it, or name another place with --index or "
            "ONRECORD_INDEX.",
        )
    elif not os.access(folder, os.W_OK):
        yield Finding(
            "index folder",
            "ok",
            f"{folder}, which this user cannot write: it answers, and only build and forget need "
            "to write",
        )
    else:
        yield Finding("index folder", "ok", f"{folder}, which can be written")


def examine_disk(workspace: Workspace) -> Iterator[Finding]:
    """A build writes a new generation beside the one that answers; one that encodes everything
    again, as with another encoder, writes as much as all that is there."""
    free = shutil.disk_usage(_nearest(workspace.index)).free
    manifest = readable_manifest(workspace)
    whole = _size(workspace.index)
    if manifest is None:
        needed = enough = max(_FOR_A_FIRST, whole)
    else:
        needed, enough = sum(part.bytes for part in manifest.parts), whole
    size = f"the index has {_megabytes(whole)}" if whole else "there is no index yet"
    found = f"{_megabytes(free)} free, {size}"
    if free < needed:
        yield Finding(
            "disk",
            "warning" if manifest else "problem",
            f"{found}; a build needs {_megabytes(needed)}.",
            "Make room before the next build.",
        )
    elif free < enough:
        yield Finding(
            "disk",
            "warning",
            f"{found}; a build that encodes everything again needs {_megabytes(enough)}.",
            "Make room before a change of encoder or onrecord build --full.",
        )
    else:
        yield Finding("disk", "ok", found)


def _size(folder: Path) -> int:
    """In bytes. A build may take files away meanwhile; those do not count."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            size += path.stat().st_size if path.is_file() else 0
    return size


def _nearest(path: Path) -> Path:
    """The path, or the folder above it that is there."""
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"
