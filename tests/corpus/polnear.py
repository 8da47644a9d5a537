"""How the quotations found agree with those that people marked in PolNeAR.

A gold *content* is what one attribution reports: spans, of which those with nothing but white
space between them count as one (its editors cut a speech at each sentence). Overlap is the
intersection over the union of two spans.
"""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Article, Quotation, Span, quotations_of

OVERLAP = 0.8
_MARKS = "\"“”‘’'"
_ANY_MARK = re.compile("[\"“”‘]|''")
_PRONOUNS = frozenset("he she they it i we who which that".split())
_AFTER_HEAD = re.compile(r",| (?:who|whose|which|that|of|for|in|at|from|with|on|to|by)\b|\(")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_LATE = frozenset({"jr", "sr", "ii", "iii"})


@dataclass(frozen=True)
class Gold:
    """One stretch of a content, and the words of its source (None where none is marked)."""

    span: Span
    kind: str
    source: str | None


@dataclass
class Agreement:
    """Counts. `contents` and `found` by kind of gold content (quoted: begins and ends with marks);
    `predicted` and `right` by kind of quotation."""

    contents: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    predicted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    stretches: int = 0
    inside: int = 0
    direct: int = 0
    direct_inside: int = 0
    sourced: int = 0
    right_source: int = 0
    unresolved: int = 0
    seconds: float = 0.0
    words: int = 0

    def recall(self, kind: str) -> float:
        return self.found[kind] / max(1, self.contents[kind])

    def precision(self, kind: str) -> float:
        return self.right[kind] / max(1, self.predicted[kind])


def measured(folder: Path, split: str) -> Agreement:
    """The agreement on the articles of a split ("dev", "train")."""
    agreement = Agreement()
    marked: dict[str, list[dict]] = defaultdict(list)
    for attribution in _records(folder / "attributions.jsonl"):
        marked[attribution["article"]].append(attribution)
    for record in _records(folder / "articles.jsonl"):
        if record["split"] == split:
            article = Article(record["_id"], record["text"])
            started = time.process_time()
            found = quotations_of(article)
            agreement.seconds += time.process_time() - started
            agreement.words += len(article.text.split())
            _compare(agreement, article, found, list(_gold(article.text, marked[record["_id"]])))
    return agreement


def _records(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _gold(text: str, attributions: list[dict]) -> Iterator[Gold]:
    for attribution in attributions:
        source = attribution["source"][0]["text"] if attribution["source"] else None
        for content in attribution["content"]:
            joined: list[tuple[int, int]] = []
            for start, end in sorted(map(tuple, content["spans"])):
                if joined and not text[joined[-1][1] : start].strip():
                    joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
                else:
                    joined.append((start, end))
            for start, end in joined:
                words = text[start:end]
                quoted = len(words) > 2 and words[0] in _MARKS and words[-1] in _MARKS
                kind = "quoted" if quoted else "mixed" if _ANY_MARK.search(words) else "indirect"
                yield Gold(Span(start, end), kind, source or None)


def _compare(
    agreement: Agreement, article: Article, found: tuple[Quotation, ...], gold: list[Gold]
) -> None:
    text = article.text
    own = [each for each in found if not each.nested]
    spans = [each.span for each in own]
    stretches = [Span(words.start - 1, words.end + 1) for each in own for words in each.quoted]
    for content in gold:
        agreement.contents[content.kind] += 1
        candidates = spans + stretches if content.kind == "quoted" else spans
        agreement.found[content.kind] += _matches(content.span, candidates)
    for each in own:
        agreement.predicted[each.kind] += 1
        agreement.right[each.kind] += _matches(each.span, [content.span for content in gold])
        for words in each.quoted:
            agreement.stretches += 1
            holding = [
                content
                for content in gold
                if content.span.start <= words.start and words.end <= content.span.end + 1
            ]
            agreement.inside += bool(holding)
            agreement.direct += each.kind == "direct"
            agreement.direct_inside += each.kind == "direct" and bool(holding)
            sources = [
                content.source
                for content in sorted(
                    holding, key=lambda content: content.span.end - content.span.start
                )
                if content.source
            ]
            if sources:
                agreement.sourced += 1
                agreement.unresolved += each.speaker is None
                agreement.right_source += _same_source(text, sources[0], each)


def _matches(span: Span, others: list[Span]) -> bool:
    return any(
        min(span.end, other.end) - max(span.start, other.start)
        >= OVERLAP * (max(span.end, other.end) - min(span.start, other.start))
        for other in others
        if span.overlaps(other)
    )


def _same_source(text: str, gold: str, found: Quotation) -> bool:
    """The same pronoun, the same last name, or the same head word. No speaker is wrong."""
    if found.speaker is None or found.source is None:
        return False
    wanted, given = " ".join(gold.split()), " ".join(found.source.of(text).split())
    if wanted.lower() in _PRONOUNS:
        return wanted.lower() == given.lower()
    heads = {_head(given)} if given.lower() not in _PRONOUNS else set()
    if found.speaker.name:
        heads.add(_head(found.speaker.name))
        last = _head(found.speaker.name)
        return _head(wanted) in heads or last in _words(wanted)
    return _head(wanted) in heads


def _words(phrase: str) -> set[str]:
    return {re.sub(r"['’]s?$", "", word.strip(".,()")).lower() for word in phrase.split()}


def _head(phrase: str) -> str:
    core = _AFTER_HEAD.split(_ARTICLE.sub("", phrase), maxsplit=1)[0].split()
    while len(core) > 1 and core[-1].strip(".,").lower() in _LATE:
        core.pop()
    return re.sub(r"['’]s?$", "", core[-1].strip(".,")).lower() if core else ""
