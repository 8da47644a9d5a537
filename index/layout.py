"""Where the parts of an index lie, and which of them are damaged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.dense import (
    EncoderIdentity,
    basis_name,
    damaged_files,
    restore_basis,
    segments_of,
)
from index.errors import IndexDamaged
from index.lexical import ANALYZER
from index.store import Generations, Manifest, Part, TextStore
from index.store.manifest import damaged_parts

TEXTS = "articles.db"
# In the folder of a generation.
CATALOGUE = "catalogue.db"
POSTINGS = "postings"
VECTORS = "vectors.faiss"
WORDS = "words"


def vectors_folder(index: Path, identity: EncoderIdentity) -> Path:
    """Where an index keeps what an encoder made. The analyzer decides which words have a vector,
    so that each version of it has a folder of its own."""
    return index / "vectors" / f"{identity.key}-{ANALYZER}"


def damage_of(index: Path, manifest: Manifest) -> dict[str, str]:
    """A sentence for each file that a generation needs and that is not what was written, by its
    path inside the generation or the index. What the manifest does not name is never read, so
    that a file too many is no damage."""
    folder = Generations(index).folder(manifest.generation)
    damage = {part.path: str(error) for part, error in damaged_parts(folder, manifest.parts)}
    if manifest.encoder is None or (basis := _basis_of(manifest)) is None:
        return damage
    store = vectors_folder(index, EncoderIdentity(**manifest.encoder))
    needed = [basis_name(basis.sha256)]
    if f"{WORDS}/segments.json" not in damage:
        needed += segments_of(folder / WORDS)
    for name in damaged_files(store, needed):
        damage[f"vectors/{name}"] = f"{store / name} is missing or was altered"
    return damage


def defects_of(index: Path) -> Iterator[str]:
    """A sentence for each file of an index that is not what was written, the texts among them,
    also where the index cannot be opened. Raises NoIndex and IndexTooNew."""
    generations = Generations(index)
    try:
        manifest = generations.current()
        yield from damage_of(index, manifest).values()
        yield from generations.damaged_notes(manifest)
    except IndexDamaged as error:
        yield str(error)
    try:
        with TextStore(index / TEXTS) as texts:
            yield from texts.damaged()
    except IndexDamaged as error:
        yield str(error)


def restore_basis_of(index: Path, manifest: Manifest) -> None:
    """Where the store of vectors has lost its basis, and the generation still holds it, put it
    back, so that nothing need be encoded again."""
    folder = Generations(index).folder(manifest.generation)
    basis = _basis_of(manifest)
    if manifest.encoder is None or basis is None or any(damaged_parts(folder, (basis,))):
        return
    store = vectors_folder(index, EncoderIdentity(**manifest.encoder))
    restore_basis(store, folder / basis.path)


def has_vectors(manifest: Manifest) -> bool:
    """Whether the generation has the vectors of its passages, or no passage."""
    return not manifest.passages or any(part.path == VECTORS for part in manifest.parts)


def has_words(manifest: Manifest) -> bool:
    """Whether the generation has vectors of words."""
    return _basis_of(manifest) is not None


def _basis_of(manifest: Manifest) -> Part | None:
    return next((part for part in manifest.parts if part.path == f"{WORDS}/basis.npy"), None)
