"""Whether figures of one kind that differ between articles can be told: measured, and left out.

`python -m tests.benchmarks.figures`. Takes a quarter of a minute. An answer that set such figures
side by side would have to be right nine times in ten. The rule below is right 15 times in 42 on
the news sample; with all shares raised until it gives six pairs of 3,000 articles, five times.
What a figure is of stands outside its sentence too often: two death tolls, or the seats needed
and the seats missing, have the same words around them. It is kept so that a better rule can be
compared with it; nothing else uses it.

figures.jsonl holds pairs of figures of the sample, each as an article's id and where its number
begins, and whether a reader would set them side by side: the same measure of the same thing, at
another time or from another source. "sample" pairs were labelled before there was a rule; they
come from sentences that share words and a unit, with more of the alike ones. "output" pairs are
what else the rule gives; about half of them were seen while it was made.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import Article, Span, interval, passages_of, read_collection
from index import terms, tokens
from tests.benchmarks.shared import news_collection, print_table

_LABELS = Path(__file__).with_name("figures.jsonl")

# Terms on either side of a figure that are compared, how many of them must be common, and which
# share; the same for whole sentences, of the shorter one; and days between two articles.
_WINDOW, _COMMON, _COMMON_SHARE, _SENTENCE_SHARE, _DAYS = 6, 4, 0.33, 0.5, 370

_ONES = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty""".split()
_WORDS = {word: float(number) for number, word in enumerate(_ONES, start=1)} | {
    word: float(number)
    for number, word in zip(
        range(30, 100, 10), "thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_WRITTEN = "|".join(sorted(_WORDS, key=len, reverse=True))
_FIGURE = re.compile(
    r"(?<![\w.,:/$£€#-])(?P<currency>[$£€])?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_WRITTEN})"
    rf"(?:[ -]?(?P<scale>{'|'.join(_SCALES)})(?!\w))?(?P<share>[ -]?(?:%|per ?cent(?!\w)))?"
    r"(?!\w|[.,:/]\d|-year-old)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEXT_WORD = re.compile(r"[ \u00a0-]([A-Za-z’']+(?:-[A-Za-z’']+)*)")
_CAPITAL = re.compile(r"(?<![^\W_])[A-Z][\w’'.&-]*")


def _terms_of(words: str) -> frozenset[str]:
    return frozenset(terms(words))


# Words that end what is counted: "46 of the", "12 who".
_ENDS = frozenset(
    """after against ago all among because before can could did do during each earlier every how
    including last later many more much next no nor not off out over said since some such through
    too under until up what when where while who whose will within would""".split()
)
_UNCOUNTED = _terms_of(
    "points photos quotes takeaways things ways reasons times years months weeks days hours "
    "minutes decades"
)
_SAYS_NOTHING = _terms_of(
    f"{' '.join(_WORDS)} {' '.join(_SCALES)} percent about more less than least most over under "
    "near around just only almost said say according also new year last"
)
_ADDS = _terms_of("other another more additional further extra new fewer less total")
_UP = _terms_of("up rise rose climb gain jump increase higher add rally surge grew grow raise soar")
_DOWN = _terms_of(
    "down fall fell drop plunge lower lose lost decline slid tumble cut reduce shrink sank"
)
_TIMES = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr the a an in on at but and
    it he she they we this that these those there when while if as for from with after by to of
    more most some all""".split()
)
_OF_A_SURVEY = re.compile(
    r"margin|sampling|interview|registered voters|likely voters|survey(?:ed)? of", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, what it counts, and the terms around it."""

    article: Article
    start: int
    sentence: Span
    value: float
    given: int
    unit: str
    between: frozenset[str]
    near: frozenset[str]
    sentence_terms: frozenset[str]
    names: frozenset[str]
    years: frozenset[str]


def told_in(article: Article, sentence: Span) -> list[Told]:
    """The figures of a sentence, but for those that share their unit with another one in it."""
    words = sentence.of(article.text)
    found = [(match, _unit(match, words)) for match in _FIGURE.finditer(words)]
    units = Counter(unit for _, (unit, _) in found)
    if _OF_A_SURVEY.search(words):
        return []
    held = list(tokens(words))
    names = (match.group().rstrip(".") for match in _CAPITAL.finditer(words))
    told = []
    for match, (unit, between) in found:
        if not unit or units[unit] > 1 or unit in _UNCOUNTED:
            continue
        before = [token.term for token in held if token.span.end <= match.start()][-_WINDOW:]
        after = [token.term for token in held if token.span.start >= match.end()]
        near = [*before, *after[: _WINDOW + 1 + len(between)]]
        told.append(
            Told(
                article=article,
                start=sentence.start + match.start(),
                sentence=sentence,
                value=_value(match),
                given=len(re.sub(r"\D", "", match["number"]).strip("0")) or 2,
                unit=unit,
                between=frozenset(between),
                near=_content(near),
                sentence_terms=_content([token.term for token in held]),
                names=frozenset(
                    t for name in names if name.lower() not in _TIMES for t in terms(name)
                ),
                years=frozenset(_YEAR.findall(words)),
            )
        )
    return told


def is_one_kind(first: Told, second: Told) -> bool:
    """Whether the rule takes both figures for the same measure of the same thing."""
    near = first.near & second.near
    whole = first.sentence_terms & second.sentence_terms
    shorter = min(len(first.sentence_terms), len(second.sentence_terms))
    return (
        first.unit == second.unit
        and len(near) >= _COMMON
        and len(near) >= _COMMON_SHARE * len(first.near | second.near)
        and len(whole) >= _SENTENCE_SHARE * shorter
        and first.between & _ADDS == second.between & _ADDS
        and not (first.names - second.names and second.names - first.names)
        and not (first.years and second.years and first.years.isdisjoint(second.years))
        and not (first.near & _UP and second.near & _DOWN)
        and not (first.near & _DOWN and second.near & _UP)
        and _days_apart(first.article, second.article) <= _DAYS
    )


def differ(first: Told, second: Told) -> bool:
    """Whether the values do, and one is not the other rounded."""
    few, many = sorted((first, second), key=lambda told: told.given)
    return f"{many.value:.{few.given}g}" != f"{few.value:.{few.given}g}"


def main() -> None:
    with TemporaryDirectory() as folder:
        articles = read_collection(news_collection(Path(folder))).articles
    by_unit: dict[str, list[Told]] = defaultdict(list)
    for article in articles:
        for passage in passages_of(article):
            for sentence in passage.sentences:
                for told in told_in(article, sentence):
                    by_unit[told.unit].append(told)
    given = {_key(first, second) for first, second in _output(by_unit)}
    labels = [json.loads(line) for line in _LABELS.read_text(encoding="utf-8").splitlines()]
    same = {_labelled(label): label["same"] for label in labels}
    rows = []
    for drawn in ("sample", "output"):
        pairs = [_labelled(label) for label in labels if label["drawn"] == drawn]
        said = [pair for pair in pairs if pair in given]
        right = sum(same[pair] for pair in said)
        of_one_kind = sum(same[pair] for pair in pairs)
        rows.append((drawn, *map(str, (len(pairs), of_one_kind, len(said), right))))
    print_table(
        "Pairs of figures, and what the rule takes for one kind",
        ["drawn", "pairs", "of one kind", "rule says so", "rightly"],
        rows,
    )
    right = sum(same.get(pair, False) for pair in given)
    print(
        f"All that the rule gives: {len(given)} pairs, {right} rightly: {right / len(given):.2f}."
    )
    for pair in given - same.keys():
        print(f"Not labelled, counted as wrong: {sorted(pair)}")


def _output(by_unit: dict[str, list[Told]]) -> Iterator[tuple[Told, Told]]:
    """What the rule gives, one pair of figures for two sentences."""
    sentences = set()
    for told in by_unit.values():
        for first, second in combinations(told, 2):
            if (
                first.article.sha256 != second.article.sha256
                and len(first.near & second.near) >= _COMMON
            ):
                key = frozenset(
                    (each.article.article_id, each.sentence) for each in (first, second)
                )
                if key not in sentences and is_one_kind(first, second) and differ(first, second):
                    sentences.add(key)
                    yield first, second


def _key(first: Told, second: Told) -> frozenset[tuple[str, int]]:
    return frozenset((told.article.article_id, told.start) for told in (first, second))


def _labelled(label: dict[str, list[str | int]]) -> frozenset[tuple[str, int]]:
    return frozenset((str(place[0]), int(place[1])) for place in (label["first"], label["second"]))


def _unit(match: re.Match[str], words: str) -> tuple[str, list[str]]:
    """What is counted, and the terms between it and the number; "" where that cannot be told."""
    if match["currency"] or match["share"]:
        return match["currency"] or "%", []
    between: list[str] = []
    at = match.end()
    for _ in range(4):
        word = _NEXT_WORD.match(words, at)
        if word is None or word[1].lower() in _ENDS or not terms(word[1]):
            break
        if re.fullmatch(r"people|men|women|children|\w[\w-]+[^\Wsui]s", word[1].lower()):
            return terms(word[1])[-1], between
        between += terms(word[1])
        at = word.end()
    return "", []


def _value(match: re.Match[str]) -> float:
    number = match["number"].lower().replace(",", "")
    value = _WORDS.get(number) or float(number)
    return value * _SCALES.get((match["scale"] or "").lower(), 1.0)


def _content(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word for word in words if not word[0].isdigit()) - _SAYS_NOTHING


def _days_apart(first: Article, second: Article) -> int:
    dates = [article.metadata.dated for article in (first, second)]
    if None in dates:
        return _DAYS + 1
    begins = [date.fromisoformat(str(interval(str(each))[0])) for each in dates]
    return abs((begins[0] - begins[1]).days)


if __name__ == "__main__":
    main()
