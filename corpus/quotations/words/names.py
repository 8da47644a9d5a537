"""What the words that name a speaker say: a name, a role, an organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.quotations.words.vocabulary import (
    BODY_ENDS,
    BODY_WORDS,
    COLLECTIVES,
    FEMALE,
    HONORIFIC,
    LATE,
    MALE,
    OFFICES,
    PRONOUNS,
    ROLE_HEADS,
    TITLES,
)

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŤŪŮŰŲŹŻŽȘȚ"
TOKEN = rf"(?:[{_UPPER}][\w’'-]*\.?(?<!['’]s))"
# Lower-case parts of a person's name, and of a body's.
_PARTICLE = r"(?:de|del|della|da|di|van|von|der|den|la|le|al|el|bin|ibn|ap|ter|dos)"
CAPITALS = re.compile(rf"{TOKEN}(?: (?:{_PARTICLE} ){{0,2}}{TOKEN}){{0,9}}")
NAMES = re.compile(rf"{TOKEN}(?: (?:{_PARTICLE} ){{0,2}}{TOKEN}){{1,9}}")
BODY = re.compile(
    rf"{TOKEN}(?:,? (?:of the |of |for the |for |and |on |& |{_PARTICLE} )?{TOKEN}){{0,11}}"
)
_HEAD_SPLIT = re.compile(
    r",| who\b| whose\b| which\b| that\b| of\b| for\b| in\b| at\b| from\b| with\b| on\b| to\b| by\b"
    r"| familiar\b| close\b| briefed\b| working\b| interviewed\b|\("
)
_OF_BODY = re.compile(rf"\b(?:of|for|from|at|with|in)\s+(?:the\s+)?(?P<body>{BODY.pattern})")
_DETERMINER = re.compile(
    r"^(?:the|a|an|one|another|his|her|their|its|our|my|some|several|many|this|that|both|two|three"
    r"|four|five|any|most|other|all|few|every|no|each)\s+",
    re.IGNORECASE,
)
_WHO = re.compile(r"\s+(?:who|whose|which|that)\b.*", re.DOTALL)
_AFTER_NAME = re.compile(r"(?:of|at|from|for|with|in|and)\b|\(")
_PREPOSITION_END = re.compile(r"\b(?:of|for|from|at|with|in|to|on|by)(?: the)?$")
# Words of a body that is named by what it is: "the Fern Hill council".
_LONGEST_BODY = 5
# Characters. "Fla." keeps its full stop, "Maine." loses it.
_INITIALISM = 5
_KIND = re.compile(
    r"(?:[^aeiou]er|or|our|ist|cian|eur|ee|crat|ican|ant|man|men|woman|women|person|people|folk|body"
    r"|some|many|others|everyone|one|couple|crowd|public|teen|boy|girl|kid|child|children|parent"
    r"|student|opponent|resident|president|agent|correspondent|police|family|families|guy|victim"
    r"|suspect|relative|conservative|native|ally|allies|authorities|fan|associate|tycoon|surgeon"
    r"|king|queen|prince|princess|baron|actress|doctor|groups?|villager)s?$"
)
_SPACES = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"['’]s?$")
_PRE_BODY = re.compile(rf"({BODY.pattern})(?:['’]s?)?\s+(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Named:
    """What a noun phrase says about who it means.

    name: a person's, without title. bare: whether it is one word, so perhaps a place or a body.
    gender: "m", "f" or "". plural: whether several are meant. honorific: whether Mr, Ms and the
    like stand before the name.
    """

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    pronoun: str | None = None
    gender: str = ""
    bare: bool = False
    plural: bool = False
    honorific: bool = False
    definite: bool = False


def tidy(words: str) -> str:
    return _SPACES.sub(" ", words).strip(" ,;:—–-")


def gender_of(words: str) -> str:
    lowered = {word.strip(".,") for word in words.lower().split()}
    male, female = bool(lowered & MALE), bool(lowered & FEMALE)
    return "" if male == female else "m" if male else "f"


def is_body(words: str) -> bool:
    """Whether words with capitals name a body rather than a person."""
    tokens = words.replace("’", "'").split()
    if not tokens:
        return False
    if any(_POSSESSIVE.sub("", token).lower().strip(".,") in BODY_WORDS for token in tokens):
        return True
    if any(token in {"of", "for", "and", "&", "on"} for token in tokens):
        return True
    return len(tokens) == 1 and len(tokens[0].strip(".")) > 1 and tokens[0].isupper()


def is_known_body(words: str) -> bool:
    """Whether words with capitals end as bodies do: "Home Office", "Police Chiefs Council"."""
    tokens = words.split()
    return len(tokens) > 1 and _POSSESSIVE.sub("", tokens[-1]).lower().strip(".,") in BODY_ENDS


@lru_cache(maxsize=4096)
def split_title(words: str) -> tuple[str, str]:
    """The titles before a name, and the name: ("Detective Superintendent", "Ada Brook")."""
    tokens = words.split(" ")
    at = 0
    while at < len(tokens) and _is_title(tokens[at]):
        at += 1
    if at == 0:
        # "FBI Director Ada Brook", "Ferry Commissioner Ada Brook"
        for inner in range(1, min(3, len(tokens) - 2)):
            if tokens[inner].lower().strip(".,") in OFFICES:
                at = inner + 1
    return " ".join(tokens[:at]), " ".join(tokens[at:])


def _is_title(token: str) -> bool:
    plain = token.lower().strip(".,")
    if plain in TITLES:
        return True
    return "-" in plain and plain.rsplit("-", 1)[-1] in TITLES


def head_of(words: str) -> str:
    """The last word of a phrase's core, in lower case: "officer" of "the top officer for Kent"."""
    core = _HEAD_SPLIT.split(words.strip(), maxsplit=1)[0] or words
    tokens = core.split()
    return _POSSESSIVE.sub("", tokens[-1].lower().strip('.,"“”')) if tokens else ""


@lru_cache(maxsize=4096)  # half of an article's sources are “he” and three names
def named(phrase: str) -> Named:
    """What a noun phrase such as "Chief Constable Ada Brook, head of Moth Patrol" says."""
    phrase = tidy(phrase)
    pronoun = phrase.lower()
    if pronoun in PRONOUNS:
        gender = "m" if pronoun in {"he", "him"} else "f" if pronoun in {"she", "her"} else ""
        return Named(pronoun=pronoun, gender=gender)
    chunks = [tidied for chunk in phrase.split(",") if (tidied := tidy(chunk))]
    parts = [_one(chunk) for chunk in chunks]
    person = next((part for part in parts if part.name and not part.bare), None)
    if person is None:
        return parts[0] if parts else Named()
    for chunk, part in zip(chunks, parts, strict=True):
        if part is not person and _is_apposition(chunk):
            short = person.role is None or " " not in person.role
            person = replace(
                person,
                role=part.role if part.role and short else person.role,
                organisation=person.organisation or part.organisation,
                gender=person.gender or part.gender,
            )
    return person


def _is_apposition(chunk: str) -> bool:
    first = chunk.split(" ", 1)[0]
    return not first[:1].isdigit() and first.lower() not in {"who", "whose", "which", "of", "in"}


def _one(chunk: str) -> Named:
    """What one stretch between commas says."""
    chunk = _WHO.sub("", chunk)
    determiner = _DETERMINER.match(chunk)
    core = chunk[determiner.end() :] if determiner else chunk
    definite = determiner is not None and determiner.group().lower().startswith("the")
    capitals = list(CAPITALS.finditer(core))
    for found in reversed(capitals):
        person = _person_at(core, found, determined=determiner is not None)
        if person is not None:
            return person
    if capitals and not determiner and capitals[-1].span() == (0, len(core)):
        if is_body(core):
            return Named(organisation=core)
        if not split_title(core)[1]:
            return Named(role=core, gender=gender_of(core))
    body = _body(core, determined=determiner is not None or bool(capitals))
    if body is not None:
        return Named(organisation=body, definite=definite)
    return replace(_role(core), definite=definite)


def _person_at(core: str, found: re.Match[str], *, determined: bool) -> Named | None:
    """The person whose name a phrase holds at `found`: "UKIP candidate Ada Brook", "Ada Brook of
    Ferry Watch"; None where the capitals there are a body's, a place's or a role's."""
    words, before, rest = found.group(), core[: found.start()].rstrip(), core[found.end() :].strip()
    titles, name = split_title(words)
    if not name or is_known_body(words) or (rest and not _AFTER_NAME.match(rest)):
        return None
    gender = gender_of(core)
    if _PREPOSITION_END.search(before) and not (titles and not is_body(words)):
        # "Commissioner for Gwent Jeff Cuthbert": the last two words are the name.
        tokens = words.split()
        name = " ".join(tokens[-2:])
        if len(tokens) < 3 or is_body(name):
            return None
        return _person(name, f"{before} {' '.join(tokens[:-2])}", "", rest, gender)
    if not titles and (is_body(name) or (determined and not before)):
        return None
    return _person(name, before, titles, rest, gender)


def _body(core: str, *, determined: bool) -> str | None:
    """The body that a phrase means: "Fern Council", "Brook’s force", "council"."""
    head = head_of(core)
    if head in COLLECTIVES | BODY_ENDS and len(core.split()) <= _LONGEST_BODY and "-" not in head:
        return core
    body = BODY.match(core)
    if body is None or head in ROLE_HEADS or head.rstrip("s") in ROLE_HEADS:
        return None
    if head_of(split_title(body.group())[0]) in ROLE_HEADS and not is_known_body(core):
        return None
    whole = body.group()
    alone = not core[body.end() :].strip()[:1].isalpha()
    return whole if alone and (determined or is_body(whole)) else None


def _role(core: str) -> Named:
    """The office or the kind of people that a phrase means: "spokesman", "critics"."""
    head = head_of(core)
    role, organisation = core, None
    if of := _OF_BODY.search(core):
        role, organisation = core[: of.start()].strip() or core, of["body"]
    elif pre := _PRE_BODY.match(core):
        role, organisation = core[pre.end() :], _POSSESSIVE.sub("", pre.group(1))
    if not any(character.isalpha() for character in role):
        return Named(organisation=organisation)
    if organisation and len(organisation) > _INITIALISM:
        organisation = organisation.rstrip(".")
    plural = (head.endswith("s") and not head.endswith("ss")) or head in {"people", "police"}
    return Named(role=tidy(role), organisation=organisation, gender=gender_of(core), plural=plural)


def _organisation_in(words: str) -> str | None:
    found = _OF_BODY.search(words)
    return found["body"] if found else None


def _person(name: str, before: str, titles: str, rest: str, gender: str) -> Named:
    lead = tidy(f"{before} {titles}")
    words = [word for word in lead.split() if word.lower().strip(".") not in HONORIFIC]
    honorific = len(words) < len(lead.split())
    role: str | None = " ".join(words) or None
    organisation = None
    if role:
        if of := _OF_BODY.search(role):
            organisation = of["body"]
            role = role[: of.start()].strip() or role
        elif (pre := _PRE_BODY.match(role)) and pre.end() < len(role):
            organisation = _POSSESSIVE.sub("", pre.group(1))
            role = role[pre.end() :]
    if rest and organisation is None:
        organisation = _organisation_in(f" {rest}")
    name = _POSSESSIVE.sub("", name).strip(" ,")
    if organisation and len(organisation) > _INITIALISM:
        organisation = organisation.rstrip(".")
    return Named(
        name=name or None,
        role=_DETERMINER.sub("", role, count=1) if role else None,
        organisation=organisation,
        gender=gender,
        bare=len(name.split()) == 1 and not honorific and not role,
        honorific=honorific,
    )


def is_kind(head: str) -> bool:
    """Whether a word in lower case is a kind of people: "commissioner", "critics". A report, a poll
    and a point are none: what they say is nobody's."""
    single = head.removesuffix("s")
    return head in ROLE_HEADS or single in ROLE_HEADS or _KIND.search(head) is not None


def surname(name: str) -> str:
    tokens = name.split()
    while len(tokens) > 1 and tokens[-1].lower().strip(".,") in LATE:
        tokens.pop()
    return tokens[-1].strip(".,")
