"""From articles, mostly those of a folder, to a published generation.

Only what is new is encoded; everything else of a generation follows from the articles and the
stored vectors, so an incremental build and a full one give the same generation, though vectors
of words may lie in other segments.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpus import (
    PASSAGE_RULES,
    Article,
    Collection,
    CorpusError,
    Passage,
    Skip,
    list_files,
    passages_of,
    read_collection,
)
from index.dense import (
    Encoder,
    VectorIndex,
    VectorStore,
    encode_in_windows,
    save_places,
    segments_of,
)
from index.errors import BuildFailed, IndexDamaged, IndexTooNew, NoIndex
from index.layout import CATALOGUE, POSTINGS, VECTORS, WORDS, damage_of, vectors_folder
from index.lexical import ANALYZER, compile_postings, terms, word_spans
from index.progress import Progress, Silent
from index.store import (
    Catalogue,
    Change,
    Generations,
    Manifest,
    Remembered,
    TextStore,
    building,
    write_catalogue,
)
from index.store.manifest import FILE as MANIFEST
from index.store.manifest import parts_of


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Article ids come in order.

    generation: the one that answers now. published: False where nothing had changed.
    encoded: how many strings the encoder was given.
    mended: what was found damaged in the index before and is whole again.
    """

    generation: str
    published: bool
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    articles: int
    passages: int
    encoded: int
    skips: tuple[Skip, ...]
    notes: tuple[Skip, ...]
    mended: tuple[str, ...] = field(default=())


def build_index(
    collection: Path,
    index: Path,
    encoder: Encoder | None,
    *,
    full: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Bring the index in folder `index` up to date with the articles in folder `collection`.

    encoder: None builds a generation without vectors.
    full: compile everything again and encode every string again.
    strict: raise BuildFailed where any file was skipped, and publish nothing.

    Raises CorpusError (the folder cannot be read or holds no article), IndexLocked, and
    BuildFailed; whatever is raised, the index that answered before still answers.
    """
    collection = collection.absolute()
    source = _Source(
        name=str(collection),
        state=lambda: folder_state(collection),
        read=lambda: read_collection(collection),
    )
    return _run(source, index, encoder, progress, full=full, strict=strict)


def build_index_of(
    articles: Sequence[Article],
    index: Path,
    encoder: Encoder | None,
    *,
    progress: Progress | None = None,
) -> BuildReport:
    """The same for articles that lie in no folder; the index then remembers none ("").

    Raises ValueError where two articles have one id, and otherwise as `build_index`.
    """
    ordered = tuple(sorted(articles, key=lambda article: article.article_id))
    if len({article.article_id for article in ordered}) < len(ordered):
        raise ValueError("each article of an index needs an id of its own")
    source = _Source(name="", state=lambda: "", read=lambda: Collection(ordered, skips=()))
    return _run(source, index, encoder, progress, full=False, strict=False)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the articles come from.

    name: the folder's absolute path, or "" where there is none.
    state: see `folder_state`. read: gives the articles. Both are called while the build holds
        its lock.
    """

    name: str
    state: Callable[[], str]
    read: Callable[[], Collection]


def _run(
    source: _Source,
    index: Path,
    encoder: Encoder | None,
    progress: Progress | None,
    *,
    full: bool,
    strict: bool,
) -> BuildReport:
    index = index.absolute()
    _require_index_folder(index)
    try:
        with building(index):
            build = _Build(source, index, encoder, progress or Silent())
            return build.run(full=full, strict=strict)
    except (OSError, sqlite3.OperationalError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BuildFailed(
            f"The build in {index} stopped: {reason or error}. What answered before still answers. "
            "Make room or check permissions, then run the build again; it goes on where it stopped."
        ) from error


def _require_index_folder(index: Path) -> None:
    """An index is only made in a new or an empty folder, never among somebody's files."""
    if not index.is_dir() or not any(index.iterdir()):
        return
    if not any((index / name).exists() for name in ("CURRENT", "generations", "lock")):
        raise BuildFailed(
            f"{index} holds other files and no index. Give a new folder with --index DIR."
        )


def folder_state(collection: Path) -> str:
    """A hash that differs when a file of the collection was added, removed or written."""
    return hashlib.sha256(repr(list_files(collection)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Build:
    source: _Source
    index: Path
    encoder: Encoder | None
    progress: Progress

    def run(self, *, full: bool, strict: bool) -> BuildReport:
        now = datetime.now(UTC)
        generations = Generations(self.index)
        settings = Remembered(
            collection=self.source.name,
            encoder=self.encoder.identity.name if self.encoder else None,
            state=self.source.state(),
        )
        read = self._read(strict)
        before, damage = self._before(generations, full)
        changes = self._changes(before, damage, read.articles)
        mended = generations.mend_history(f"{now:%Y%m%dT%H%M%SZ}")
        mended += self._store_texts(read.articles, changes, now)
        if before:
            generations.note_in_history(before)
        if before and not (full or damage or changes) and self._same_settings(before):
            generations.remember(settings)
            return self._report(before, changes, read, 0, published=False, mended=mended)
        if before is None and generations.remembered() is None:
            generations.remember(settings)  # so that whoever comes after a kill builds the same
        passages = self._passages(read.articles)
        generation = f"{now:%Y%m%dT%H%M%S.%fZ}"
        folder = generations.prepare(generation)
        try:
            encoded = self._write(folder, read.articles, passages, full=full)
            manifest = Manifest(
                generation=generation,
                built=now.isoformat(timespec="seconds"),
                collection=self.source.name,
                encoder=asdict(self.encoder.identity) if self.encoder else None,
                analyzer=ANALYZER,
                passage_rules=PASSAGE_RULES,
                articles=len(read.articles),
                passages=len(passages),
                changes=changes,
                parts=parts_of(folder),
            )
            generations.publish(manifest)
        except BaseException:
            generations.discard(generation)
            raise
        generations.remember(settings)
        generations.remove_old(before.generation if before else None)
        # Segments without words are named by no generation; later builds take vectors from them.
        if full and self.encoder is not None and segments_of(folder / WORDS):
            needed: set[str] = set()
            for kept in generations.kept():
                with suppress(IndexDamaged):  # the generation before, which then answers nobody
                    needed.update(segments_of(kept / WORDS))
            VectorStore(vectors_folder(self.index, self.encoder.identity)).remove_all_but(needed)
        mended += tuple(damage.values())
        return self._report(manifest, changes, read, encoded, published=True, mended=mended)

    def _read(self, strict: bool) -> Collection:
        with self.progress.step("Reading articles", 1) as advance:
            read = self.source.read()
            advance(1)
        if not read.articles:
            listed = "".join(f"\n  {skip}" for skip in read.skips)
            raise CorpusError(
                f"The collection {self.source.name} holds no articles. Put .txt, .md or .jsonl "
                f"files into it, or give another folder with --corpus DIR.{listed}"
            )
        if strict and read.skips:
            listed = "\n".join(f"  {skip}" for skip in read.skips)
            raise BuildFailed(
                f"{len(read.skips)} skipped, and --strict was given, so nothing was published:\n"
                f"{listed}\nMend or remove these, or build without --strict."
            )
        return read

    def _before(
        self, generations: Generations, full: bool
    ) -> tuple[Manifest | None, dict[str, str]]:
        """The generation that answers, and what is wrong with it: a sentence for each part."""
        try:
            manifest = generations.current()
            return manifest, damage_of(self.index, manifest)
        except NoIndex:
            return None, {}
        except IndexDamaged as error:
            return None, {MANIFEST: str(error)}
        except IndexTooNew:
            if not full:
                raise
            return None, {}

    def _changes(
        self, before: Manifest | None, damage: Mapping[str, str], articles: Sequence[Article]
    ) -> tuple[Change, ...]:
        # Without a sound catalogue nothing is known of what was there before.
        known = self._known(before) if before and CATALOGUE not in damage else {}
        present = {article.article_id for article in articles}
        changes = [Change(gone, "removed", None) for gone in known.keys() - present]
        for article in articles:
            if article.article_id not in known:
                changes.append(_change(article, "added"))
            elif known[article.article_id] != (article.fingerprint, article.file):
                changes.append(_change(article, "changed"))
        return tuple(sorted(changes, key=lambda change: change.article_id))

    def _known(self, before: Manifest) -> dict[str, tuple[str, str]]:
        folder = Generations(self.index).folder(before.generation)
        with closing(Catalogue(folder / CATALOGUE)) as catalogue:
            return catalogue.versions()

    def _same_settings(self, before: Manifest) -> bool:
        return (
            before.collection == self.source.name
            and before.encoder == (asdict(self.encoder.identity) if self.encoder else None)
            and before.analyzer == ANALYZER
            and before.passage_rules == PASSAGE_RULES
        )

    def _store_texts(
        self, articles: Sequence[Article], changes: Sequence[Change], now: datetime
    ) -> tuple[str, ...]:
        """Keep the texts; gives what was wrong with those kept before. A damaged database is
        moved aside, never written to, and its texts that are still in the folder are stored
        anew."""
        path = self.index / "articles.db"
        new = {change.article_id for change in changes}
        try:
            with TextStore(path, writable=True) as store:
                missing = [article for article in articles if store.get(article.sha256) is None]
                store.add((article.text for article in missing), now)
            lost = [article.article_id for article in missing if article.article_id not in new]
            return (f"{path} lacked {len(lost):,} texts",) if lost else ()
        except IndexDamaged as error:
            aside = path.with_name(f"articles.db.damaged-{now:%Y%m%dT%H%M%SZ}")
            path.rename(aside)
            with TextStore(path, writable=True) as store:
                store.add((article.text for article in articles), now)
            return (f"{error} (kept as {aside.name})",)

    def _passages(self, articles: Sequence[Article]) -> list[Passage]:
        passages: list[Passage] = []
        with self.progress.step("Cutting passages", len(articles)) as advance:
            for article in articles:
                # Row order: by article_id, then by passage_id as a string.
                passages.extend(sorted(passages_of(article), key=lambda p: p.passage_id))
                advance(1)
        return passages

    def _write(
        self, folder: Path, articles: Sequence[Article], passages: Sequence[Passage], *, full: bool
    ) -> int:
        encoded = self._write_vectors(folder, passages, self.encoder, full) if self.encoder else 0
        with self.progress.step("Compiling words", len(passages)) as advance:
            documents: list[list[str]] = []
            for passage in passages:
                documents.append(terms(passage.text))
                advance(1)
        with self.progress.step("Writing the index", 2) as advance:
            compile_postings(documents).save(folder / POSTINGS)
            advance(1)
            quotable = set().union(*documents)
            unquotable = {term for article in articles for term in _unquoted_terms(article)}
            write_catalogue(
                folder / CATALOGUE, articles, passages, unquotable_terms=unquotable - quotable
            )
            advance(1)
        return encoded

    def _write_vectors(
        self, folder: Path, passages: Sequence[Passage], encoder: Encoder, full: bool
    ) -> int:
        """Write the FAISS index and the places of the word vectors; gives how many strings were
        encoded. A full build takes nothing from what earlier ones have kept."""
        store = VectorStore(vectors_folder(self.index, encoder.identity))
        strings = [encoded_string(passage) for passage in passages]
        with self.progress.step("Preparing the encoder", 1) as advance:
            basis = store.basis(encoder)
            advance(1)
        kept = store.load(strings, among=() if full else None)
        new = {strings[position] for position in kept.missing}
        added = set()
        with self.progress.step("Encoding passages", len(new)) as advance:
            for window, encoded in encode_in_windows(encoder, new, word_spans, advance):
                added.add(store.add(window, encoded, basis))
        if new:
            kept = store.load(strings, among=added if full else None)
            if kept.missing:
                raise IndexDamaged(f"{len(kept.missing)} vectors vanished from {store.folder}")
        if kept.vectors is not None and len(kept.vectors):
            VectorIndex.build(kept.vectors, folder / VECTORS)
            if basis is not None:
                save_places(folder / WORDS, basis, kept.places, kept.segments)
        return len(new)

    def _report(
        self,
        manifest: Manifest,
        changes: tuple[Change, ...],
        read: Collection,
        encoded: int,
        *,
        published: bool,
        mended: tuple[str, ...],
    ) -> BuildReport:
        by_kind = {
            what: tuple(change.article_id for change in changes if change.what == what)
            for what in ("added", "changed", "removed")
        }
        return BuildReport(
            generation=manifest.generation,
            published=published,
            added=by_kind["added"],
            changed=by_kind["changed"],
            removed=by_kind["removed"],
            kept=len(read.articles) - len(by_kind["added"]) - len(by_kind["changed"]),
            articles=manifest.articles,
            passages=manifest.passages,
            encoded=encoded,
            skips=read.skips,
            notes=read.notes,
            mended=mended,
        )


def _change(article: Article, what: Literal["added", "changed"]) -> Change:
    return Change(article.article_id, what, article.sha256, article.metadata)


def _unquoted_terms(article: Article) -> Iterator[str]:
    yield from terms(article.metadata.title or "")
    for item in article.furniture:
        yield from terms(item.span.of(article.text))


def encoded_string(passage: Passage) -> str:
    """The exact string that is encoded for a passage: its article's title gives it context,
    and is never shown as part of it."""
    title = passage.article.metadata.title
    return f"{title}\n{passage.text}" if title else passage.text
