"""Quotations of a collection's sentences with one thing changed, and what was changed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus import Speaker
from index import SearchIndex
from retrieval import Check, Difference

_NUMBER = re.compile(r"(?<![\w.,/[-])\d+(?:[.,]\d+)*(?![\w/\]]|[.,]\d)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATE = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)(?: \d{4})?\b"
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*\b(?!’)")
_UNIT = re.compile(r"%|\b(?:years?|months?|weeks?|days?|million|per cent)\b|£")
_OTHER_UNIT = {
    "%": " points", "£": "$", "million": "billion", "per cent": "percentage points",
    "year": "month", "years": "months", "month": "week", "months": "days", "week": "day",
    "weeks": "days", "day": "hour", "days": "hours",
}  # fmt: skip
_NEGATION = re.compile(r"\b(?:not|no|never|nor|without|nobody|none) ")
_AUXILIARY = re.compile(r"\b(?:was|were|is|are|had|has|could|would|should|must|can|did|will|may) ")
_FULL_NAME = re.compile(r"[A-Z]\w+ [A-Z]\w+")
_WORDS_AROUND = 6


@dataclass(frozen=True)
class Mutation:
    """kind: of change. draft: the quotation in marks. source: the words that were changed, as
    they stand in the article. drafted: as they stand in the draft; either may be empty."""

    kind: str
    draft: str
    source: str
    drafted: str


def sentences_of(index: SearchIndex) -> list[str]:
    """All sentences of the collection's passages, in order."""
    return [
        span.of(passage.article.text)
        for row in range(len(index))
        for passage in [index.passage(row)]
        for span in passage.sentences
    ]


def mutations(kind: str, sentences: Sequence[str], count: int, seed: int) -> list[Mutation]:
    """`count` different ones, drawn at random. Raises ValueError where there are not so many."""
    draw = random.Random(f"{kind} {seed}")
    change = KINDS[kind]
    found: dict[str, Mutation] = {}
    for _ in range(200 * count):
        sentence = draw.choice(sentences)
        made = change(draw, sentence, kind)
        if made is not None:
            found.setdefault(made.draft, made)
        if len(found) == count:
            return list(found.values())
    raise ValueError(f"only {len(found)} mutations of kind {kind}")


def swapped_speakers(index: SearchIndex, count: int, seed: int) -> list[tuple[Mutation, Speaker]]:
    """Quotations of the collection under the name of another of its speakers, and whose they are.
    None where fewer than five speakers are known by a name of two words."""
    spoken = [
        (words.of(article.text), quotation.speaker)
        for entry in index.catalogue.entries()
        for article in [index.article(entry.article_id)]
        for quotation in index.catalogue.quotations(entry.article_id)
        for words in quotation.quoted
        if quotation.speaker is not None
    ]
    names = sorted({who.name for _, who in spoken if who.name and _FULL_NAME.fullmatch(who.name)})
    pairs = [
        (Mutation("speaker swapped", f"“{words},” {name} said.", who.name or "", name), who)
        for words, who in spoken
        for name in names
        if set(name.split()).isdisjoint((who.name or "").split()) and "“" not in words
    ]
    if len(names) < 5 or len(pairs) < count:
        return []
    return random.Random(seed).sample(pairs, count)


def is_right(mutation: Mutation, check: Check) -> bool:
    """Whether what was changed is shown, and nothing else."""
    (checked,) = check.quotations
    if not checked.places:
        return False
    text = checked.places[0].article.text
    if mutation.kind == "ellipsis over a negation":
        shown = [cut.span.of(text) for cut in checked.cuts if cut.negations]
        return checked.verdict in ("shortened", "joined") and mutation.source in shown
    if checked.verdict == "shortened":  # a negation that began the quotation
        cuts = [cut.span.of(text) for cut in checked.cuts]
        return not mutation.drafted and cuts == [mutation.source]
    return checked.verdict == "altered" and _changed(checked.differences, check.draft, text) == (
        _words(mutation.source),
        _words(mutation.drafted),
    )


def _changed(
    differences: Sequence[Difference], draft: str, text: str
) -> tuple[list[str], list[str]]:
    source = " ".join(each.source.of(text) for each in differences if each.source)
    drafted = " ".join(each.drafted.of(draft) for each in differences if each.drafted)
    return _words(source), _words(drafted)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'.,]*\w|[^\w\s]", text)


def _mutated(
    draw: random.Random, sentence: str, kind: str, start: int, end: int, other: str
) -> Mutation | None:
    """The sentence, or a part of it around the change, as a quotation."""
    words = [found.span() for found in re.finditer(r"\S+", sentence)]
    before = [span for span in words if span[1] <= start]
    after = [span for span in words if span[0] >= end]
    if len(before) + len(after) < _WORDS_AROUND:
        return None
    least = min(len(before), _WORDS_AROUND // 2)
    first = before[-draw.randint(least, len(before)) or -1][0] if least else start
    least = min(len(after), _WORDS_AROUND - least)
    rest = re.match(r"\S*", sentence[end:])
    last = after[draw.randint(max(1, least), len(after)) - 1][1] if after else end
    last = max(last, end + (len(rest.group()) if rest and other.strip() else 0))
    source, changed = sentence[start:end], other
    quoted = sentence[min(first, start) : start] + other + sentence[end : max(last, end)]
    quoted = quoted.replace("“", "‘").replace("”", "’")
    return Mutation(kind, f"“{quoted}”", source.strip(), changed.strip())


def _found(draw: random.Random, pattern: re.Pattern[str], sentence: str) -> re.Match[str] | None:
    places = list(pattern.finditer(sentence))
    return draw.choice(places) if places else None


def _number(draw: random.Random, sentence: str, kind: str) -> Mutation | None:
    found = _found(draw, _NUMBER, sentence)
    if found is None or _YEAR.fullmatch(found.group()):
        return None
    at = draw.choice([at for at, letter in enumerate(found.group()) if letter.isdigit()])
    digit = draw.choice([d for d in "123456789" if d != found.group()[at]])
    other = found.group()[:at] + digit + found.group()[at + 1 :]
    return _mutated(draw, sentence, kind, *found.span(), other)


def _name(draw: random.Random, sentence: str, kind: str) -> Mutation | None:
    found = _found(draw, _NAME, sentence)
    if found is None:
        return None
    other = draw.choice(["Ada Quill", "Brandt", "Northmoor Council", "Osric", "Wexcombe"])
    return _mutated(draw, sentence, kind, *found.span(), other)


def _date(draw: random.Random, sentence: str, kind: str) -> Mutation | None:
    found = _found(draw, _YEAR if draw.random() < 0.5 else _DATE, sentence)
    if found is None:
        return None
    if _YEAR.fullmatch(found.group()):
        other = str(int(found.group()) + draw.choice([-2, -1, 1, 2]))
        return _mutated(draw, sentence, kind, *found.span(), other)
    month = re.search(r"[A-Z]\w+", found.group())
    assert month is not None
    start = found.start() + month.start()
    other = draw.choice([m for m in ("January", "June", "August") if m != month.group()])
    return _mutated(draw, sentence, kind, start, start + len(month.group()), other)


def _unit(draw: random.Random, sentence: str, kind: str) -> Mutation | None:
    found = _found(draw, _UNIT, sentence)
    if found is None:
        return None
    return _mutated(draw, sentence, kind, *found.span(), _OTHER_UNIT[found.group()])


def _negation_added(draw: random.Random, sentence: str, kind: str) -> Mutation | None:
    found = _found(draw, _AUXILIARY, sentence)
    if found is None or _NEGATION.match(sentence, found.end()):
        return None
    other = draw.choice(["not ", "never "])
    return _mutated(draw, sentence, kind, found.end(), found.end(), other)


def _negation_dropped(draw: random.Random, sentence: str, kind: str) -> Mutation | None:
    found = _found(draw, _NEGATION, sentence)
    return _mutated(draw, sentence, kind, *found.span(), "") if found else None


def _ellipsis(draw: random.Random, sentence: str, kind: str) -> Mutation | None:
    found = _found(draw, _NEGATION, sentence)
    if found is None:
        return None
    words = re.compile(r"\S+ ?").finditer(sentence, found.end())
    more = [word.end() for word, _ in zip(words, range(draw.randint(0, 2)), strict=False)]
    end = more[-1] if more else found.end()
    other = draw.choice(["… ", "... ", "[…] ", "[...] "])
    if not sentence[end:].strip(" .") or not sentence[: found.start()].strip():
        return None
    return _mutated(draw, sentence, kind, found.start(), end, other)


KINDS: dict[str, Callable[[random.Random, str, str], Mutation | None]] = {
    "number": _number,
    "name": _name,
    "date": _date,
    "unit": _unit,
    "negation added": _negation_added,
    "negation dropped": _negation_dropped,
    "ellipsis over a negation": _ellipsis,
}
