"""Writing the vectors of a generation: strings are encoded in blocks, so that memory holds a block
and, of the whole collection, the vector of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import Article, Passage
from index.build.gathering import Listed
from index.build.parts.cutting import encoded_string
from index.dense import (
    Encoder,
    Kept,
    VectorIndex,
    VectorStore,
    encode_in_windows,
    save_places,
)
from index.errors import IndexDamaged
from index.layout import VECTORS, WORDS
from index.lexical import word_spans
from index.progress import Progress
from index.store import Catalogue, TextStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Strings that are sorted by length together before they are encoded: eight windows, 6 MB.
_BLOCK = 8192


class Strings:
    """The strings that are encoded, by row, read again when they are needed."""

    def __init__(self, catalogue: Catalogue, texts: TextStore, articles: Sequence[Listed]) -> None:
        self._catalogue, self._texts = catalogue, texts
        self._by_id = {listed.article_id: listed for listed in articles}
        self._article: Article | None = None

    def of(self, row: int) -> str:
        article_id, _, sentences = self._catalogue.passage(row)
        if self._article is None or self._article.article_id != article_id:
            self._article = self._by_id[article_id].read_from(self._texts)
        return encoded_string(Passage(self._article, sentences))


def write_vectors(
    folder: Path,
    keys: Sequence[bytes],
    kept: Kept,
    strings: Strings,
    encoder: Encoder,
    store: VectorStore,
    basis: NDArray[np.float32] | None,
    progress: Progress,
    told: Callable[[int], None],
) -> int:
    """Write the FAISS index and the places of the word vectors; gives how many strings were
    encoded.

    keys: of each row's string. kept: what the store holds of them. basis: the store's.
    told: called with the number of strings encoded since.
    """
    missing = [keys[row] for row in kept.missing]
    first_rows: dict[bytes, int] = {}
    for row in kept.missing:
        first_rows.setdefault(keys[row], row)
    wanted = list(first_rows.values())
    added: set[str] = set()
    with progress.step("Encoding passages", len(wanted)) as advance:

        def tell(done: int) -> None:
            advance(done)
            told(done)

        for start in range(0, len(wanted), _BLOCK):
            new = [strings.of(row) for row in wanted[start : start + _BLOCK]]
            for window, encoded in encode_in_windows(encoder, new, word_spans, tell):
                added.add(store.add(window, encoded, basis))
    kept = kept.completed(store.load(missing, added))
    if kept.missing:
        raise IndexDamaged(f"{len(kept.missing)} vectors vanished from {store.folder}")
    if kept.vectors is not None and len(kept.vectors):
        VectorIndex.build(kept.vectors, folder / VECTORS)
        if basis is not None:
            save_places(folder / WORDS, basis, kept.places, kept.segments)
    return len(wanted)
