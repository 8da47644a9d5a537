"""All that a build finds of copies: which articles are nearly one text, and which sentences stand
in several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus import Article, Passage, Span, interval
from index.copies.clusters import clusters_among
from index.copies.fingerprint import Fingerprint, fingerprint_of, packed

# Text and sentences of an article, from which its fingerprint follows.
Known = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Copies:
    """What a build found.

    fingerprints: of every article, by id.
    clusters: ids of two or more articles that are one text, the earliest first: by the first day
        that their date can mean, undated ones last, then by id. Ordered by their first id.
    shared: the sentences that stand in two articles or more, as (digest of its words, article_id,
        span), in this order.
    """

    fingerprints: Mapping[str, Fingerprint] = field(default_factory=dict)
    clusters: tuple[tuple[str, ...], ...] = ()
    shared: tuple[tuple[bytes, str, Span], ...] = ()


def fingerprint_for(
    article: Article, passages: Sequence[Passage], known: Mapping[Known, Fingerprint]
) -> Fingerprint:
    """The fingerprint of an article that is cut into `passages`, taken from `known` where an
    earlier build made it: nothing depends on which."""
    sentences = packed(sorted(span for passage in passages for span in passage.sentences))
    key = (article.sha256, sentences)
    return known.get(key) or fingerprint_of(article.sha256, article.text, sentences)


def copies_among(
    fingerprints: Mapping[str, Fingerprint],
    dates: Mapping[str, str | None],
    text_of: Callable[[str], str],
) -> Copies:
    """The copies among the articles that the fingerprints, by id, belong to.

    dates: of each article, ISO 8601. text_of: gives an article's text; asked for candidates only.
    """

    def when(article_id: str) -> tuple[bool, str, str]:
        dated = dates[article_id]
        return dated is None, interval(dated)[0] if dated else "", article_id

    clusters = [sorted(group, key=when) for group in clusters_among(fingerprints, text_of)]
    return Copies(fingerprints, tuple(map(tuple, sorted(clusters))), _shared(fingerprints))


def _shared(fingerprints: Mapping[str, Fingerprint]) -> tuple[tuple[bytes, str, Span], ...]:
    import numpy as np

    # Half of each digest is compared first, as numbers, since hardly a sentence is shared.
    halves = np.frombuffer(b"".join(each.digests for each in fingerprints.values()), "<u8")[::2]
    seen, counts = np.unique(halves, return_counts=True)
    # Zero stands for sentences that are too short.
    repeated = set(seen[(counts > 1) & (seen != 0)].tolist())
    places: defaultdict[bytes, list[tuple[str, Span]]] = defaultdict(list)
    for article_id, each in fingerprints.items():
        halves = np.frombuffer(each.digests, "<u8")[::2]
        if repeated.isdisjoint(halves.tolist()):
            continue
        for digest, span in each.shared_candidates():
            if int.from_bytes(digest[:8], "little") in repeated:
                places[digest].append((article_id, span))
    return tuple(
        (digest, article_id, span)
        for digest, found in sorted(places.items())
        if len({article_id for article_id, _ in found}) > 1
        for article_id, span in sorted(found)
    )
