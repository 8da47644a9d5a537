"""Writing the parts of a generation: catalogue, postings, vectors.

Articles come one at a time, and strings are encoded in blocks, so that memory holds a batch and,
of the whole collection, only what a row of the index has: counts of its words, and its vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus import (
    Article,
    NameRules,
    Passage,
    passages_of,
    people_among,
    quotations_of,
)
from index.build.gathering import Listed
from index.copies import Copies, Fingerprint, copies_among, fingerprint_for
from index.dense import (
    Encoder,
    VectorIndex,
    VectorStore,
    encode_in_windows,
    key_of,
    save_places,
)
from index.errors import IndexDamaged
from index.layout import CATALOGUE, POSTINGS, VECTORS, WORDS
from index.lexical import Postings, compile_postings, terms, word_spans
from index.progress import Progress
from index.store import Catalogue, CatalogueEntry, CatalogueWriter, TextStore, pack

# Strings that are sorted by length together before they are encoded: eight windows, 6 MB.
_BLOCK = 8192


@dataclass(frozen=True, slots=True)
class Before:
    """What can be taken from the generation before: its passages, and their words counted.

    entries: all of its articles, by id.
    """

    catalogue: Catalogue
    postings: Postings
    entries: Mapping[str, CatalogueEntry]


@dataclass(frozen=True, slots=True)
class Written:
    """passages: how many. encoded: how many strings the encoder was given."""

    passages: int
    encoded: int


def write_parts(
    folder: Path,
    articles: Sequence[Listed],
    rules: NameRules,
    texts: TextStore,
    before: Before | None,
    vectors: tuple[Encoder, VectorStore] | None,
    progress: Progress,
    *,
    full: bool,
    alone: bool,
) -> Written:
    """Write what belongs into the `folder` of a new generation.

    rules: on the names of those who speak.
    full: encode every string, also those whose vectors are kept.
    alone: take vectors from segments that hold nothing but what this generation needs; they are
        written where there are none.
    """
    by_id = {listed.article_id: listed for listed in articles}
    keys: list[bytes] = []
    known = before.catalogue.fingerprints() if before else {}
    fingerprints: dict[str, Fingerprint] = {}
    with CatalogueWriter(folder / CATALOGUE) as catalogue:
        unquoted: set[str] = set()

        def documents() -> Iterator[list[str] | int]:
            """The terms of each passage, or the row that had it before, in row order; what is
            passed by is written down."""
            with progress.step("Cutting passages", len(articles)) as advance:
                for listed in articles:
                    article = listed.read_from(texts)
                    rows, passages, quotations = _cut(article, before)
                    catalogue.add(article, passages, quotations)
                    unquoted.update(_unquoted_terms(article))
                    fingerprints[article.article_id] = fingerprint_for(article, passages, known)
                    for number, passage in enumerate(passages):
                        keys.append(key_of(encoded_string(passage)))
                        yield rows[number] if rows else terms(passage.text)
                    advance(1)

        postings = compile_postings(documents(), before.postings if before else None)
        catalogue.add_unquotable(term for term in unquoted if not postings.holding(term))
        catalogue.add_people(people_among(catalogue.spoken(), rules))
        with progress.step("Finding copies", 1) as advance:
            catalogue.add_copies(_copies(by_id, fingerprints, texts))
            advance(1)
    postings.save(folder / POSTINGS)
    encoded = 0
    if vectors is not None:
        with closing(Catalogue(folder / CATALOGUE)) as written:
            encoded = _write_vectors(
                folder, keys, _Strings(written, texts, by_id), *vectors, progress,
                full=full, alone=alone,
            )  # fmt: skip
    return Written(len(keys), encoded)


def _cut(article: Article, before: Before | None) -> tuple[range, list[Passage], str]:
    """The passages of an article in row order, by passage_id as a string, the rows that they had
    before, and the article's quotations, packed. All follow from its text and its furniture: where
    these have not changed they are taken as they were; otherwise there are no such rows."""
    if before is not None:
        entry = before.entries.get(article.article_id)
        if (
            entry is not None
            and entry.sha256 == article.sha256
            and before.catalogue.furniture(article.article_id) == article.furniture
        ):
            passages = [Passage(article, spans) for spans in before.catalogue.sentences(entry)]
            return entry.rows, passages, before.catalogue.packed_quotations(article.article_id)
    passages = sorted(passages_of(article), key=lambda passage: passage.passage_id)
    return range(0), passages, pack(quotations_of(article))


def _copies(
    by_id: Mapping[str, Listed], fingerprints: Mapping[str, Fingerprint], texts: TextStore
) -> Copies:
    dates = {article_id: listed.metadata.dated for article_id, listed in by_id.items()}
    return copies_among(fingerprints, dates, lambda one: by_id[one].read_from(texts).text)


def _unquoted_terms(article: Article) -> Iterator[str]:
    yield from terms(article.metadata.title or "")
    for item in article.furniture:
        yield from terms(item.span.of(article.text))


def encoded_string(passage: Passage) -> str:
    """The exact string that is encoded for a passage: its article's title gives it context,
    and is never shown as part of it."""
    title = passage.article.metadata.title
    return f"{title}\n{passage.text}" if title else passage.text


class _Strings:
    """The strings that are encoded, by row, read again when they are needed."""

    def __init__(self, catalogue: Catalogue, texts: TextStore, by_id: Mapping[str, Listed]) -> None:
        self._catalogue, self._texts, self._by_id = catalogue, texts, by_id
        self._article: Article | None = None

    def of(self, row: int) -> str:
        article_id, _, sentences = self._catalogue.passage(row)
        if self._article is None or self._article.article_id != article_id:
            self._article = self._by_id[article_id].read_from(self._texts)
        return encoded_string(Passage(self._article, sentences))


def _write_vectors(
    folder: Path,
    keys: Sequence[bytes],
    strings: _Strings,
    encoder: Encoder,
    store: VectorStore,
    progress: Progress,
    *,
    full: bool,
    alone: bool,
) -> int:
    """Write the FAISS index and the places of the word vectors; gives how many strings were
    encoded. A full build takes nothing from what earlier ones have kept."""
    basis = store.basis(encoder, progress)
    among = set() if full else store.without_others(set(keys)) if alone else None
    kept = store.load(keys, among)
    missing = [keys[row] for row in kept.missing]
    first_rows: dict[bytes, int] = {}
    for row in kept.missing:
        first_rows.setdefault(keys[row], row)
    rows = list(first_rows.values())
    added: set[str] = set()
    with progress.step("Encoding passages", len(rows)) as advance:
        for start in range(0, len(rows), _BLOCK):
            new = [strings.of(row) for row in rows[start : start + _BLOCK]]
            for window, encoded in encode_in_windows(encoder, new, word_spans, advance):
                added.add(store.add(window, encoded, basis))
    kept = kept.completed(store.load(missing, added))
    if kept.missing:
        raise IndexDamaged(f"{len(kept.missing)} vectors vanished from {store.folder}")
    if kept.vectors is not None and len(kept.vectors):
        VectorIndex.build(kept.vectors, folder / VECTORS)
        if basis is not None:
            save_places(folder / WORDS, basis, kept.places, kept.segments)
    return len(rows)
