"""What the formats for reading tell of an answer and its citations: fixed words around data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from interface.rendering.cells import address_of
from interface.rendering.exports.citation import author_words, one_line, source_words
from interface.rendering.exports.exchange import Exchange
from interface.rendering.speaking import caution_line, speaker_lines
from interface.rendering.wording import (
    PASSAGE_SUPPORT,
    SUPPORT,
    also_in,
    brief_line,
    counted,
    date_in_words,
    disjoint,
    facts_of,
    left_out,
    permalink,
    place_line,
    searched_for,
    summary,
    taken_over,
    title_of,
)
from retrieval import Answer, Citation

NAME = "On the Record"
IN_BOLD = "Sentences in bold match the question best."
SOURCES = "Sources"
QUOTED_FROM = "Quoted from:"
IN_THE_ARTICLE = "In the article:"


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive characters of a passage; marked: of a highlighted sentence."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. source: of the words; address: of the article on the web, of a brief that of
    its original; place: where they stand in the collection; permalink: the address of that."""

    source: str
    address: str
    place: str
    permalink: str


def name_of(exchanges: Sequence[Exchange]) -> str:
    """Of a whole conversation: `On the Record: Who was hurt?`, or `On the Record: 3 questions`."""
    if len(exchanges) == 1:
        return f"{NAME}: {one_line(exchanges[0].answer.question)}"
    return f"{NAME}: {counted(len(exchanges), 'question')}"


def found_line(answer: Answer) -> str:
    """`Likely answer: 3 passages from 2 articles`, or that nothing answers."""
    found = SUPPORT[answer.support]
    return found if answer.abstained else f"{found}: {summary(answer)}"


def asked_lines(exchange: Exchange) -> list[str]:
    """The filters of a question, and what was searched for where that may not be what was typed."""
    answer = exchange.answer
    changes = [change for change in (taken_over(answer), left_out(answer)) if change]
    if changes:
        changes = [searched_for(answer), *changes]
    return [one_line(line) for line in ("; ".join(exchange.filters), *changes) if line]


def scope_lines(answer: Answer) -> list[str]:
    """What stands below the passages of an answer: what was searched, and which index answered."""
    built = date_in_words(answer.index.built[:10])
    index = f"Index of {built}, generation {answer.index.generation}"
    return [one_line(fact) for fact in (*facts_of(answer), index)]


def source_line_of(citation: Citation) -> str:
    """What stands below the words: their source and how near they are to the question."""
    return f"— {source_words(citation)} · {PASSAGE_SUPPORT[citation.support]}"


def about_lines(citation: Citation) -> list[str]:
    """Who speaks, what a reader must not miss, and where else the words stand."""
    lines = [line.told for line in speaker_lines(citation)]
    lines += [caution_line(citation)]
    lines += [f"{line.words} {line.told} {line.and_more}" for line in also_in(citation)]
    return [one_line(line) for line in lines if line]


def note_of(citation: Citation, page: str | None) -> Note:
    """page: the address of the running page, which a permalink opens."""
    article, span = citation.article, citation.passage.span
    source = source_words(citation)
    if brief_line(article.metadata) is None:
        source = f"{QUOTED_FROM} {source}"
    if author := author_words(citation):
        source += f", {author}"
    place = f"characters {span.start:,} to {span.end:,} of {article.article_id}"
    if brief_line(article.metadata):
        # Whose words are quoted: they do not stand in the original.
        place = f"{QUOTED_FROM} {title_of(article)}, {place_line(article, span)}, {place}"
    return Note(
        source=source,
        address=one_line(address_of(article.metadata) or ""),
        place=one_line(place),
        permalink=f"{page}{permalink(article, span)}" if page else "",
    )


def runs_of(citation: Citation) -> list[Run]:
    """The passage, cut at its highlights; together exactly its text."""
    text, span = citation.article.text, citation.passage.span
    at, runs = span.start, []
    for highlight in disjoint(citation.highlights):
        runs += [Run(text[at : highlight.start], False), Run(highlight.of(text), True)]
        at = highlight.end
    runs.append(Run(text[at : span.end], False))
    # Two sentences without a space between them are one run.
    together = groupby((run for run in runs if run.text), key=lambda run: run.marked)
    return [Run("".join(run.text for run in of), marked) for marked, of in together]
