"""Every mention: all sentences that hold the words looked for, counted, by article and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from corpus import Article, Span
from index import Filter, SearchIndex, terms, tokens
from retrieval.answers.answer import Scope
from retrieval.errors import NoSuchPage, UnusableTerms
from retrieval.questions.phrases import holds, places, read_phrases
from retrieval.questions.question import LONGEST_QUESTION, one_line

Order = Literal["newest", "oldest"]

# Sentences on a page, unless asked for more or fewer: two or three screens.
MENTIONS_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that holds everything looked for.

    words: where it does, in the article's text: in order, disjoint, inside the sentence.
    """

    span: Span
    words: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not all(self.span.contains(word) for word in self.words):
            raise ValueError(f"words outside their sentence {self.span}")


@dataclass(frozen=True, slots=True)
class ArticleMentions:
    """The mentions of one article that are on this page, in the order of its text.

    total: how many the article has. before: how many of them are on earlier pages.
    """

    article: Article
    total: int
    before: int
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """One page of all mentions.

    asked: what was looked for, as one line. words: those of it that were looked for in any form,
        as they were typed. phrases: those that were looked for exactly.
    sentences, articles: of all pages together.
    page: from 1. pages: at least 1.
    generation, built: the index that was searched.
    """

    asked: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    order: Order
    sentences: int
    articles: int
    page: int
    pages: int
    by_article: tuple[ArticleMentions, ...]
    scope: Scope
    generation: str
    built: str


def find_mentions(
    asked: str,
    index: SearchIndex,
    *,
    chosen: Filter | None = None,
    order: Order = "newest",
    page: int = 1,
    on_a_page: int | None = MENTIONS_ON_A_PAGE,
) -> Mentions:
    """Every sentence of a passage that holds all of the words, in any form that the analyzer
    folds together, and all of the "phrases" exactly.

    order: of the articles, by date. A date known to the month or the year counts as its first
        day, articles without one come last, and equal dates are ordered by article_id.
    on_a_page: how many sentences a page has; None puts all on one.
    Raises UnusableTerms, NoSuchPage, and IndexDamaged where a passage is not what was indexed.
    """
    wanted = _read(asked)
    chosen = chosen or Filter()
    found: dict[str, list[Span]] = {}
    dates: dict[str, str | None] = {}
    for row in index.rows_holding(list(wanted.by_term), chosen):
        passage = index.passage(row)
        article = passage.article
        held = [span for span in passage.sentences if wanted.held_by(span.of(article.text))]
        if held:
            found.setdefault(article.article_id, []).extend(held)
            dates[article.article_id] = article.metadata.dated
    for spans in found.values():
        spans.sort()  # rows are ordered by passage_id, which is text
    everything = [
        (article_id, span) for article_id in _by_date(dates, order) for span in found[article_id]
    ]
    size = on_a_page or max(1, len(everything))
    pages = max(1, -(-len(everything) // size))
    if not 1 <= page <= pages:
        raise NoSuchPage(_no_page(page, pages))
    absent = (word for term, word in wanted.by_term.items() if not index.occurs(term))
    return Mentions(
        asked=wanted.asked,
        words=wanted.words,
        phrases=wanted.phrases,
        order=order,
        sentences=len(everything),
        articles=len(found),
        page=page,
        pages=pages,
        by_article=tuple(
            _article_mentions(index.article(article_id), found[article_id], shown, wanted)
            for article_id, shown in _grouped(everything[(page - 1) * size : page * size])
        ),
        scope=Scope(*index.catalogue.scope(chosen), absent_terms=tuple(absent)),
        generation=index.manifest.generation,
        built=index.manifest.built,
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a sentence must hold.

    by_term: each term, those of phrases too, with the word that it was typed as.
    loose: the terms of the words outside phrases.
    """

    asked: str
    by_term: Mapping[str, str]
    loose: frozenset[str]
    phrases: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for term, word in self.by_term.items() if term in self.loose)

    def held_by(self, sentence: str) -> bool:
        return self.by_term.keys() <= set(terms(sentence)) and all(
            holds(sentence, phrase) for phrase in self.phrases
        )

    def places_in(self, sentence: str) -> list[Span]:
        """The words and phrases in a sentence: in order, those that overlap as one."""
        spans = [token.span for token in tokens(sentence) if token.term in self.loose]
        spans += [span for phrase in self.phrases for span in places(sentence, phrase)]
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and merged[-1].overlaps(span):
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return merged


def _read(asked: str) -> _Wanted:
    text = one_line(asked)
    if not any(character.isalnum() for character in text):
        raise UnusableTerms('There is no word to look for. Give some, or a "phrase" in quotes.')
    if len(text) > LONGEST_QUESTION:
        raise UnusableTerms(
            f"There are {len(text):,} characters to look for; at most {LONGEST_QUESTION:,} are "
            "read. Give fewer words."
        )
    phrases, rest = read_phrases(text)
    by_term: dict[str, str] = {}
    for part in (rest, *phrases):
        for token in tokens(part):
            by_term.setdefault(token.term, token.span.of(part))
    if not by_term:
        raise UnusableTerms(
            f"{text} has only words that stand in nearly every sentence. Add one that says what to "
            "look for."
        )
    return _Wanted(text, by_term, frozenset(terms(rest)), phrases)


def _by_date(dates: Mapping[str, str | None], order: Order) -> Iterator[str]:
    undated = sorted(article_id for article_id, date in dates.items() if date is None)
    dated = sorted((date, article_id) for article_id, date in dates.items() if date is not None)
    # ISO dates of different precision sort as text by their first day. Sorting keeps the order
    # of equals, so that ties stay ordered by id when the newest come first.
    dated.sort(key=lambda known: known[0], reverse=order == "newest")
    yield from (article_id for _, article_id in dated)
    yield from undated


def _grouped(mentions: Sequence[tuple[str, Span]]) -> Iterator[tuple[str, list[Span]]]:
    """Neighbours of one article together."""
    for article_id, group in groupby(mentions, key=lambda mention: mention[0]):
        yield article_id, [span for _, span in group]


def _article_mentions(
    article: Article, every: Sequence[Span], shown: Sequence[Span], wanted: _Wanted
) -> ArticleMentions:
    return ArticleMentions(
        article=article,
        total=len(every),
        before=every.index(shown[0]),
        mentions=tuple(
            Mention(
                span,
                tuple(
                    Span(span.start + place.start, span.start + place.end)
                    for place in wanted.places_in(span.of(article.text))
                ),
            )
            for span in shown
        ),
    )


def _no_page(page: int, pages: int) -> str:
    there = "There is one page" if pages == 1 else f"There are {pages:,} pages"
    return f"{there} of these mentions, so none with the number {page}."
