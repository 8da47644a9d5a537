"""The index: is it there, whole as far as a look tells, and of the folder as it is now?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from index import IndexProblem, Manifest, SearchIndex
from interface.doctor.finding import Finding
from interface.workspace import Workspace


def readable_manifest(workspace: Workspace) -> Manifest | None:
    """None where there is no index, or none that can be read: `examine_index` tells which."""
    try:
        return workspace.manifest()
    except IndexProblem:
        return None


def examine_index(workspace: Workspace) -> Iterator[Finding]:
    """Opens it, which checks its format, its manifest, the size of each file and the hash of the
    catalogue. Raises IndexProblem."""
    manifest = workspace.manifest()
    if manifest is None:
        yield Finding(
            "index",
            "warning",
            f"There is none in {workspace.index} yet.",
            "Make it with: onrecord build (serve and ask make it too)",
        )
        return
    with closing(SearchIndex(workspace.index)) as index:
        count, passages, *_ = index.catalogue.scope()
    yield Finding(
        "index",
        "ok",
        f"{count:,} articles, {passages:,} passages, built {manifest.built}; sizes and catalogue "
        "are as they were written",
        "To hash every byte of it: onrecord verify",
    )
    if manifest.encoder is None:
        yield Finding(
            "vectors",
            "warning",
            "The index has none, so only words are searched.",
            "Make them with: onrecord build",
        )
