"""The encoder that would be used: are its files here, and the ones that its name promises?"""

from __future__ import annotations

import os
from collections.abc import Iterator

from index import DEFAULT_ENCODER
from interface.doctor.finding import Finding
from interface.doctor.index import readable_manifest
from interface.workspace import Workspace


def examine_encoder(workspace: Workspace) -> Iterator[Finding]:
    """Hashes its files, which takes a moment, and loads nothing. Raises EncoderRefused."""
    # An examination downloads nothing: a model of the hub is looked for in its cache only.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    manifest = readable_manifest(workspace)
    built = manifest.encoder if manifest else None
    name = workspace.encoder or (built["name"] if built else DEFAULT_ENCODER)
    identity = workspace.make_own(name).identity
    official = ", the files of the official release" if name == DEFAULT_ENCODER else ""
    yield Finding(
        "encoder", "ok", f"{name}{official} (sha256 {identity.weights[:12]}…), {identity.precision}"
    )
    if built is None:
        return
    if built["weights"] == identity.weights:
        yield Finding("index's encoder", "ok", f"this one, {built['name']}")
    else:
        yield Finding(
            "index's encoder",
            "problem",
            f"{built['name']} (sha256 {built['weights'][:12]}…), not this one.",
            "Leave out --encoder, or encode again with: "
            + ("onrecord build" if name == DEFAULT_ENCODER else f"onrecord --encoder {name} build"),
        )
