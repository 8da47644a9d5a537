"""Where the parts of an index lie, and which of them are damaged."""

from __future__ import annotations

from pathlib import Path

from index.dense import EncoderIdentity, damaged_segments, segments_of
from index.lexical import ANALYZER
from index.store import Generations, Manifest
from index.store.manifest import damaged_parts

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
    path inside the generation or the index."""
    folder = Generations(index).folder(manifest.generation)
    damage = {part.path: str(error) for part, error in damaged_parts(folder, manifest.parts)}
    names = f"{WORDS}/segments.json"
    has_words = any(part.path == names for part in manifest.parts)
    if manifest.encoder is not None and has_words and names not in damage:
        store = vectors_folder(index, EncoderIdentity(**manifest.encoder))
        for name in damaged_segments(store, segments_of(folder / WORDS)):
            damage[f"vectors/{name}"] = f"{store / name} is missing or was altered"
    return damage
