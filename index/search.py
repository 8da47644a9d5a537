"""An open generation: both rankings of a question, and the passages behind them."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import Article, Passage, Quotation, Span
from index.copies import folded, places_of, sentence_digest
from index.dense import EncoderIdentity, VectorIndex, WordVectors
from index.errors import IndexDamaged, IndexReplaced, IndexTooOld, OtherEncoder
from index.layout import (
    CATALOGUE,
    POSTINGS,
    TEXTS,
    VECTORS,
    WORDS,
    damage_of,
    has_vectors,
    vectors_folder,
)
from index.lexical import ANALYZER, PARTS, Postings
from index.store import (
    Catalogue,
    CatalogueEntry,
    Change,
    Encoding,
    Filter,
    Generations,
    Manifest,
    TextStore,
    Withdrawal,
    encoding_of,
    withdrawals,
)
from index.store.checks import Checks
from index.store.manifest import FORMAT, check_sizes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Articles whose text is kept at hand; a text has 5 kB, so these have about a megabyte.
_ARTICLES_KEPT = 256


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows with their scores, best first; equal scores by row.

    A row stands for (article_id, passage_id) and is in their order.
    """

    rows: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if len(self.rows) != len(self.scores):
            raise ValueError("a ranking needs one score for each row")

    def __len__(self) -> int:
        return len(self.rows)

    def by_row(self) -> dict[int, float]:
        return dict(zip(self.rows, self.scores, strict=True))


@dataclass(frozen=True, slots=True)
class Rankings:
    """The two sides of a search. A side is empty where it found nothing or was not asked."""

    lexical: Ranking
    dense: Ranking


class SearchIndex:
    """The current generation of an index folder, immutable, safe for several threads. It is not
    cleaned up by later builds before `close`.

    Opening checks the manifest, the size of every part and the catalogue's hash, since a source
    is shown as the catalogue names it. The hashes of the postings and of the FAISS file are
    checked before they are first read, and a text's whenever it is read. A part that takes long
    to hash is hashed by a thread meanwhile; nothing is read of the catalogue before, and the
    others, which may change an order and never a citation, are read at once. Raises NoIndex,
    IndexTooNew, IndexTooOld and IndexDamaged.

    Only `forget_article` takes something away from whoever has it open: a text that was withdrawn,
    and parts that were not read yet. To ask for these raises IndexReplaced.
    """

    def __init__(self, index: Path) -> None:
        self.index = index.absolute()
        generations = Generations(self.index)
        self.manifest: Manifest
        self.manifest, lease = generations.leased()
        self.folder = generations.folder(self.manifest.generation)
        with ExitStack() as opened, self._still_there():
            opened.enter_context(lease)
            if self.manifest.format < FORMAT:
                raise IndexTooOld(
                    f"The index in {self.index} has format {self.manifest.format}, of an earlier "
                    "version of this program. Bring it up to date with: onrecord build"
                )
            check_sizes(self.folder, self.manifest.parts)
            if self.manifest.analyzer != ANALYZER:
                raise IndexDamaged(
                    f"its words were made by analyzer {self.manifest.analyzer}, and this program "
                    f"has {ANALYZER}"
                )
            catalogue = self.manifest.part(CATALOGUE)
            others = (part for part in self.manifest.parts if part != catalogue)
            self._checks = opened.enter_context(closing(Checks(self.folder, (catalogue, *others))))
            self._checks.begun(CATALOGUE)
            self._catalogue = opened.enter_context(closing(Catalogue(self.folder / CATALOGUE)))
            self.texts = opened.enter_context(TextStore(self.index / TEXTS))
            self._opened = opened.pop_all()
        self._articles: OrderedDict[str, Article] = OrderedDict()
        self._articles_lock = threading.Lock()

    def __len__(self) -> int:
        """The number of passages."""
        return self.manifest.passages

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is known of articles and passages, all but the texts."""
        with self._still_there():
            self._checks.wait_for(CATALOGUE)
        return self._catalogue

    @cached_property
    def postings(self) -> Postings:
        """Opened at the first use, so that listing articles waits for nothing."""
        with self._still_there():
            for part in self.manifest.parts:
                if part.path.startswith(f"{POSTINGS}/"):
                    self._checks.begun(part.path)
            postings = Postings.open(self.folder / POSTINGS)
        self._require_all(int(postings.size[0]), "rows in the postings")
        return postings

    @cached_property
    def vectors(self) -> VectorIndex | None:
        """Opened at the first use; None for a generation without vectors."""
        if all(part.path != VECTORS for part in self.manifest.parts):
            return None
        with self._still_there():
            self._checks.begun(VECTORS)
            vectors = VectorIndex.open(self.folder / VECTORS)
        self._require_all(len(vectors), "vectors")
        return vectors

    @cached_property
    def words(self) -> WordVectors | None:
        """Opened at the first use; None for a generation without vectors of words."""
        parts = [part for part in self.manifest.parts if part.path.startswith(f"{WORDS}/")]
        if not parts:
            return None
        with self._still_there():
            for part in parts:
                self._checks.begun(part.path)
            words = WordVectors.open(self.folder / WORDS, self._vectors_folder())
        self._require_all(len(words.places), "rows of word vectors")
        return words

    def encoding(self) -> Encoding | None:
        """How far the vectors are that this generation was published without; None where it has
        them, or was built to have none."""
        if self.manifest.encoder is None or has_vectors(self.manifest):
            return None
        return encoding_of(self.index, self.manifest.generation)

    @cached_property
    def first_rows(self) -> NDArray[np.int64]:
        """Of each article that has passages, the first row; ascending. The rows of an article
        lie together."""
        return self.catalogue.first_rows()

    def open_all(self) -> None:
        """Open now what would be opened at the first search. What is open stays readable even
        where the files of its generation are removed."""
        _ = self.postings, self.vectors, self.words

    def require_sound(self) -> None:
        """Wait until every part that `open_all` opened is hashed. Raises IndexDamaged."""
        with self._still_there():
            self._checks.require_all()

    def search(
        self,
        vector: NDArray[np.float32] | None,
        query: Sequence[str],
        k: int,
        chosen: Filter | None = None,
        among: Sequence[int] | None = None,
    ) -> Rankings:
        """The best `k` rows by words and by vector.

        vector: of the question, norm 1, shape (dimensions,); None leaves the dense side empty,
            as does a generation without vectors.
        query: the question's terms; none leave the lexical side empty.
        chosen: applied before ranking; weights of terms stay those of the whole collection.
        among: the only rows that may be found, as by `rows_holding`.
        """
        import numpy as np

        with self._still_there():
            self._checks.require_so_far()
        rows = self.catalogue.matching(chosen) if chosen else None
        if among is not None:
            only = np.unique(np.asarray(among, np.int64))
            rows = only if rows is None else np.intersect1d(rows, only, assume_unique=True)
        lexical = Ranking()
        if query:
            scores = self.postings.scores(query)
            found = np.flatnonzero(scores > 0)
            if rows is not None:
                found = np.intersect1d(found, rows, assume_unique=True)
            lexical = _best(found, scores[found], k)
        dense = Ranking()
        if vector is not None and self.vectors is not None:
            nearest, cosines = self.vectors.search(vector, k, rows)
            dense = Ranking(tuple(nearest.tolist()), tuple(cosines.tolist()))
        return Rankings(lexical, dense)

    def rows_holding(self, query: Sequence[str], chosen: Filter | None = None) -> list[int]:
        """The rows whose passages hold every term of the query, ascending; without a term none.

        chosen: only passages of articles that it lets pass.
        """
        import numpy as np

        if not query:
            return []
        # The rarest first, so that what is left to compare is short.
        held = sorted((self.postings.rows_holding(term) for term in query), key=len)
        rows = held[0]
        for others in held[1:]:
            rows = np.intersect1d(rows, others, assume_unique=True)
        if chosen:
            rows = np.intersect1d(rows, self.catalogue.matching(chosen), assume_unique=True)
        return [int(row) for row in rows]

    def passage(self, row: int) -> Passage:
        """The passage of a row, sliced from a text whose hash was just checked.

        Raises IndexDamaged where text and catalogue do not belong together.
        """
        return self.passages([row])[row]

    def passages(self, rows: Iterable[int]) -> dict[int, Passage]:
        """Those of several rows, by row, read together. Raises as `passage`."""
        found = self.catalogue.passages(rows)
        articles = self._articles_of({article_id for article_id, *_ in found.values()})
        passages = {}
        for row, (article_id, passage_id, sentences) in found.items():
            if article_id not in articles:
                raise IndexDamaged(f"passage {passage_id} names no article")
            try:
                passage = Passage(articles[article_id], sentences)
            except ValueError as error:
                raise IndexDamaged(
                    f"passage {passage_id} does not fit its text ({error})"
                ) from error
            if passage.passage_id != passage_id:
                raise IndexDamaged(f"the catalogue's passage {passage_id} is {passage.passage_id}")
            passages[row] = passage
        return passages

    def quotations_in(self, passage: Passage) -> tuple[Quotation, ...]:
        """Those of its article that the passage has a part of, in the order of the text."""
        return self.catalogue.quotations(passage.article.article_id, passage.span)

    def article(self, article_id: str) -> Article:
        """An article of the catalogue with its text. Raises KeyError if there is none."""
        return self._articles_of({article_id})[article_id]

    def _articles_of(self, article_ids: set[str]) -> dict[str, Article]:
        """Those of these articles that there are, by id."""
        with self._articles_lock:
            known = {each: self._articles[each] for each in article_ids if each in self._articles}
            for article_id in known:
                self._articles.move_to_end(article_id)
        if lacking := article_ids - known.keys():
            read = self._with_texts(self.catalogue.entries_of(lacking))
            known |= read
            with self._articles_lock:
                self._articles |= read
                while len(self._articles) > _ARTICLES_KEPT:
                    self._articles.popitem(last=False)
        return known

    def occurs(self, term: str) -> bool:
        """Whether the term stands anywhere in the collection: in a passage, in furniture, or in
        a title."""
        whole = PARTS.get(term)
        return (
            bool(self.postings.holding(term))
            or self.catalogue.has_unquotable(term)
            or (whole is not None and self.occurs(whole))
        )

    def same_words(self, passage: Passage) -> list[tuple[str, Span]]:
        """Where all words of this passage stand in other articles, however those are cut into
        passages: (article_id, span), by the articles' dates, undated ones last, then by id.

        Found are articles with the same text or nearly the same, and those that have at least
        half of its sentences of six words or more.
        """
        own = passage.article
        twins = {entry.article_id for entry in self.catalogue.sharing(own.sha256)}
        # Half of them, so that a sentence that a publisher puts under every article does not make
        # all of these be read, and one that another program would split does not hide a copy.
        digests = self._digests(passage.sentences, own)
        held: Counter[str] = Counter(
            article_id
            for _, article_id in {each[:2] for each in self.catalogue.shared_sentences(digests)}
        )
        near = {article_id for article_id, count in held.items() if 2 * count >= len(digests)}
        near |= twins.union(self.catalogue.cluster(own.article_id))
        words = folded(passage.text)
        places: list[tuple[str, Span]] = []
        for article_id, *_ in self.catalogue.by_date(near - {own.article_id}):
            if article_id in twins:
                places.append((article_id, passage.span))
                continue
            article = self.article(article_id)
            places += [
                (article_id, span)
                for span in places_of(words, article.text)
                if not any(span.overlaps(item.span) for item in article.furniture)
            ]
        return places

    def same_sentences(self, article: Article, sentences: Iterable[Span]) -> list[tuple[str, Span]]:
        """Where each of these sentences of an article stands as a sentence of another, as far as
        it has six words or more: (article_id, span), in the order of `same_words`."""
        found = self.catalogue.shared_sentences(self._digests(sentences, article))
        places = {(article_id, span) for _, article_id, span in found}
        dated = self.catalogue.by_date(article_id for article_id, _ in places)
        order = {article_id: at for at, (article_id, *_) in enumerate(dated)}
        return sorted(
            (place for place in places if place[0] != article.article_id),
            key=lambda place: (order[place[0]], place[1]),
        )

    def require_encoder(self, identity: EncoderIdentity) -> None:
        """Raises OtherEncoder where this generation's vectors are another encoder's."""
        built = self.manifest.encoder
        if built is None or built["weights"] == identity.weights:
            return
        raise OtherEncoder(
            f"The index in {self.index} was built with the encoder {built['name']} "
            f"(weights {built['weights'][:12]}…), and {identity.name} "
            f"(weights {identity.weights[:12]}…) was asked for. Leave out --encoder, "
            f"or rebuild with: onrecord --encoder {identity.name} build"
        )

    def history(self) -> list[tuple[str, Change]]:
        """(time of the build, change) for every change ever published, oldest first."""
        return Generations(self.index).history()

    def withdrawn(self, sha256: str) -> Withdrawal | None:
        """When and with which article this text was withdrawn; None where it was not."""
        return withdrawals(self.index).get(sha256)

    def damaged_parts(self) -> Iterator[str]:
        """A sentence for each file of the index whose content is not what was written. The texts
        in articles.db are checked by reading them."""
        yield from damage_of(self.index, self.manifest).values()
        yield from Generations(self.index).damaged_notes(self.manifest)

    def _vectors_folder(self) -> Path:
        if self.manifest.encoder is None:
            raise IndexDamaged(f"{self.folder} has word vectors of no encoder")
        return vectors_folder(self.index, EncoderIdentity(**self.manifest.encoder))

    def close(self) -> None:
        """Let go of the generation. Nothing can be read afterwards; again is no error."""
        self._opened.close()
        # Whoever still has the index does not keep the files mapped, and on the disk, by it.
        for part in ("postings", "vectors", "words"):
            self.__dict__.pop(part, None)

    def _digests(self, sentences: Iterable[Span], article: Article) -> set[bytes]:
        digests = (sentence_digest(span.of(article.text)) for span in sentences)
        return {digest for digest in digests if digest is not None}

    def _with_texts(self, entries: Mapping[str, CatalogueEntry]) -> dict[str, Article]:
        with self._still_there():
            texts = self.texts.get_all({entry.sha256 for entry in entries.values()})
            for entry in entries.values():
                if entry.sha256 not in texts:
                    raise IndexDamaged(
                        f"the text of {entry.article_id} is missing from articles.db"
                    )
        furniture = self.catalogue.furniture_of(entries)
        return {
            article_id: Article(
                article_id=article_id,
                text=texts[entry.sha256],
                metadata=entry.metadata,
                furniture=furniture.get(article_id, ()),
                file=entry.file,
                bytes_sha256=entry.bytes_sha256,
            )
            for article_id, entry in entries.items()
        }

    @contextmanager
    def _still_there(self) -> Iterator[None]:
        """What is missing because a newer generation was published is no damage."""
        try:
            yield
        except IndexDamaged as error:
            if self.manifest.generation in Generations(self.index).pointer().split():
                raise
            raise IndexReplaced(
                f"The index in {self.index} was replaced while it was open, and a part of what was "
                "open is gone, as after a text is withdrawn. Try again; the new one answers then."
            ) from error

    def _require_all(self, count: int, what: str) -> None:
        if count != len(self):
            raise IndexDamaged(f"{count} {what} for {len(self)} passages in {self.folder}")


def _best(rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Ranking:
    """The best k, ties at the edge cut by row, so that the outcome is the same every time."""
    import numpy as np

    if 0 < k < len(rows):
        edge = np.partition(scores, len(scores) - k)[len(scores) - k]
        rows, scores = rows[scores >= edge], scores[scores >= edge]
    order = np.lexsort((rows, -scores))[:k]
    return Ranking(tuple(rows[order].tolist()), tuple(scores[order].tolist()))
