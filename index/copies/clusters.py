"""Groups of articles that are nearly one text.

MinHash signatures give the candidates, real Jaccard similarity of their word shingles decides.
An item that stands whole inside a longer article is another text: its sentences are shared, and
that is how the two are known to have words in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from index.copies.fingerprint import Fingerprint, shingles_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The Jaccard similarity of articles that are one text. Read by hand: all pairs from .5 in three
# sets of whole articles (news sample, MultiHop-RAG, PolNeAR; 4,362 articles, 10 pairs). From .7
# on, 5 of 5 are one text (a reprint that another desk edited has .72). Below are a list whose one
# other name makes it another item (.68), two later versions with another lead (.59, .60) and two
# states of a live page (.52). Pages that share a template reach .79, but were no news.
# Of 200 news articles changed by a program, it joins all whose last fifth was cut, that got 40
# words of another article in front, or one other word in 50; 189 with one in 20, 87 without their
# last 30 %, and none with one in 10 or with half of it.
_ONE_TEXT = 0.7
# 32 bands of 4: a pair at .7 becomes a candidate with a probability of .9998, one at .3 of .23.
_BANDS = 32
# Candidates whose signatures agree less are not read: five standard errors below.
_WORTH_READING = _ONE_TEXT - 0.2
# Articles whose shingles are kept at hand while candidates are compared, 6 kB each.
_SHINGLES_KEPT = 4096


def clusters_among(
    fingerprints: Mapping[str, Fingerprint], text_of: Callable[[str], str]
) -> list[list[str]]:
    """Groups of two ids or more in which every article is one text with another of the group."""
    import numpy as np

    ids = [article_id for article_id, each in fingerprints.items() if each.signature]
    if not ids:
        return []
    prints = [fingerprints[article_id] for article_id in ids]
    packed = np.frombuffer(b"".join(each.signature for each in prints), "<u4")
    signatures = packed.reshape(len(ids), -1)

    @lru_cache(maxsize=_SHINGLES_KEPT)
    def shingles(at: int) -> NDArray[np.uint64]:
        return shingles_of(text_of(ids[at]), prints[at].sentences)

    @cache
    def are_one_text(one: int, other: int) -> bool:
        if prints[one] == prints[other]:
            return True
        if np.mean(signatures[one] == signatures[other]) < _WORTH_READING:
            return False
        common = len(np.intersect1d(shingles(one), shingles(other), assume_unique=True))
        either = len(shingles(one)) + len(shingles(other)) - common
        return common >= _ONE_TEXT * either

    groups = _Groups(len(ids))
    for bucket in _buckets(signatures):
        _join(bucket, groups, are_one_text)
    members: defaultdict[int, list[str]] = defaultdict(list)
    for at, article_id in enumerate(ids):
        members[groups.of(at)].append(article_id)
    return [group for group in members.values() if len(group) > 1]


class _Groups:
    """Numbers from 0, each in a group of its own until groups are joined. A group is named by one
    of its members."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, other: int) -> None:
        self._above[self.of(other)] = self.of(one)


def _join(bucket: Sequence[int], groups: _Groups, alike: Callable[[int, int], bool]) -> None:
    """Join the groups of all pairs in the bucket that are alike.

    Among copies, neighbours are enough to join them all; only groups that are still apart then
    are compared pair by pair.
    """
    for one, other in pairwise(bucket):
        if groups.of(one) != groups.of(other) and alike(one, other):
            groups.join(one, other)
    apart: defaultdict[int, list[int]] = defaultdict(list)
    for at in bucket:
        apart[groups.of(at)].append(at)
    for some, others in combinations(apart.values(), 2):
        if groups.of(some[0]) != groups.of(others[0]) and any(
            alike(min(one, other), max(one, other)) for one in some for other in others
        ):
            groups.join(some[0], others[0])


def _buckets(signatures: NDArray[np.uint32]) -> Iterator[list[int]]:
    """The articles whose signatures agree in a whole band, for each band; ascending.

    datasketch's MinHashLSH gives the same candidates, but takes .4 s for 3,000 articles where
    this takes .02 s: that would be most of what copies may cost when one article has changed.
    """
    import numpy as np

    width = signatures.shape[1] // _BANDS
    for start in range(0, signatures.shape[1], width):
        band = np.ascontiguousarray(signatures[:, start : start + width])
        keys = band.view(f"V{band.itemsize * width}").ravel()
        _, bucket, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        order = np.argsort(bucket, kind="stable")
        ends = np.cumsum(sizes)
        for which in np.flatnonzero(sizes > 1):
            yield order[ends[which] - sizes[which] : ends[which]].tolist()
