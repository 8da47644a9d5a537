"""The article among everything else that a page shows.

trafilatura tells which words are the article's. The text is then taken from the page's own blocks
and not from its output, which composes characters, makes no-break spaces plain and loses a linked
phrase inside a sentence now and then (3 of 638 paragraphs of the 40 judged pages, such as "decided
in Pittsburgh from"): a quotation must be what the page says.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from corpus.errors import UnreadableFile
from corpus.extraction.html.blocks import Block, blocks_of
from corpus.extraction.html.characters import shown
from corpus.extraction.html.parsing import Node, parsed
from corpus.extraction.html.structured import Statements

_WORD = re.compile(r"\w+")
# Four words in a row are hardly ever the same by chance.
_RUN = 4
# A block that trafilatura chose has nearly all of its words in the output, another nearly none.
_CHOSEN_SHARE = 0.5
# Blocks of so many words tell where on the page the article lies; "Share this" does not.
_ANCHOR_WORDS = 10
# trafilatura's own limit (min_extracted_size), below which it tries something else.
_SHORT_TEXT = 250
# The shortest article of the 40 judged pages has 369 characters; a menu that is left over has a
# few words. Brief announcements lie between.
_SHORTEST_TEXT = 80
_NAVIGATION_SHARE = 0.8
# What trafilatura and lxml may raise on trees that they were not written for.
_BROKEN = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError)

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MainText:
    """text: paragraphs separated by an empty line. evidence: what it rests on where it is not
    what the page shows, else None."""

    text: str
    evidence: str | None = None


def main_text(body: Node, headings: Sequence[str], stated: Statements) -> MainText | None:
    """The article of the page below `body`; None for a page without one, such as a menu.

    headings: what the page may call its article, which its text does not repeat.
    """
    blocks = list(blocks_of(body))
    names = {words for heading in headings if (words := _words(heading))}
    chosen: list[Block] = []
    for precisely in (True, False):
        if sum(len(block.text) for block in chosen) < _SHORT_TEXT:
            again = _chosen(blocks, _judged(body, precisely=precisely))
            again = _without_headline(_of_one_article(again, blocks, names), names)
            chosen = max(chosen, again, key=lambda found: sum(len(block.text) for block in found))
    text = "\n\n".join(block.text for block in chosen)
    whole = _stated_text(stated)
    # Pages that a script fills show nothing when they are saved, and state the article as data.
    if len(text) < _SHORT_TEXT and len(whole) > 2 * len(text):
        return MainText(whole, "metadata: JSON-LD articleBody")
    linked = sum(block.linked for block in chosen)
    if len(text) < _SHORTEST_TEXT or linked > _NAVIGATION_SHARE * len(text):
        return None
    return MainText(text)


def _judged(body: Node, *, precisely: bool) -> list[Words]:
    """The words of each line that trafilatura takes for the article's."""
    import trafilatura

    # It reports on standard error every page that it finds nothing in.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        output = trafilatura.extract(
            body.getroottree().getroot(),  # copied by trafilatura
            favor_precision=precisely,
            include_comments=False,
            deduplicate=False,  # it would remember paragraphs from one page to the next
        )
    except _BROKEN as error:
        kind = type(error).__name__
        raise UnreadableFile(f"is a page that trafilatura cannot read ({kind})") from error
    return [words for line in (output or "").split("\n") if (words := _words(line))]


def _words(text: str) -> Words:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def _chosen(blocks: Sequence[Block], lines: Sequence[Words]) -> list[Block]:
    """The blocks that the lines came from, in the order of the page."""
    output = tuple(chain.from_iterable(lines))
    runs = {output[at : at + _RUN] for at in range(len(output))}
    written = Counter(lines)
    words_of = [_words(block.text) for block in blocks]
    candidates = [
        index
        for index, words in enumerate(words_of)
        if words in written or _share(words, runs) > _CHOSEN_SHARE
    ]
    often = Counter(words_of[index] for index in candidates)
    anchors = [
        index
        for index in candidates
        if len(words_of[index]) >= _ANCHOR_WORDS and often[words_of[index]] == 1
    ]
    first, last = (anchors[0], anchors[-1]) if anchors else (0, len(blocks))
    # Of words that stand several times on the page, such as a heading that a menu repeats, those
    # nearest to the article are taken, as often as trafilatura wrote them.
    nearest = sorted(candidates, key=lambda at: (max(first - at, at - last, 0), at))
    left = {words: max(1, written[words]) for words in often}
    kept = []
    for index in nearest:
        if left[words_of[index]]:
            left[words_of[index]] -= 1
            kept.append(index)
    return [blocks[index] for index in sorted(kept)]


def _share(words: Words, runs: set[Words]) -> float:
    """How many of the words stand in a run that is in `runs`, from 0 to 1."""
    if len(words) < _RUN:
        return 0.0
    covered = bytearray(len(words))
    for at in range(len(words) - _RUN + 1):
        if words[at : at + _RUN] in runs:
            covered[at : at + _RUN] = b"\1" * _RUN
    return sum(covered) / len(words)


def _of_one_article(chosen: list[Block], blocks: Sequence[Block], names: set[Words]) -> list[Block]:
    """Without the page's other articles: HTML has `article` for what stands by itself, so where
    the one that holds the headline has a text, that in others is a teaser."""
    around = {block: _articles(block) for block in chosen}
    headed = chain.from_iterable(_articles(b) for b in blocks if _words(b.text) in names)
    for own in dict.fromkeys(headed):
        inside = {block for block in chosen if own in around[block]}
        if sum(len(block.text) for block in inside) >= _SHORT_TEXT:
            outer = set(own.iterancestors("article"))
            return [b for b in chosen if b in inside or outer.issuperset(around[b])]
    return chosen


def _articles(block: Block) -> list[Node]:
    """The article elements around a block, innermost first."""
    itself = [block.node] if block.node.tag == "article" else []
    return [*itself, *block.node.iterancestors("article")]


def _without_headline(chosen: list[Block], names: set[Words]) -> list[Block]:
    """The headline is metadata; repeated above the text it would be a sentence that nobody said."""
    for index, block in enumerate(chosen):
        words = _words(block.text)
        if words in names:
            return chosen[:index] + chosen[index + 1 :]
        if len(words) >= _ANCHOR_WORDS:
            break
    return chosen


def _stated_text(stated: Statements) -> str:
    """The article as the page states it for programs, which may hold markup of its own."""
    written = stated.article.get("articleBody")
    if not isinstance(written, str):
        return ""
    if "</" in written:
        return "\n\n".join(block.text for block in blocks_of(parsed(f"<div>{written}")))
    lines = (shown(line).strip() for line in written.split("\n"))
    return "\n\n".join(line for line in lines if line)
