"""Which collection, index and encoder a command works on, and opening them for reading."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus import CorpusError
from index import (
    DEFAULT_ENCODER,
    BuildReport,
    Encoder,
    Forgotten,
    Generations,
    IndexProblem,
    Manifest,
    NoIndex,
    OtherCollection,
    Progress,
    SearchIndex,
    SentenceEncoder,
    build_index,
    folder_state,
    forget_article,
)

STARTER_COLLECTION = Path(str(files("corpus"))) / "articles"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Workspace:
    """corpus, encoder, precision: None where the person named none, so that the index's own are
    used. device: to encode on; None takes what there is.
    make_encoder: from name, precision and device; a precision of None suits the processor.
    """

    corpus: Path | None
    index: Path
    encoder: str | None
    precision: str | None = None
    device: str | None = None
    make_encoder: Callable[[str, str | None, str | None], Encoder] = SentenceEncoder

    def manifest(self) -> Manifest | None:
        """Of the current generation; None where there is no index yet."""
        try:
            return Generations(self.index).current()
        except NoIndex:
            return None

    def collection(self) -> Path:
        """The folder of articles: the one named, else the index's, else the starter one."""
        if self.corpus is not None:
            return self.corpus.absolute()
        collection, _ = self._last_build()
        return Path(collection) if collection else STARTER_COLLECTION

    def build(
        self, progress: Progress, say: Say, *, full: bool = False, strict: bool = False
    ) -> BuildReport:
        """Rebuild; see `index.build_index`. Keeps the index's encoder unless one was named.

        `say` gets a line about what is kept where KeyboardInterrupt stops the build.
        """
        before = self._readable_manifest()
        try:
            return build_index(
                self.collection(),
                self.index,
                self._builder(),
                full=full,
                strict=strict,
                progress=progress,
            )
        except KeyboardInterrupt:
            say(_what_is_kept(before, self._readable_manifest()))
            raise

    def forget(self, article_id: str, progress: Progress) -> Forgotten:
        """Erase an article from the index; see `index.forget_article`."""
        manifest = Generations(self.index).current()
        self._require_same_collection(manifest)
        built = manifest.encoder
        encoder = self._encoder(built["name"], built["precision"]) if built else None
        return forget_article(article_id, self.index, encoder, progress)

    def open(self, progress: Progress, say: Say) -> SearchIndex:
        """The index, built first where there is none.

        `say` gets a line where the folder has changed since the build. Raises OtherCollection
        where `corpus` was named and is not the folder that the index was built from.
        """
        manifest = self.manifest()
        if manifest is None:
            say(self.no_index_yet())
            self.build(progress, say)
            manifest = Generations(self.index).current()
        self._require_same_collection(manifest)
        if (stale := self._staleness(manifest)) is not None:
            say(stale)
        return SearchIndex(self.index)

    def no_index_yet(self) -> str:
        """What is said before the first build."""
        return f"There is no index in {self.index} yet; building it from {self.collection()}."

    def encoder_for(self, index: SearchIndex) -> Encoder | None:
        """The encoder that `index` was built with; None for a generation without one. Questions
        are encoded as suits the processor, unless a precision was named.

        Raises OtherEncoder where another one was named.
        """
        if index.manifest.encoder is None:
            return None
        encoder = self.make_own(index.manifest.encoder["name"])
        index.require_encoder(encoder.identity)
        return encoder

    def is_stale(self, manifest: Manifest) -> bool:
        """Whether the collection folder has changed since the build."""
        return self._staleness(manifest) is not None

    def make_own(self, name: str) -> Encoder:
        """The encoder that was named, else the one of this name."""
        return self._encoder(self.encoder or name, None)

    def _builder(self) -> Encoder:
        """The encoder of a build. Vectors of two precisions do not mix, so that a build keeps the
        one of the index, on whatever processor."""
        _, before = self._last_build()
        name = self.encoder or before or DEFAULT_ENCODER
        manifest = self._readable_manifest()
        built = manifest.encoder if manifest else None
        return self._encoder(name, built["precision"] if built and built["name"] == name else None)

    def _encoder(self, name: str, precision: str | None) -> Encoder:
        return self.make_encoder(name, self.precision or precision, self.device)

    def _last_build(self) -> tuple[str | None, str | None]:
        """The collection and the encoder of the last build, None where they are not known.

        The manifest has a hash and tells them first. What is remembered has none; it is read
        where there is no manifest yet, or none that can be read, which this build mends.
        """
        if (manifest := self._readable_manifest()) is not None:
            return manifest.collection, manifest.encoder["name"] if manifest.encoder else None
        remembered = Generations(self.index).remembered()
        return (remembered.collection, remembered.encoder) if remembered else (None, None)

    def _readable_manifest(self) -> Manifest | None:
        """As `manifest`, and None where it is damaged or in a later format."""
        try:
            return self.manifest()
        except IndexProblem:
            return None

    def _require_same_collection(self, manifest: Manifest) -> None:
        if self.corpus is None or self.corpus.resolve() == Path(manifest.collection).resolve():
            return
        raise OtherCollection(
            f"The index in {self.index} was built from {manifest.collection}, not from "
            f"{self.corpus}. Rebuild it with: onrecord --corpus {shlex.quote(str(self.corpus))} "
            f"--index {shlex.quote(str(self.index))} build, or give another --index."
        )

    def _staleness(self, manifest: Manifest) -> str | None:
        remembered = Generations(self.index).remembered()
        try:
            now = folder_state(Path(manifest.collection))
        except CorpusError:
            return f"The collection {manifest.collection} is gone; answers come from the index."
        if remembered is None or now == remembered.state:
            return None
        return (
            f"The collection {manifest.collection} has changed since the build; "
            "bring the index up to date with: onrecord build"
        )


def _what_is_kept(before: Manifest | None, after: Manifest | None) -> str:
    if after is not None and after != before:
        return "Stopped, but the new index was published already: it is whole, and it answers now."
    answers = "what answered before still answers" if after is not None else "no index answers yet"
    return (
        f"Stopped, and nothing was published: {answers}. Vectors that were finished are kept, and "
        "the next build goes on from them."
    )
