"""Each article gets its file in the collection: a new one, or the one that it had before."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpus.article import Article, Imported, Metadata
from corpus.collection.files import format_of, nothing_known, read_file
from corpus.collection.skip import Skip
from corpus.collection.walk import writable
from corpus.disk import sha256_of
from corpus.encoding import decoded
from corpus.errors import CorpusError, UnreadableFile
from corpus.extraction import Extractor
from corpus.importing.front_matter import as_markdown
from corpus.importing.names import folded, path_name, record_name
from corpus.importing.present import Present
from corpus.importing.sources import Source, sources
from corpus.importing.writing import make_folder, require_folders, write_file
from corpus.readers import read_markdown

# Articles under one name, told apart by -2, -3 …; each is looked at for every further one.
_MOST_NAMESAKES = 100


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of an article that was read.

    outcome: "changed" where a file that was imported before got another content.
    article_id: its id in the collection. source: the file that it came from, as the person
        knows it. metadata: as it is written there.
    """

    outcome: Literal["added", "changed", "already there"]
    article_id: str
    source: str
    metadata: Metadata


@contextmanager
def writing_into(collection: Path) -> Iterator[None]:
    """Be the only one who imports into a collection folder, which is made if there is none.

    Raises CorpusError where another process imports into it, or it cannot be had.
    """
    if collection.exists() and not collection.is_dir():
        raise CorpusError(
            f"The collection {collection} is not a folder. Give a folder with --corpus DIR."
        )
    is_new = not collection.exists()
    try:
        make_folder(collection)
        handle = os.open(collection, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise CorpusError(
            f"The collection {collection} cannot be used: {error.strerror}. "
            "Give another folder with --corpus DIR."
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CorpusError(
                f"Another process is adding to the collection {collection}. "
                "Wait for it to end, and add again."
            ) from error
        except OSError:
            pass  # a file system without locks is no reason to refuse
        yield
    finally:
        os.close(handle)
        if is_new:
            with suppress(OSError):  # it holds something
                collection.rmdir()


def import_articles(
    paths: Sequence[Path],
    collection: Path,
    present: Present,
    notes: list[Skip],
    *,
    dry_run: bool = False,
    advance: Callable[[int], None] = lambda done: None,
) -> Iterator[Placed | Skip]:
    """Put every article of `paths` into the folder `collection`, one after the other.

    present: what the collection holds; it is kept up to date. notes: gets what a person should
    know about files that were read. dry_run: write nothing, and give what would be done.
    advance: called with the bytes read since, of those that `bytes_of` counts.

    Each article is whole on the disk when it is given, so that stopping loses nothing. Raises
    CorpusError where nothing more can be written.
    """
    with Extractor() as extractor:
        for source in sources(paths, collection, advance):
            if isinstance(source, Skip):
                yield source
                continue
            for found in _read(source, notes, extractor, advance):
                if isinstance(found, Skip):
                    yield found
                    continue
                try:
                    yield _place(found, source, collection, present, dry_run=dry_run)
                except UnreadableFile as error:
                    where = source.shown if _is_alone(found, source) else found.article_id
                    yield Skip(where, str(error))


def _read(
    source: Source, notes: list[Skip], extractor: Extractor, advance: Callable[[int], None]
) -> Iterator[Article | Skip]:
    """The articles of one file, each with the file that it is imported from. One that was
    imported before, into the collection that it comes from, keeps its original."""
    counted = (lambda done: None) if source.in_archive else advance
    own: Imported | None = None
    for found in read_file(source.path, source.shown, notes, nothing_known, extractor, counted):
        if isinstance(found, Skip):
            yield found
            continue
        imported = found.metadata.imported or own
        if imported is None:
            try:
                imported = own = Imported(source.path.name, sha256_of(source.path))
            except OSError as error:
                yield Skip(source.shown, f"cannot be read: {error.strerror}")
                return
        imported = replace(imported, file=writable(imported.file))
        yield replace(found, metadata=replace(found.metadata, imported=imported))


def _place(
    article: Article, source: Source, collection: Path, present: Present, *, dry_run: bool
) -> Placed:
    content, again = as_markdown(article)
    if (twin := present.fingerprints.get(again.fingerprint)) is not None:
        present.claimed.add(folded(twin))
        return Placed("already there", twin, source.shown, again.metadata)
    name = _name(article, source)
    require_folders(collection, collection / name)
    for number in range(1, _MOST_NAMESAKES + 1):
        article_id = name if number == 1 else f"{name}-{number}"
        target = collection / f"{article_id}.md"
        if folded(article_id) in present.claimed:
            continue
        earlier = _earlier(target, article_id) if os.path.lexists(target) else None
        if earlier is None and (os.path.lexists(target) or folded(article_id) in present.ids):
            continue
        if earlier is not None and not _is_same(
            earlier.metadata, again.metadata, has_own_id=_has_own_id(article, source)
        ):
            continue
        present.claimed.add(folded(article_id))
        # The same bytes: the file was edited, or a page is read otherwise than it was then. The
        # text that is there may be cited, so it stays.
        if earlier is not None and earlier.metadata.imported == again.metadata.imported:
            return Placed("already there", article_id, source.shown, again.metadata)
        if not dry_run:
            write_file(collection, target, content)
        present.ids.add(folded(article_id))
        present.fingerprints[again.fingerprint] = article_id
        if earlier is None:
            return Placed("added", article_id, source.shown, again.metadata)
        if present.fingerprints.get(earlier.fingerprint) == article_id:
            del present.fingerprints[earlier.fingerprint]
        return Placed("changed", article_id, source.shown, again.metadata)
    raise UnreadableFile(f"is one of more than {_MOST_NAMESAKES} articles with the name {name}")


def _name(article: Article, source: Source) -> str:
    name = path_name(source.name)
    if _is_alone(article, source):
        return name
    return f"{name}/{record_name(article.article_id.removeprefix(f'{_stem(source)}#'))}"


def _is_alone(article: Article, source: Source) -> bool:
    """Whether the file is one article, and none of many that have ids of their own."""
    return article.article_id == _stem(source)


def _stem(source: Source) -> str:
    return source.shown[: -len(format_of(source.path.name) or "")]


def _earlier(target: Path, article_id: str) -> Article | None:
    """What was imported into this file; None for a link and for what a person wrote."""
    try:
        if not stat.S_ISREG(target.lstat().st_mode):
            return None
        content, _ = decoded(target.read_bytes())
        found = read_markdown(content, article_id, f"{article_id}.md")
    except (OSError, UnreadableFile):
        return None
    return found if found.metadata.imported else None


def _has_own_id(article: Article, source: Source) -> bool:
    """Whether the id of a record is its own, and not the number of its line."""
    stem = _stem(source)
    return article.article_id != stem and not article.article_id.startswith(f"{stem}#")


def _is_same(earlier: Metadata, now: Metadata, *, has_own_id: bool) -> bool:
    """Whether two articles of one place are versions of one: their files have one name, and their
    addresses, or else their titles, are the same. Records of one id are."""
    if earlier.imported is None or now.imported is None:
        return False
    if earlier.imported.file != now.imported.file:
        return False
    if has_own_id:
        return True
    if earlier.url or now.url:
        return earlier.url == now.url
    return earlier.title is not None and earlier.title == now.title
