"""What kind of thing would answer a question, and whether a sentence has one.

"How many" wants a number, "when" a date, "who" a name. A name, number or date that the question
itself holds does not answer it.
"""

from __future__ import annotations

import re
from typing import Literal

from index import terms

Expected = Literal["number", "date", "name"]

_QUESTIONS: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|long|old|far|tall|high|big|large|fast|often|deep|wide|heavy)\b"
            r"|\b(?:what|which) (?:percentage|per ?cent|number|proportion|share|amount|population"
            r"|age|size|figure)s?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(
            r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|century|decade)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "name",
        re.compile(
            r"\b(?:who|whom|whose|where)\b|\b(?:what|which) (?:\w+ )?(?:city|country|state|county"
            r"|town|river|place|nation|region|continent|company|person|name|team|school|university"
            r"|organi[sz]ation|group|force|court|king|president|minister|commissioner|actor|singer"
            r"|band|newspaper)s?\b",
            re.IGNORECASE,
        ),
    ),
)
NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion dozen half quarter third none""".split()
)
_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(sorted(NUMBER_WORDS))})\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:1[5-9]\d\d|20\d\d)\b|\b\d+(?:st|nd|rd|th)\b|\b\d\d\d0s\b"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|century|ago|yesterday|today"
    r"|tomorrow)\b"
    r"|\bMay (?=\d)|(?<=\d )May\b"
)
_CAPITAL = re.compile(r"\b[^\W\d_][\w’'-]+")
_WORD = re.compile(r"\S+")
# Words that have a capital because they begin a sentence, or what somebody says inside it.
_OPENERS = frozenset(
    """a after all although an and as at because before both but by during each even for from he
    her his how however i i'd i'll i'm i've if in into it its many most much no not of on one or
    our over several she since so some such that the their then there these they this those though
    through to two under until we what when where while who with""".split()
)


def expected_in(question: str) -> Expected | None:
    """What the question asks for; None where it does not say, or asks for something else."""
    return next((kind for kind, pattern in _QUESTIONS if pattern.search(question)), None)


def has_expected(sentence: str, expected: Expected, asked: frozenset[str]) -> bool:
    """Whether the sentence has such a thing that the question lacks.

    asked: the question's terms.
    """
    if expected == "name":
        names = (found.group() for found in _CAPITAL.finditer(sentence))
        return any(
            name[0].isupper()
            and name.casefold().replace("’", "'") not in _OPENERS
            and asked.isdisjoint(terms(name))
            for name in names
        )
    pattern = _NUMBER if expected == "number" else _DATE
    rest = " ".join(word for word in _WORD.findall(sentence) if asked.isdisjoint(terms(word)))
    return pattern.search(rest) is not None
