"""Which names, roles and organisations are clean enough to be shown. None is better than noise."""

from __future__ import annotations

import re

from corpus.quotations.words.verbs import SENSES
from corpus.quotations.words.vocabulary import (
    BODY_WORDS,
    COLLECTIVES,
    HONORIFIC,
    NO_NAMES,
    OFFICES,
    TITLES,
)

# Words. What is longer is most often a clause.
_LONGEST = 8
_LONGEST_NAME = 5
# Letters of a word in capitals that shouts; initials and abbreviations are shorter, and hardly any
# body's has more than six.
_SHOUTED = 3
_LONGEST_INITIALS = 6
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_’'.-]*(?:[’'.-][^\W\d_]+)*\.?")
_SIGNS = re.compile(r"(?<=\w{5})\.|[;:!?…(){}\[\]\"“”|=<>/@#_*\x00-\x08\n]")
_STOPS = re.compile(r"(?<=\w{4})\.(?=\s)|[;:!?…(){}\[\]\"“”|=<>@#_*\x00-\x08\n]")
_FINITE = frozenset(
    """is was were are be been has had have will would could should can may might must did does do
    said says told wrote thought felt knew found spoke made went came took gave ran got became held
    kept left met though although because while when if that which who whose whom where why how
    or nor but than not""".split()
)
_HANGING = frozenset(
    """and or the a an of for from at with in to on by as its his her their this that these those
    one like""".split()
)
# What pages put between paragraphs, in words with capitals.
_FURNITURE = frozenset(
    """advertisement advertisements getty image images photo photos photograph video caption update
    updated continued continue media file related share subscribe newsletter slideshow maybe
    get everyone nobody remember finally enlarge""".split()
)
# "MarshMORE"
_GLUED = re.compile(r"(?<=[a-z]{2})[A-Z]{3,}$")
_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z]")
_ADVERB = re.compile(r"\w+ (?:the|an?) ")
_POSSESSIVE = re.compile(r"['’]s?$")
_INNER_ARTICLE = re.compile(r"(?<!of)(?<!for)(?<!in)(?<!and)(?<!at)(?<!from) (?:the|an?) ")
_VAGUE = frozenset(
    "longtime older almost virtually presidential financial military growth civilians aides".split()
)
_NO_NAME_WORDS = NO_NAMES | _FURNITURE
_NO_BODY = (TITLES | NO_NAMES | _VAGUE | _FURNITURE) - BODY_WORDS
_NO_BEGINNING = NO_NAMES - {"the"}
_NO_END = OFFICES | HONORIFIC
_TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)


def is_plain_name(name: str) -> bool:
    """Whether a name holds nothing but the words of a person's name."""
    words = name.split(" ")
    return (
        len(words) <= _LONGEST_NAME
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and _NO_NAME_WORDS.isdisjoint(name.lower().split(" "))
        and not (len(words) == 1 and (len(name) < 2 or name.lower() in SENSES))
    )


def without_shouting(name: str) -> str:
    """A name without the words in capitals before it: "WATCH Ada Brook"."""
    words = name.split(" ")
    if not all(map(_shouts, words)):
        while len(words) > 1 and (
            _shouts(words[0]) or (len(words) > 2 and words[0].lower() in _FINITE - {"will", "may"})
        ):
            words.pop(0)
    return _GLUED.sub("", " ".join(words))


def _shouts(word: str) -> bool:
    return len(word) >= _SHOUTED and word.isupper() and word.isalpha()


def plain_role(role: str) -> str | None:
    """A role as it may be shown; None where it holds a verb, a sentence's end or half a phrase."""
    words = role.split()
    if role.endswith(".") and words[-1].lower().strip(".") not in TITLES | OFFICES:
        role = role[:-1]
    if (
        not words
        or len(words) > _LONGEST
        or _SIGNS.search(role)
        or words[0].lower() in _HANGING
        or words[-1].lower() in _HANGING
        or words[-1].endswith("ing")
        or (role[0].isupper() and words[0].lower() in NO_NAMES)
        or _ADVERB.match(role)
        or any(_is_verb(word.lower()) for word in words)
    ):
        return None
    return role


def plain_body(body: str) -> str | None:
    """An organisation as it may be shown; one that is named by a common word, in lower case."""
    body = _POSSESSIVE.sub("", body)
    words = body.split()
    if (
        not words
        or len(words) > _LONGEST
        or words[0].lower() in _NO_BEGINNING
        or words[-1].lower().strip(".") in _NO_END
        or (len(words) == 1 and body.lower() in _NO_BODY)
        or any(word.lower().strip(".,") in _TIMES for word in words)
        or _PARTY_AND_STATE.match(body)
        or _INNER_ARTICLE.search(body)
        or _STOPS.search(body)
        or words[-1].lower() in _HANGING
        or (len(words) == 1 and _shouts(body) and len(body) > _LONGEST_INITIALS)
        or any(_is_verb(word) for word in words)
    ):
        return None
    if body.lower() in COLLECTIVES or body == "Police":
        return body.lower()
    return body


def _is_verb(word: str) -> bool:
    return word in _FINITE or (word.endswith("ed") and word in SENSES)
