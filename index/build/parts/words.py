"""Writing what a generation knows by words: its catalogue and its postings.

Articles come one at a time, so that memory holds a few of them and, of the whole collection, only
the counts of a row's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import NameRules, Passage, people_among
from index.build.gathering import Listed
from index.build.parts.cutters import cut_all
from index.build.parts.cutting import encoded_string, unquoted_terms
from index.copies import Copies, Fingerprint, copies_among, fingerprint_for
from index.dense import key_of
from index.layout import CATALOGUE, POSTINGS
from index.lexical import Postings, compile_postings
from index.progress import Progress
from index.store import Catalogue, CatalogueEntry, CatalogueWriter, TextStore


@dataclass(frozen=True, slots=True)
class Before:
    """What can be taken from the generation before: its passages, and their words counted.

    entries: all of its articles, by id.
    """

    catalogue: Catalogue
    postings: Postings
    entries: Mapping[str, CatalogueEntry]


def write_words(
    folder: Path,
    articles: Sequence[Listed],
    rules: NameRules,
    texts: TextStore,
    before: Before | None,
    progress: Progress,
    offer: Callable[[str], None],
) -> list[bytes]:
    """Write catalogue and postings into the `folder` of a new generation; gives for each row the
    key of the string that is encoded for it.

    rules: on the names of those who speak. offer: is given these strings as they come.
    """
    by_id = {listed.article_id: listed for listed in articles}
    keys: list[bytes] = []
    known = before.catalogue.fingerprints() if before else {}
    fingerprints: dict[str, Fingerprint] = {}
    kept = {listed.article_id for listed in articles if _is_kept(listed, before)}
    unquoted: set[str] = set()
    to_cut = (listed.read_from(texts) for listed in articles if listed.article_id not in kept)
    with (
        CatalogueWriter(folder / CATALOGUE) as catalogue,
        cut_all(to_cut, len(articles) - len(kept)) as cuts,
    ):

        def documents() -> Iterator[list[str] | int]:
            """The terms of each passage, or the row that had it before, in row order; what is
            passed by is written down."""
            with progress.step("Cutting passages", len(articles)) as advance:
                for listed in articles:
                    found: Sequence[list[str]] | range
                    if before is not None and listed.article_id in kept:
                        article = listed.read_from(texts)
                        entry = before.entries[listed.article_id]
                        spans = before.catalogue.sentences(entry)
                        passages = [Passage(article, sentences) for sentences in spans]
                        found = entry.rows
                        quotations = before.catalogue.packed_quotations(article.article_id)
                        fingerprint = fingerprint_for(article, passages, known)
                    else:
                        article, made = next(cuts)
                        passages, found = made.passages(article), made.terms
                        quotations, fingerprint = made.quotations, made.fingerprint
                    catalogue.add(article, passages, quotations)
                    unquoted.update(unquoted_terms(article))
                    fingerprints[article.article_id] = fingerprint
                    for number, passage in enumerate(passages):
                        string = encoded_string(passage)
                        keys.append(key_of(string))
                        offer(string)
                        yield found[number]
                    advance(1)

        postings = compile_postings(documents(), before.postings if before else None)
        catalogue.add_unquotable(term for term in unquoted if not postings.holding(term))
        catalogue.add_people(people_among(catalogue.spoken(), rules))
        with progress.step("Finding copies", 1) as advance:
            catalogue.add_copies(_copies(by_id, fingerprints, texts))
            advance(1)
    postings.save(folder / POSTINGS)
    return keys


def _is_kept(listed: Listed, before: Before | None) -> bool:
    """Whether an article was cut before: passages and quotations follow from its text and its
    furniture, and where these have not changed they are taken as they were."""
    if before is None:
        return False
    entry = before.entries.get(listed.article_id)
    return (
        entry is not None
        and entry.sha256 == listed.sha256
        and before.catalogue.furniture(listed.article_id) == listed.furniture
    )


def _copies(
    by_id: Mapping[str, Listed], fingerprints: Mapping[str, Fingerprint], texts: TextStore
) -> Copies:
    dates = {article_id: listed.metadata.dated for article_id, listed in by_id.items()}
    return copies_among(fingerprints, dates, lambda one: by_id[one].read_from(texts).text)
