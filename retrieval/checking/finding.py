"""Where the words of a quotation stand: exactly, in pieces, or as nearly as they do.

Terms lead to articles, and only in those are words compared. Whole articles are candidates, since
a quotation may run over the border of two passages.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from corpus import Article, Quotation, Span, Speaker, sentence_spans
from index import Filter, SearchIndex, terms
from retrieval.checking.outcome import Occurrence, WordsOf
from retrieval.checking.words.alignment import Alignment, align
from retrieval.checking.words.differences import is_negation
from retrieval.checking.words.folding import (
    Folded,
    fold,
    is_unseen,
    is_word,
    pattern_of,
    words_from,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Articles that hold every term of a quotation and are read for it. More only share a few common
# words with it; those of the speaker that the draft names come first.
_HOLDING_ALL = 250
# Articles that are aligned with a quotation that stands nowhere exactly.
_NEAREST = 8
# Terms that candidates are found by, the rarest: a long quotation has many more than it needs.
_TERMS = 32
# Words by whose pattern the places to compare are found.
_PATTERN = 5
# Characters that are aligned on each side of the passage that shares most terms: so many, and the
# quotation's own length twice. With an ellipsis, what it leaves out may be as long as an article.
_BESIDE = 1_000
_BESIDE_CUT = 10_000
# Dashes that join words. Behind any other, a word begins anew.
_HYPHENS = "-\u2010\u2011"
# Signs that say how a figure is meant: <5, ±5.
_SIZES = "<>≤≥±~≈+"
# Characters in which the word before a place is looked for.
_LOOKED_BACK = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that shares terms with a quotation. row: of its passage that shares most.
    holds_all: whether it has every term."""

    article_id: str
    row: int
    holds_all: bool


@dataclass(frozen=True, slots=True)
class Aligned:
    """A quotation beside the words of an article that are nearest to it."""

    article: Article
    words: Folded
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Stand:
    """Words of an article that a draft has. See `retrieval.checking.outcome.Occurrence`."""

    article: Article
    pieces: tuple[Span, ...]
    words_of: WordsOf
    quotation: Quotation | None

    @property
    def span(self) -> Span:
        return Span(self.pieces[0].start, self.pieces[-1].end)

    def place(self) -> Occurrence:
        context = _context(self.article.text, self.span)
        return Occurrence(
            self.article, self.span, self.pieces, context, self.words_of, self.quotation
        )


@dataclass(frozen=True, slots=True)
class Candidates:
    """The articles that share most terms with a quotation, the best first: all that hold every
    one, and a few more.

    is_whole: whether no other article has all terms in one passage. The words of a quotation may
    be too common, or no terms at all; then that it is not found says nothing.
    """

    articles: tuple[Candidate, ...]
    is_whole: bool

    @property
    def nearest(self) -> tuple[Candidate, ...]:
        """Those that are worth aligning."""
        return self.articles[:_NEAREST]


def candidates(text: str, index: SearchIndex, speaker: Speaker | None) -> Candidates:
    """Where to look for the words of a text. speaker: whose articles come first where there are
    too many."""
    import numpy as np

    unique = list(dict.fromkeys(terms(text)))
    wanted = sorted(unique, key=lambda term: (-index.postings.idf(term), term))[:_TERMS]
    firsts = index.first_rows
    if not wanted or not len(firsts):
        return Candidates((), is_whole=bool(wanted))
    # Of each row and of each article: the weight of the terms that it holds, and their number.
    by_row, in_row = np.zeros(len(index), np.float32), np.zeros(len(index), np.int32)
    by_article, held = np.zeros(len(firsts), np.float32), np.zeros(len(firsts), np.int32)
    for term in wanted:
        rows = index.postings.rows_holding(term)
        weight = np.float32(index.postings.idf(term))
        by_row[rows] += weight
        in_row[rows] += 1
        articles = _articles_of(rows, firsts)
        by_article[articles] += weight
        held[articles] += 1
    score = by_article + np.maximum.reduceat(by_row, firsts)
    most = np.maximum.reduceat(in_row, firsts)
    holds_all = held == len(wanted)
    whole = int(np.count_nonzero(most == len(wanted)))
    if speaker is not None and speaker.name and np.count_nonzero(holds_all) > _HOLDING_ALL:
        theirs = index.catalogue.matching(Filter(speaker=speaker.name))
        most[_articles_of(theirs, firsts)] += len(wanted)
    found: list[Candidate] = []
    # By how many terms, since one that was put in may be the rarest of all.
    order = np.lexsort((np.arange(len(score)), -score, -(held + most)))
    order = order[: _HOLDING_ALL + _NEAREST]
    for at in order.tolist():
        if holds_all[at] or (held[at] and len(found) < _NEAREST):
            last = int(firsts[at + 1]) if at + 1 < len(firsts) else len(index)
            row = int(firsts[at]) + int(by_row[int(firsts[at]) : last].argmax())
            found.append(Candidate(index.catalogue.passage(row)[0], row, bool(holds_all[at])))
    return Candidates(tuple(found), is_whole=whole <= _HOLDING_ALL)


def exact_places(quoted: Folded, article: Article) -> Iterator[Span]:
    """Where exactly these words follow each other in the prose of an article, as whole words; in
    order."""
    text = article.text
    furniture = [item.span for item in article.furniture]
    for began in pattern_of(quoted.words[:_PATTERN]).finditer(text):
        start = began.start()
        at = bisect_right(furniture, start, key=lambda span: span.start) - 1
        if at >= 0 and start < furniture[at].end:
            continue
        end = start
        matched = 0
        for word, span in words_from(text, start, len(text), furniture[at + 1 :]):
            if matched == len(quoted) or word != quoted.words[matched]:
                break
            matched += 1
            end = span.end
        if matched == len(quoted) and begins_whole(text, start) and ends_whole(text, end):
            yield Span(start, end)


def aligned(
    quoted: Folded, candidate: Candidate, index: SearchIndex, cuts: Sequence[int]
) -> Aligned | None:
    """The quotation beside the nearest words of a candidate. cuts: see `align`."""
    passage = index.passage(candidate.row)
    article, text = passage.article, passage.article.text
    beside = 2 * (quoted.spans[-1].end - quoted.spans[0].start)
    beside += _BESIDE_CUT if cuts else _BESIDE
    # From the beginning of a word on.
    start = text.rfind(" ", 0, max(0, passage.span.start - beside)) + 1
    end = min(len(text), passage.span.end + beside)
    words = fold(text, start, end, [item.span for item in article.furniture])
    alignment = align(quoted.words, words.words, cuts)
    return Aligned(article, words, alignment) if alignment else None


def stand_of(article: Article, pieces: Sequence[Span], quotations: Sequence[Quotation]) -> Stand:
    """Whose words the pieces are. quotations: of the article."""
    span = Span(pieces[0].start, pieces[-1].end)
    spoken = [each for each in quotations if each.quoted and _holds(each, pieces, article.text)]
    told = [each for each in quotations if each.span.contains(span)]
    own: WordsOf = "brief" if article.metadata.kind == "brief" else "article"
    return Stand(
        article,
        tuple(pieces),
        "speaker" if spoken else own,
        min(spoken or told, key=lambda each: each.span.end - each.span.start, default=None),
    )


def speech_at(offset: int, quotations: Sequence[Quotation]) -> Quotation | None:
    """The innermost quotation in whose marks a character stands; None for an article's own."""
    character = Span(offset, offset + 1)
    spoken = [
        each for each in quotations if any(words.contains(character) for words in each.quoted)
    ]
    return min(spoken, key=lambda each: each.span.end - each.span.start, default=None)


def speeches_of(stand: Stand, quotations: Sequence[Quotation]) -> list[Stand]:
    """A stand in parts, one for each quotation, where all of its words stand in the marks of
    some; else empty."""
    outer = [each for each in quotations if not each.nested]
    words = fold(stand.article.text, stand.span.start, stand.span.end)
    said = [
        (speech_at(span.start, outer), span)
        for word, span in zip(words.words, words.spans, strict=True)
        if is_word(word)
    ]
    if any(speech is None for speech, _ in said):
        return []
    spans = [[span for _, span in part] for _, part in groupby(said, key=itemgetter(0))]
    return [
        stand_of(stand.article, [Span(part[0].start, part[-1].end)], quotations) for part in spans
    ]


def negation_before(text: str, at: int) -> Span | None:
    """A negation that stands directly before a place."""
    before = fold(text, max(0, at - _LOOKED_BACK), at)
    if before.words and is_negation(before.words[-1]):
        return before.spans[-1]
    return None


def _articles_of(rows: NDArray[Any], firsts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of the articles that these rows are of, each once."""
    import numpy as np

    return np.unique(np.searchsorted(firsts, rows, side="right") - 1)


def _holds(quotation: Quotation, pieces: Sequence[Span], text: str) -> bool:
    """Whether all words of the pieces stand in the quotation's marks."""
    return all(
        quotation.span.contains(piece)
        and not any(
            letter.isalnum()
            for start, end in _outside(quotation.quoted, piece)
            for letter in text[start:end]
        )
        for piece in pieces
    )


def _outside(quoted: Sequence[Span], piece: Span) -> Iterator[tuple[int, int]]:
    at = piece.start
    for span in quoted:
        if span.end > piece.start and span.start < piece.end:
            if at < span.start:
                yield at, span.start
            at = max(at, span.end)
    if at < piece.end:
        yield at, piece.end


def _context(text: str, span: Span) -> Span:
    """The sentences that a span lies in; of a span over several paragraphs, all of them."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    sentences = sentence_spans(text, start, end if end >= 0 else len(text))
    around = [sentence for sentence in sentences if sentence.overlaps(span)]
    if not around:
        return span
    return Span(min(around[0].start, span.start), max(around[-1].end, span.end))


def begins_whole(text: str, start: int) -> bool:
    """Whether no word or figure runs over this edge: not "profit" in "non-profit" or "5" in
    "£5"."""
    at = start
    while at and is_unseen(text[at - 1]):
        at -= 1
    first, before, further = text[start], text[max(0, at - 1) : at], text[max(0, at - 2) : at - 1]
    if not before or not first.isalnum():
        return not (before.isalnum() and _is_dash(first) and text[start + 1 : start + 2].isalnum())
    if before.isalnum() or before == "_" or (before in _HYPHENS and further.isalnum()):
        return False
    if not first.isdigit():
        return True
    # "5" is not in "1.5", nor in ".5".
    is_fraction = before == "." and not further.isalnum() and further != "."
    is_joined = is_fraction or (before in ".,:/" and further.isdigit())
    return not (is_joined or _is_dash(before) or before in _SIZES or _is_currency(before))


def ends_whole(text: str, end: int) -> bool:
    """The same for the other edge: not "58" in "58%"."""
    at = end
    while is_unseen(text[at : at + 1]):
        at += 1
    last, after, further = text[end - 1], text[at : at + 1], text[at + 1 : at + 2]
    if not after or not last.isalnum():
        return not (after.isalnum() and _is_dash(last) and text[end - 2 : end - 1].isalnum())
    if after.isalnum() or after in "_%‰°":
        return False
    if (after in _HYPHENS or after in "'’") and further.isalnum():
        return False
    if not last.isdigit():
        return True
    is_joined = further.isdigit() and (after in ".,:/" or _is_dash(after))
    return not (is_joined or after == "+" or _is_currency(after))


def _is_currency(letter: str) -> bool:
    return unicodedata.category(letter) == "Sc"


def _is_dash(letter: str) -> bool:
    return fold(letter).words == ("-",)
