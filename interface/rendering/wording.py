"""The program's own words. All of them are fixed; none says anything about the world."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from corpus import BRIEF_PUBLISHER, Article, Metadata, Original, Span
from retrieval import (
    Answer,
    ArticleMentions,
    Citation,
    IndexState,
    Mentions,
    Scope,
    Scores,
    Support,
    Version,
)

SUPPORT = {
    "strong": "Likely answer",
    "related": "On this subject, but perhaps no answer",
    "none": "Nothing in this collection answers that",
}
PASSAGE_SUPPORT: dict[Support, str] = {
    "strong": "likely answer",
    "related": "related",
    "none": "none",
}
UNTITLED = "Untitled article"
UNDATED = "no date"
PUBLISHER_UNKNOWN = "publisher unknown"
LIMITS = (
    "Quoted word for word from the articles. On the Record shows where words come from; "
    "it does not say whether they are true."
)
UNDO = "Search without them"
SEARCH_AS_ASKED = "Search as asked"
COPY = "Copy"
AROUND = "Before and after"
# One of them may leave out an article or the like; see retrieval.choosing.copies.
SAME_WORDS = "The same words, or nearly the same, also stand in:"
HIGHLIGHT = "A highlighted sentence also stands in:"
NEAR_COPY = "Nearly the same article came before:"
# Ids in a line; what a publisher puts under every article stands in hundreds of them.
_LISTED = 12

# What exactly is wrong goes to the log of the server; a page shows no paths.
INDEX_DAMAGED = "The index is damaged, so nothing can be quoted from it."
MENTIONS_LIMITS = (
    "Counted are the sentences of the articles' prose that hold all of the words, in any form, and "
    'all "phrases" exactly. Headlines and captions are not counted.'
)


def disjoint(spans: Iterable[Span]) -> list[Span]:
    """Of these spans, in order, those that do not overlap one before them."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def counted(number: int, noun: str) -> str:
    """`1 passage`, `3 passages`, `1,200 passages`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def date_in_words(iso: str | None) -> str:
    """`10 April 2018`, `April 2018`, `2018`, at the precision that is known."""
    if iso is None:
        return UNDATED
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return iso
    month = f"{calendar.month_name[parts[1]]} {parts[0]:04}"
    return month if len(parts) == 2 else f"{parts[2]} {month}"


def summary(answer: Answer) -> str:
    """`3 passages from 2 articles`, or `3 passages from 5 articles, 2 distinct texts`."""
    passages = counted(len(answer.citations), "passage")
    articles = counted(answer.articles, "article")
    if answer.distinct_texts == answer.articles:
        return f"{passages} from {articles}"
    return f"{passages} from {articles}, {counted(answer.distinct_texts, 'distinct text')}"


def searched(scope: Scope) -> str:
    """What was searched: `Searched 30 articles, April 2017 to July 2024`."""
    if not scope.articles:
        return "No article passes these filters"
    articles = f"Searched {counted(scope.articles, 'article')}"
    return f"{articles}, {dates_between(scope.earliest, scope.latest) or 'none with a date'}"


def facts_of(answer: Answer) -> list[str]:
    """What stands below an answer: what was searched, and how far."""
    facts = (
        searched(answer.scope), vectors_line(answer.index), speaker_first(answer),
        absent(answer.scope.absent_terms),
    )  # fmt: skip
    return [fact for fact in facts if fact]


def vectors_line(state: IndexState) -> str:
    """Where an index has no vectors yet: `By words alone so far: vectors are still being built:
    34%`."""
    share = f"{int(100 * state.parts.get('dense', 0.0))}%"
    match state.vectors:
        case "building":
            return f"By words alone so far: vectors are still being built: {share}"
        case "stopped":
            return (
                f"By words alone: a build was stopped when {share} of the vectors were built; "
                "go on with: onrecord build"
            )
        case _:
            return ""


def searched_for(answer: Answer) -> str:
    """What was searched for in place of the question: `Searched for: And in Skerry? — fines`."""
    return f"Searched for: {answer.searched_for}"


def speaker_first(answer: Answer) -> str:
    """`Passages with words of Ann Lee come first`, or nothing."""
    return f"Passages with words of {answer.speaker} come first" if answer.speaker else ""


def taken_over(answer: Answer) -> str:
    """`Added from your earlier questions: fines, 2018`, or nothing."""
    words = ", ".join(answer.taken_over)
    return f"Added from your earlier questions: {words}" if words else ""


def left_out(answer: Answer) -> str:
    """`Left out, to search for both sides: “Why should”, “never”`, or nothing."""
    words = ", ".join(f"“{words}”" for words in answer.left_out)
    return f"Left out, to search for both sides: {words}" if words else ""


def dates_between(earliest: str | None, latest: str | None) -> str:
    """`April 2017 to July 2024`, or one date, or nothing where none is known."""
    if earliest is None or latest is None:
        return ""
    first, last = date_in_words(earliest), date_in_words(latest)
    return first if first == last else f"{first} to {last}"


def absent(terms: Sequence[str]) -> str:
    """`The words “X” and “Y” occur nowhere in the collection; no passage holds exactly “Z z”`, as
    far as there are some, or nothing. What was quoted comes in its quotation marks."""
    words = [f"“{term}”" for term in terms if not term.startswith("“")]
    phrases = [term for term in terms if term.startswith("“")]
    facts = []
    if len(words) == 1:
        facts.append(f"the word {words[0]} occurs nowhere in the collection")
    elif words:
        facts.append(f"the words {_listed(words)} occur nowhere in the collection")
    if phrases:
        facts.append(f"no passage holds exactly {_listed(phrases, 'or')}")
    told = "; ".join(facts)
    return told[:1].upper() + told[1:]


def _listed(names: Sequence[str], last: str = "and") -> str:
    return f" {last} ".join([*([", ".join(names[:-1])] if names[:-1] else []), names[-1]])


def mentions_summary(mentions: Mentions) -> str:
    """`4 sentences in 2 articles hold “ferry” and exactly “ran aground”`."""
    sought = [f"“{word}”" for word in mentions.words]
    sought += [f"exactly “{phrase}”" for phrase in mentions.phrases]
    listed = " and ".join([*([", ".join(sought[:-1])] if sought[:-1] else []), sought[-1]])
    if not mentions.sentences:
        return f"No sentence holds {listed}" + (" together" if len(sought) > 1 else "")
    sentences = counted(mentions.sentences, "sentence")
    verb = "holds" if mentions.sentences == 1 else "hold"
    return f"{sentences} in {counted(mentions.articles, 'article')} {verb} {listed}"


def mentions_place(mentions: Mentions) -> str:
    """Order and page: `Newest first`, or `Newest first, page 2 of 3`."""
    order = f"{mentions.order.capitalize()} first"
    if mentions.pages == 1:
        return order
    return f"{order}, page {mentions.page:,} of {mentions.pages:,}"


def mentions_share(group: ArticleMentions) -> str:
    """How many mentions an article has, and which are here: `12 sentences, here 4 to 9`."""
    total = counted(group.total, "sentence")
    shown = len(group.mentions)
    if shown == group.total:
        return total
    first, last = group.before + 1, group.before + shown
    return f"{total}, here {first:,}" + (f" to {last:,}" if last > first else "")


def source_line(metadata: Metadata) -> str:
    """Who published the words that are quoted, and when: `BBC News, 10 April 2018`.

    A brief's words are this project's; what it is about is said by `about_line`.
    """
    if metadata.kind == "brief":
        return metadata.publisher or BRIEF_PUBLISHER
    return f"{metadata.publisher or PUBLISHER_UNKNOWN}, {published_line(metadata)}"


def published_line(metadata: Metadata) -> str:
    """When an article came out: `10 April 2018`, `posted 10 April 2018`, `no date`."""
    # A content-management stamp says when a page was posted, which need not be when it came out.
    posted = "posted " if (metadata.published_evidence or "").startswith("posted") else ""
    return f"{posted}{date_in_words(metadata.published)}"


def pages_in_words(article: Article, span: Span) -> str:
    """`p. 3`, or `pp. 3–4` for words that run over a page's end; nothing without pages."""
    first, last = article.page_at(span.start), article.page_at(span.end - 1)
    if first is None:
        return ""
    return f"p. {first}" if first == last else f"pp. {first}–{last}"


def place_line(article: Article, span: Span) -> str:
    """Who published the words at a span, when, and on which page, where there are pages."""
    page = pages_in_words(article, span)
    return source_line(article.metadata) + (f", {page}" if page else "")


def about_line(metadata: Metadata) -> str:
    """Publisher and date of a brief's original, as far as they are known: `, BBC News, 2018`."""
    original = metadata.original or Original()
    known = [original.publisher, date_in_words(original.published) if original.published else None]
    return "".join(f", {fact}" for fact in known if fact)


def brief_line(metadata: Metadata) -> str | None:
    """The words before the original's title, or None for an article that is no brief."""
    return "Brief by this project about:" if metadata.kind == "brief" else None


def original_title(metadata: Metadata) -> str:
    """What a brief is about."""
    return (metadata.original.title if metadata.original else None) or "an untitled original"


def title_of(article: Article) -> str:
    return article.metadata.title or UNTITLED


def version_note(version: Version) -> str | None:
    """What a reader of this version should know; nothing of the current one: `This is an earlier
    version, superseded on 4 March 2021; the collection holds a newer one.`"""
    on = f" on {date_in_words(version.since)}" if version.since else ""
    if version.state == "superseded":
        superseded = f", superseded{on}" if on else ""
        return f"This is an earlier version{superseded}; the collection holds a newer one."
    if version.state == "removed":
        removed = f": it was removed{on}" if on else ""
        return f"This article is no longer in the collection{removed}."
    return None


def permalink(article: Article, span: Span) -> str:
    """`#source/ARTICLE_ID@SHA256/START-END`, the id percent-encoded."""
    return f"#source/{quote(article.article_id, safe='')}@{article.sha256}/{span.start}-{span.end}"


def web_address(url: str | None) -> str | None:
    """`url` if it is an address on the web, which may be made a link; else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:  # such as http://[
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def scores_line(scores: Scores) -> str:
    """Why a passage was found; the figures compare passages of one answer only."""
    lexical, dense, late = scores.lexical, scores.dense, scores.late
    parts = [
        "not among the best by words" if lexical is None else f"words {lexical:.2f} (BM25)",
        "not among the nearest in meaning" if dense is None else f"meaning {dense:.2f} (cosine)",
    ]
    if late is not None:
        parts.append(f"word by word {late:.2f} (late interaction)")
    return "; ".join([*parts, f"together {scores.fused:.2f}"])


@dataclass(frozen=True, slots=True)
class AlsoIn:
    """A line about other places of a passage: fixed `words`, ids of articles that are `listed`,
    `more` ids for which there is less room, and the `earliest` near-copy; either may be empty."""

    words: str
    listed: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    earliest: str = ""

    @property
    def told(self) -> str:
        """`a, b; earliest: Ferry aground, Skerry Herald, 10 April 2018`."""
        if not self.listed:
            return self.earliest
        return ", ".join(self.listed) + (f"; earliest: {self.earliest}" if self.earliest else "")

    @property
    def and_more(self) -> str:
        """`and 18 more articles`, or nothing."""
        return f"and {counted(len(self.more), 'more article')}" if self.more else ""


def also_in(citation: Citation) -> list[AlsoIn]:
    """Where the whole passage stands too, where only a highlighted sentence does, and the earliest
    near-copy of its article, if that is another one and has a date."""
    whole = [place.article_id for place in citation.elsewhere if place.whole]
    parts = [place.article_id for place in citation.elsewhere if not place.whole]
    earliest = _earliest(citation)
    lines = [
        _also_in(SAME_WORDS, whole, earliest) if whole else AlsoIn(NEAR_COPY, earliest=earliest),
        _also_in(HIGHLIGHT, parts),
    ]
    return [line for line in lines if line.told]


def _also_in(words: str, article_ids: Sequence[str], earliest: str = "") -> AlsoIn:
    ids = tuple(dict.fromkeys(article_ids))
    return AlsoIn(words, ids[:_LISTED], ids[_LISTED:], earliest)


def _earliest(citation: Citation) -> str:
    """`Ferry aground, Skerry Herald, 10 April 2018`, or nothing."""
    cluster = citation.cluster
    if cluster is None or cluster.earliest == citation.article.article_id:
        return ""
    if cluster.metadata.dated is None:
        return ""
    return f"{cluster.metadata.title or UNTITLED}, {source_line(cluster.metadata)}"
