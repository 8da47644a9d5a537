"""A folder of articles, the source of truth: which files it holds and what they become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.collection.files import Known, format_of, nothing_known, read_file
from corpus.collection.skip import MOST_NAMED, Skip, uncounted
from corpus.collection.walk import relative, walk
from corpus.errors import CorpusError
from corpus.extraction import Extractor
from corpus.speakers.rules import RULES_FILE


@dataclass(frozen=True, slots=True)
class Collection:
    """What a folder held when it was read.

    articles: ordered by article_id.
    skips: ordered by place.
    notes: what a person should know about articles that were read, such as a guessed encoding.
    """

    articles: tuple[Article, ...]
    skips: tuple[Skip, ...]
    notes: tuple[Skip, ...] = ()


def read_collection(folder: Path) -> Collection:
    """Every article below `folder` at once; see `read_articles`."""
    found: list[Article] = []
    skips: list[Skip] = []
    notes: list[Skip] = []
    for item in read_articles(folder, notes):
        if isinstance(item, Skip):
            skips.append(item)
        else:
            found.append(item)
    return Collection(
        articles=tuple(sorted(found, key=lambda article: article.article_id)),
        skips=tuple(sorted(skips)),
        notes=tuple(sorted(notes)),
    )


def read_articles(
    folder: Path,
    notes: list[Skip],
    known: Known = nothing_known,
    advance: Callable[[int], None] = lambda done: None,
) -> Iterator[Article | Skip]:
    """Read every article below `folder`, one after the other, in the order of its files.

    notes: gets what a person should know about articles that were read.
    known: see `Known`. advance: called with the bytes of the collection read since.

    Passed over is the file of rules on names, see `corpus.speakers`. Raises CorpusError where the
    folder itself cannot be read. A bad file or record is a named
    skip and costs only itself; so are a second article with an id that is taken and one equal
    to another in text and metadata.
    """
    files: dict[str, str] = {}
    fingerprints: dict[str, str] = {}
    clashes: Counter[str] = Counter()
    with Extractor() as extractor:
        for found in _read_files(folder, notes, known, extractor, advance):
            if isinstance(found, Skip):
                yield found
                continue
            if (file := files.get(found.article_id)) is not None:
                reason = f"has the id of an article in {file}"
            elif (twin := fingerprints.get(found.fingerprint)) is not None:
                reason = f"is a duplicate of {twin}: same text, same details"
            else:
                files[found.article_id] = found.file
                fingerprints[found.fingerprint] = found.article_id
                yield found
                continue
            clashes[found.file] += 1
            if clashes[found.file] <= MOST_NAMED:
                yield Skip(f"{found.file} ({found.article_id})", reason)
    for file, number in clashes.items():
        if number > MOST_NAMED:
            yield uncounted(file, number - MOST_NAMED)


def list_files(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Path inside the folder, size and modification time (ns) of each file that may hold
    articles, ordered by path: cheap evidence of whether the folder has changed.

    Raises CorpusError where the folder cannot be read.
    """
    listed = []
    for path in _files(folder, []):
        if format_of(path.name) is not None:
            try:
                status = path.stat()
            except OSError:
                continue  # a reader will name it
            listed.append((relative(folder, path), status.st_size, status.st_mtime_ns))
    return tuple(sorted(listed))


def _read_files(
    folder: Path,
    notes: list[Skip],
    known: Known,
    extractor: Extractor,
    advance: Callable[[int], None],
) -> Iterator[Article | Skip]:
    skips: list[Skip] = []
    for path in _files(folder, skips):
        if path == folder / RULES_FILE:
            continue
        yield from read_file(path, relative(folder, path), notes, known, extractor, advance)
    yield from skips


def _files(folder: Path, skips: list[Skip]) -> Iterator[Path]:
    if not folder.is_dir():
        state = "is not a folder" if folder.exists() else "does not exist"
        raise CorpusError(f"The collection {folder} {state}. Give a folder with --corpus DIR.")
    try:
        yield from walk(folder, skips)
    except OSError as error:
        raise CorpusError(
            f"The collection {folder} cannot be read: {error.strerror}. "
            "Check its permissions or give another folder with --corpus DIR."
        ) from error
