"""What finding copies adds to a build: the news sample read and cut, nothing encoded.

`python -m tests.benchmarks.copies`. Takes under a minute. One thread does it all, so its processor
time is what it takes where nothing else runs.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import Article, Passage, passages_of, read_collection
from index import Catalogue
from index.copies import Copies, Fingerprint, copies_among, fingerprint_for
from index.store import CatalogueWriter
from tests.benchmarks.shared import news_collection, print_table

# Seconds of a whole first build of the sample, and of one in which one article has changed.
_FIRST_BUILD, _REBUILD = 450, 10


def main() -> None:
    with TemporaryDirectory() as folder:
        articles = read_collection(news_collection(Path(folder))).articles
        passages = _cut(articles)
        started = time.process_time()
        import datasketch  # noqa: F401 - what every build with a new text pays once

        importing = time.process_time() - started
        found, first = _timed(articles, passages, {})
        path = Path(folder, "catalogue.db")
        _write(path, articles, passages, found)
        changed = [Article(articles[0].article_id, articles[0].text[:-40]), *articles[1:]]
        cut = _cut(changed)
        started = time.process_time()
        with closing(Catalogue(path)) as catalogue:
            known = catalogue.fingerprints()
        reading = time.process_time() - started
        _, again = _timed(changed, cut, known)
        megabytes = path.stat().st_size / 1e6
        _write(path.with_name("without.db"), articles, passages, Copies())
        plain = path.with_name("without.db").stat().st_size / 1e6
    print_table(
        f"Copies among {len(articles):,} articles, {sum(map(len, passages.values())):,} passages",
        ["", "processor seconds", "share of the build"],
        [
            _row("first build", importing + first, _FIRST_BUILD),
            _row("one article changed", importing + reading + again, _REBUILD),
            _row("of which importing datasketch", importing, _REBUILD),
        ],
    )
    texts = len({digest for digest, *_ in found.shared})
    print(f"{len(found.clusters)} clusters; {texts:,} sentences in several articles, ", end="")
    print(f"{len(found.shared):,} places. Catalogue {plain:.1f} MB without, {megabytes:.1f} with.")


def _row(name: str, seconds: float, build: float) -> tuple[str, str, str]:
    return name, f"{seconds:.2f}", f"{seconds / build:.1%}"


def _cut(articles: Sequence[Article]) -> dict[str, list[Passage]]:
    return {
        article.article_id: sorted(passages_of(article), key=lambda each: each.passage_id)
        for article in articles
    }


def _write(
    path: Path, articles: Sequence[Article], passages: dict[str, list[Passage]], found: Copies
) -> None:
    with CatalogueWriter(path) as catalogue:
        for article in articles:
            catalogue.add(article, passages[article.article_id])
        catalogue.add_copies(found)


def _timed(
    articles: Sequence[Article],
    passages: dict[str, list[Passage]],
    known: Mapping[tuple[str, bytes], Fingerprint],
) -> tuple[Copies, float]:
    started = time.process_time()
    by_id = {article.article_id: article for article in articles}
    found = copies_among(
        {name: fingerprint_for(each, passages[name], known) for name, each in by_id.items()},
        {name: each.metadata.dated for name, each in by_id.items()},
        lambda name: by_id[name].text,
    )
    return found, time.process_time() - started


if __name__ == "__main__":
    main()
