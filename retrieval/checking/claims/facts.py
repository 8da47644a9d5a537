"""The numbers, dates and names of a sentence, and where the same stand in a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Span
from index import tokens

FactKind = Literal["number", "date", "name"]

_MONTHS = dict(
    zip(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),
        range(1, 13),
        strict=True,
    )
)
_MONTH = (
    r"(?P<month{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{0}>(?:1[5-9]|20)\d\d)(?!\d|[.,]\d|[-–]year)"
_DATE = re.compile(
    rf"\b(?:{_DAY.format(1)} (?:of )?{_MONTH.format(1)}\b(?:,? {_YEAR.format(1)})?"
    rf"|{_MONTH.format(2)} {_DAY.format(2)}\b(?:,? {_YEAR.format(2)})?"
    rf"|{_MONTH.format(3)},? {_YEAR.format(3)}"
    rf"|(?P<year4>(?:1[5-9]|20)\d\d)-(?P<month4>[01]\d)-(?P<day4>[0-3]\d)"
    r"|(?P<weekday6>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b"
    rf"|(?<![£$€.,\d]){_YEAR.format(5)}(?! (?:per cent|percent|people)|%))"
)
_UNITS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000,
    "mn": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000, "trillion": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
}  # fmt: skip
_SCALE = r"(?:[ \u00a0-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|tn|[mk])\b)?"
_WRITTEN = "|".join(
    [rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_UNITS)[1:10])}))?", *reversed(_UNITS)]
)
_NUMBER = re.compile(
    rf"(?P<money>[£$€¥])?(?:(?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?P<written>{_WRITTEN})\b){_SCALE}"
    r"(?P<percent>[ \u00a0]?(?:%|per ?cent\b))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Inside a name: the University of Huddersfield, the Court of the Lord Lyon.
_LINKS = frozenset("of the de la le van von der bin al".split())
# Behind the first word of a sentence, they tell that it is a name.
_SAYS = frozenset(
    """said says told tells added warned claimed claims argued wrote thinks thought believes
    believed denied admitted announced""".split()
)
# Words that often begin a sentence, and then have a capital beside a name.
_OPENERS = frozenset(
    """after although because before both during earlier even here how however later many
    meanwhile most now only since some though today until what when where while why yesterday
    """.split()
)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, date or name that a claim holds. span: in the draft."""

    kind: FactKind
    span: Span


def facts_of(text: str, spans: Sequence[Span]) -> tuple[Fact, ...]:
    """The facts of the stretches of a text that make one sentence, in order, disjoint."""
    found: list[Fact] = []
    for stretch in spans:
        dates = [Fact("date", span) for span, _ in _dates(text, stretch)]
        numbers = [
            Fact("number", span)
            for span, _ in _numbers(text, stretch)
            if not any(span.overlaps(date.span) for date in dates)
        ]
        told = [fact.span for fact in (*dates, *numbers)]
        names = [
            Fact("name", span) for span in _names(text, stretch, told, begins=stretch == spans[0])
        ]
        found += [*dates, *numbers, *names]
    return tuple(sorted(found, key=lambda fact: fact.span))


def places_of_fact(fact: Fact, draft: str, text: str, span: Span) -> tuple[Span, ...]:
    """Where the same number, date or name stands at a span of an article's text, in order.

    A number is the same in words and in figures, and with the same currency or per cent. A date
    is, where the article is at least as precise. A name is, where all of its words follow each
    other, or where its last word does for a name that the article gives in full.
    """
    if fact.kind == "number":
        wanted = next(value for each, value in _numbers(draft, fact.span) if each == fact.span)
        return tuple(each for each, value in _numbers(text, span) if value == wanted)
    if fact.kind == "date":
        date = next(value for each, value in _dates(draft, fact.span) if each == fact.span)
        return tuple(
            each
            for each, value in _dates(text, span)
            if all(part in (None, given) for part, given in zip(date, value, strict=True))
        )
    return tuple(_name_places(_name_words(fact.span.of(draft)), text, span))


def _dates(text: str, span: Span) -> Iterator[tuple[Span, tuple[int | str | None, ...]]]:
    """Each date with its year, month, day and weekday, as far as they are given."""
    for found in _DATE.finditer(text, span.start, span.end):
        given = {name[:-1]: value for name, value in found.groupdict().items() if value}
        month = given.get("month", "")
        yield (
            Span(*found.span()),
            (
                int(given["year"]) if "year" in given else None,
                _MONTHS.get(month[:3].casefold(), int(month) if month.isdigit() else 0) or None,
                int(given["day"]) if "day" in given else None,
                given.get("weekday"),
            ),
        )


def _numbers(text: str, span: Span) -> Iterator[tuple[Span, tuple[float, str, bool]]]:
    """Each number with its value, its currency, and whether it is per cent."""
    for found in _NUMBER.finditer(text, span.start, span.end):
        edges = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        if any(edge.isalnum() for edge in edges):
            continue  # a part of a word: B12, 5G
        if found["figure"]:
            value = float(found["figure"].replace(",", ""))
        else:
            tens, _, units = found["written"].casefold().replace(" ", "-").partition("-")
            value = float(_TENS.get(tens, _UNITS.get(tens, 0)) + _UNITS.get(units, 0) * bool(units))
        value *= _SCALES[found["scale"].casefold()] if found["scale"] else 1
        yield Span(*found.span()), (value, found["money"] or "", bool(found["percent"]))


def _names(text: str, stretch: Span, told: Sequence[Span], *, begins: bool) -> Iterator[Span]:
    """Runs of words with a capital.

    told: dates and numbers, which are none. begins: whether the stretch begins a sentence, whose
    first word has one anyway: alone it is a name only before a verb of saying.
    """
    words = [Span(*found.span()) for found in _WORD.finditer(text, stretch.start, stretch.end)]
    run: list[Span] = []
    runs: list[list[Span]] = []
    for word in words:
        joined = run and text[run[-1].end : word.start] in (" ", "\u00a0")
        written = word.of(text)
        is_capital = written[0].isupper() and not (word == words[0] and _is_grammar(written))
        is_capital = is_capital and not any(word.overlaps(other) for other in told)
        if is_capital or (joined and written in _LINKS):
            if not joined and run:
                runs.append(run)
                run = []
            run.append(word)
        elif run:
            runs.append(run)
            run = []
    for each in [*runs, run]:
        while each and each[-1].of(text) in _LINKS:
            each.pop()
        if not each or (begins and each == words[:1] and not _speaks(text, words)):
            continue
        end = each[-1].end - len(_ending(each[-1].of(text)))
        yield Span(each[0].start, end)


def _ending(word: str) -> str:
    found = _POSSESSIVE.search(word)
    return found.group() if found else ""


def _is_grammar(word: str) -> bool:
    return word.casefold() in _OPENERS or not any(tokens(word))


def _speaks(text: str, words: Sequence[Span]) -> bool:
    first = words[0].of(text)
    return bool(_ending(first)) or (len(words) > 1 and words[1].of(text) in _SAYS)


def _name_words(name: str) -> list[str]:
    return [_POSSESSIVE.sub("", word.replace("’", "'")) for word in _WORD.findall(name)]


def _name_places(name: Sequence[str], text: str, span: Span) -> Iterator[Span]:
    spans = [Span(*found.span()) for found in _WORD.finditer(text, span.start, span.end)]
    words = [_name_words(each.of(text))[0] for each in spans]
    size = len(name)
    for at in range(len(words) - size + 1):
        if words[at : at + size] == list(name):
            yield Span(spans[at].start, spans[at + size - 1].end)
            return
    whole = r"\b" + r"\s+".join(re.escape(word) for word in name) + r"\b"
    if size == 1 or not re.search(whole, text.replace("’", "'")):
        return
    for at, word in enumerate(words):
        beside = [words[other] for other in (at - 1, at + 1) if 0 <= other < len(words)]
        is_longer = any(other[0].isupper() and not _is_grammar(other) for other in beside)
        if word == name[-1] and not is_longer:
            yield spans[at]
            return
