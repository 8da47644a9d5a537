"""From articles, mostly those of a folder, to a published generation.

Only what is new is encoded; everything else of a generation follows from the articles and the
stored vectors, so an incremental build and a full one give the same generation, though vectors
of words may lie in other segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus import (
    RULES_FILE,
    Article,
    CorpusError,
    NameRules,
    Skip,
    nothing_known,
)
from index.build.earlier import changes_since, is_listed, known_to
from index.build.erase import erase, texts_to_erase
from index.build.gathering import Gathered, gather
from index.build.locked import build_in
from index.build.parts import Before
from index.build.publishing import Publishing
from index.build.report import BuildReport
from index.build.rules import is_of_today
from index.build.source import Source, in_folder, in_memory
from index.dense import Encoder, VectorStore, segments_of
from index.errors import BuildFailed, IndexDamaged, IndexTooNew, NoIndex
from index.layout import (
    CATALOGUE,
    POSTINGS,
    TEXTS,
    WORDS,
    damage_of,
    has_vectors,
    has_words,
    restore_basis_of,
    vectors_folder,
)
from index.lexical import Postings
from index.progress import Progress, Silent
from index.store import (
    Catalogue,
    CatalogueEntry,
    Change,
    Generations,
    Manifest,
    Remembered,
    TextStore,
    withdrawals,
)
from index.store.manifest import FILE as MANIFEST
from index.store.manifest import FORMAT


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
    full: read and compile everything again and encode every string again.
    strict: raise BuildFailed where any file was skipped, and publish nothing.

    Raises CorpusError (the folder cannot be read or holds no article, or its rules on names are not
    understood), IndexLocked, and
    BuildFailed; whatever is raised, the index that answered before still answers, or the new one
    does and the message says so.
    """
    index = index.absolute()
    source = in_folder(collection.absolute())
    with build_in(index):
        build = Build(source, index, encoder, progress or Silent())
        return build.run(full=full, strict=strict)


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
    if len({article.article_id for article in articles}) < len(articles):
        raise ValueError("each article of an index needs an id of its own")
    index = index.absolute()
    with build_in(index):
        return Build(in_memory(articles), index, encoder, progress or Silent()).run()


@dataclass(frozen=True, slots=True)
class Build:
    """One build, by whoever holds the lock."""

    source: Source
    index: Path
    encoder: Encoder | None
    progress: Progress

    def run(self, *, full: bool = False, strict: bool = False) -> BuildReport:
        now = datetime.now(UTC)
        generations = Generations(self.index)
        settings = Remembered(
            collection=self.source.name,
            encoder=self.encoder.identity.name if self.encoder else None,
            state=self.source.state(),
        )
        rules = self.source.rules()
        manifest, damage = self._before(generations, full)
        mended = generations.mend_history(f"{now:%Y%m%dT%H%M%SZ}")
        with self._opened(manifest, damage) as catalogue:
            of_today = manifest is not None and is_of_today(manifest)
            is_of_format = manifest is not None and manifest.format == FORMAT
            earlier = catalogue if is_of_format and not full else None
            read, found = self._gather(earlier, strict, now, of_today=of_today)
            mended += found
            entries = (
                {entry.article_id: entry for entry in catalogue.entries()} if catalogue else {}
            )
            changes = changes_since(entries, read.articles)
            added = {change.sha256 for change in changes}
            lost = [one for one in read.articles if one.sha256 in read.new - added]
            if lost and not found:
                mended += (f"{self._texts} lacked {len(lost):,} texts",)
            if manifest:
                generations.note_in_history(manifest)
            erasing = texts_to_erase(self.index)
            # Whoever has an old articles.db open goes over to the new one with a new generation.
            is_same = not (full or damage or changes or erasing or found or lost) and all(
                is_listed(article, entries) for article in read.articles
            )
            if manifest and is_same and self._same_settings(manifest, rules):
                generations.remember(settings)
                return self._report(manifest, changes, read, 0, published=False, mended=mended)
            if manifest is None and generations.remembered() is None:
                generations.remember(settings)  # so that whoever comes after a kill builds the same
            if manifest:
                restore_basis_of(self.index, manifest)
            before = None if full else self._reusable(manifest, catalogue, entries, damage)
            published = Publishing(
                self.index, read, rules, self._vectors(), settings, now, self.progress
            ).run(manifest, before, changes, full=full, alone=bool(erasing))
        written = published.manifest
        generations.remember(settings)
        if erasing:
            erase(self.index, written, erasing)
        generations.remove_old(published.previous)
        if full:
            self._remove_unused_segments(generations, written)
        mended += tuple(damage.values())
        return self._report(
            written, changes, read, published.encoded, published=True, mended=mended
        )

    @property
    def _texts(self) -> Path:
        return self.index / TEXTS

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

    @contextmanager
    def _opened(
        self, manifest: Manifest | None, damage: Mapping[str, str]
    ) -> Iterator[Catalogue | None]:
        """The catalogue before; None where it is not sound, when nothing is known of what was
        there before."""
        if manifest is None or CATALOGUE in damage:
            yield None
            return
        folder = Generations(self.index).folder(manifest.generation)
        with closing(Catalogue(folder / CATALOGUE)) as catalogue:
            yield catalogue

    def _reusable(
        self,
        manifest: Manifest | None,
        catalogue: Catalogue | None,
        entries: Mapping[str, CatalogueEntry],
        damage: Mapping[str, str],
    ) -> Before | None:
        """What was cut and counted before, by the rules of today; None where that is not sound."""
        if (
            manifest is None
            or catalogue is None
            or any(path.startswith(f"{POSTINGS}/") for path in damage)
            or not is_of_today(manifest)
        ):
            return None
        folder = Generations(self.index).folder(manifest.generation)
        return Before(catalogue, Postings.open(folder / POSTINGS), entries)

    def _gather(
        self, before: Catalogue | None, strict: bool, now: datetime, *, of_today: bool
    ) -> tuple[Gathered, tuple[str, ...]]:
        """The articles, their texts stored; and what was wrong with those stored before. A damaged
        database is moved aside, never written to; its sound texts are taken over, and of the
        others those that are still in the source are stored anew."""
        mended: tuple[str, ...] = ()
        withdrawn = withdrawals(self.index)
        try:
            with TextStore(self._texts, writable=True) as texts:
                texts.require_sound()
                known = known_to(before, texts, of_today=of_today) if before else nothing_known
                read = gather(self.source, texts, known, withdrawn, now, self.progress)
        except IndexDamaged as error:
            aside = self._texts.with_name(f"articles.db.damaged-{now:%Y%m%dT%H%M%SZ}")
            self._texts.rename(aside)
            with TextStore(self._texts, writable=True) as texts:
                texts.rescue(aside)
                read = gather(self.source, texts, nothing_known, withdrawn, now, self.progress)
            mended = (f"{error} (kept as {aside.name})",)
        if not read.articles and not withdrawn:
            listed = "".join(f"\n  {skip}" for skip in read.skips)
            raise CorpusError(
                f"The collection {self.source.name} holds no articles. Put some into it, such as "
                ".txt, .md, .html, .pdf, .docx, .csv or .jsonl files, or give another folder with "
                f"--corpus DIR.{listed}"
            )
        if strict and read.skips:
            listed = "\n".join(f"  {skip}" for skip in read.skips)
            raise BuildFailed(
                f"{len(read.skips)} skipped, and --strict was given, so nothing was published:\n"
                f"{listed}\nMend or remove these, or build without --strict."
            )
        return read, mended

    def _same_settings(self, before: Manifest, rules: NameRules) -> bool:
        return (
            is_of_today(before)
            and before.name_rules == rules
            and before.collection == self.source.name
            and before.encoder == (asdict(self.encoder.identity) if self.encoder else None)
            and not self._lacks_vectors(before)
        )

    def _lacks_vectors(self, before: Manifest) -> bool:
        """Whether the generation has no vectors, or none of words though the encoder makes them."""
        vectors = self._vectors()
        if vectors is None or before.passages == 0 or has_words(before):
            return False
        if not has_vectors(before):
            return True
        encoder, store = vectors
        return store.basis(encoder, self.progress) is not None

    def _vectors(self) -> tuple[Encoder, VectorStore] | None:
        if self.encoder is None:
            return None
        return self.encoder, VectorStore(vectors_folder(self.index, self.encoder.identity))

    def _remove_unused_segments(self, generations: Generations, written: Manifest) -> None:
        """Segments without words are named by no generation; later builds take vectors from
        them."""
        vectors = self._vectors()
        if vectors is None or not segments_of(generations.folder(written.generation) / WORDS):
            return
        needed: set[str] = set()
        for kept in generations.kept():
            with suppress(IndexDamaged):  # the generation before, which then answers nobody
                needed.update(segments_of(kept / WORDS))
        vectors[1].remove_all_but(needed)

    def _report(
        self,
        manifest: Manifest,
        changes: tuple[Change, ...],
        read: Gathered,
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
            notes=read.notes + self._vain(manifest),
            mended=mended,
        )

    def _vain(self, manifest: Manifest) -> tuple[Skip, ...]:
        """What the rules on names name in vain, such as a name that is misspelt."""
        if not manifest.name_rules:
            return ()
        folder = Generations(self.index).folder(manifest.generation)
        with closing(Catalogue(folder / CATALOGUE)) as catalogue:
            spoken = [(bearer.article_id, bearer.speaker) for bearer in catalogue.bearers()]
        return tuple(Skip(RULES_FILE, vain) for vain in manifest.name_rules.unused(spoken))
