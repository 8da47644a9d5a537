"""Erasing withdrawn texts: the end of a `forget`, or of one that was killed."""

from __future__ import annotations

import shutil
from pathlib import Path

from index.dense import EncoderIdentity, VectorStore, segments_of
from index.layout import TEXTS, WORDS, vectors_folder
from index.store import Generations, Manifest, TextStore, withdrawals


def texts_to_erase(index: Path) -> set[str]:
    """The hashes of withdrawn texts that are still stored."""
    withdrawn = withdrawals(index)
    if not withdrawn:
        return set()
    with TextStore(index / TEXTS) as texts:
        return set(texts.hashes()) & withdrawn.keys()


def erase(index: Path, written: Manifest, hashes: set[str]) -> None:
    """Remove the last traces of these texts, of which the generation `written` has none. The texts
    themselves go last, so that an erasure that was killed is seen and ended by the next build."""
    generations = Generations(index)
    generations.remove_all_but(written.generation)
    needed = segments_of(generations.folder(written.generation) / WORDS)
    own = vectors_folder(index, EncoderIdentity(**written.encoder)) if written.encoder else None
    for folder in (index / "vectors").glob("*"):
        if folder == own:
            VectorStore(folder).remove_all_but(needed)
        else:
            shutil.rmtree(folder)
    generations.forget_metadata(hashes)
    for left in index.glob("*.damaged-*"):  # set aside by a build that mended
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
    with TextStore(index / TEXTS, writable=True) as texts:
        texts.erase(hashes | _never_published(generations, texts))


def _never_published(generations: Generations, texts: TextStore) -> set[str]:
    """Texts that no generation ever held, and so no citation names: a killed build read them. One
    may be another version of what is erased."""
    published = {change.sha256 for _, change in generations.history()}
    return set(texts.hashes()) - published
