"""What the words that name a speaker say: a name, a role, an organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.quotations.words.plain import (
    is_plain_name,
    plain_body,
    plain_role,
    without_shouting,
)
from corpus.quotations.words.vocabulary import (
    BODY_ENDS,
    BODY_WORDS,
    COLLECTIVES,
    FEMALE,
    HONORIFIC,
    LATE,
    MALE,
    MODIFIERS,
    OFFICES,
    PLACE_BEGINNINGS,
    PRONOUNS,
    ROLE_HEADS,
    THINGS,
    TITLES,
)

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŤŪŮŰŲŹŻŽȘȚ"
# A full stop belongs to a name only behind initials and titles that are cut short: elsewhere it
# ends the sentence.
_CUT_SHORT = "|".join(
    rf"(?<=\b{short}\.)"
    for short in """Mr Mrs Ms Dr Sen Sens Rep Reps Gov Govs St Gen Lt Col Capt Sgt Maj Cmdr Adm Rev
    Hon Prof Jr Sr Cllr Supt Insp Det Const Pres Atty Asst Inc Co Corp Ltd""".split()
)
TOKEN = rf"(?:[{_UPPER}](?:\.(?:[A-Z]\.)*|[\w’'-]*(?<!['’]s)(?:\.(?:{_CUT_SHORT}))?))"
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
_CONJUNCTION_END = re.compile(r"\b(?:and|or|nor|but)$")
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
# "YouGov", but no MacMarsh.
_JOINED_WORDS = re.compile(r"(?!Mac|Fitz|Van)[A-Z][a-z]{2,}[A-Z]")
# Initials behind what they stand for: "the police commissioner (PCC) for Fernshire".
_INITIALS = re.compile(r"\s*\([A-Z][\w’'&. -]{0,11}\)")
# A second office, which is another body's: "chief constable and the council’s lead for ferries".
_SECOND_OFFICE = re.compile(r"\s+and\s+(?:the|an?|its|his|her|their)\s")
# What stands before a role and is no body: "Democratic strategist", "Norwegian minister".
_ADJECTIVE = re.compile(
    r"(?:Former|Longtime|Senior|Conservative|Liberal|Labour|Independent|[\w-]+(?:ian|ican|ic|ish|ese|ial|eran|ly))"
)
# "the Fern Wardens’ Ada Brook"
_PLURAL_POSSESSIVE = re.compile(r"(.+s)['’] (.+)")
_JOINING = re.compile(r"(?:^|\s)(?:and|or)$")
_UTTERED = re.compile(
    r"(.+?)(?:['’]s?)\s+(?:\w+\s)?(?:answer|reply|response|statement|letter|tweet|email|message|article|speech"
    r"|post|words|remarks)"
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


@lru_cache(maxsize=32768)
def gender_of(words: str) -> str:
    lowered = {word.strip(".,") for word in words.lower().split()}
    male, female = bool(lowered & MALE), bool(lowered & FEMALE)
    return "" if male == female else "m" if male else "f"


@lru_cache(maxsize=32768)
def is_body(words: str) -> bool:
    """Whether words with capitals name a body rather than a person."""
    tokens = words.replace("’", "'").split()
    if not tokens:
        return False
    if any(_POSSESSIVE.sub("", token).lower().strip(".,") in BODY_WORDS for token in tokens):
        return True
    if any(token in {"of", "for", "and", "&", "on"} for token in tokens):
        return True
    if len(tokens) > 1 and tokens[0].lower() in PLACE_BEGINNINGS:
        return True
    if len(tokens) == 1 and _JOINED_WORDS.match(tokens[0]):
        return True
    return all(token.isupper() and len(token.strip(".")) > 1 for token in tokens) and (
        len(tokens) == 1 or max(map(len, tokens)) < _INITIALISM
    )


@lru_cache(maxsize=32768)
def is_known_body(words: str) -> bool:
    """Whether words with capitals end as bodies do: "Home Office", "Police Chiefs Council"."""
    tokens = words.split()
    return len(tokens) > 1 and _POSSESSIVE.sub("", tokens[-1]).lower().strip(".,") in BODY_ENDS


@lru_cache(maxsize=32768)
def split_title(words: str) -> tuple[str, str]:
    """The titles before a name, and the name: ("Detective Superintendent", "Ada Brook")."""
    tokens = words.split(" ")
    at = 0
    while at < len(tokens) and _is_title(tokens[at]):
        at += 1
    if at == len(tokens) - 1 and at and not any(map(_is_headed, tokens[:at])):
        at = 0  # "Police Scotland"
    # "FBI Director Ada Brook", "Ferry Commissioner Ada Brook"
    for inner in range(max(at, 1), len(tokens) - 2):
        if _is_office(tokens[inner]):
            at = inner + 1
    if (
        at == len(tokens) > 1
        and tokens[-2].lower().strip(".") in HONORIFIC - OFFICES
        and tokens[-1].lower() not in OFFICES
    ):
        at -= 1  # "Mr King"
    return " ".join(tokens[:at]), " ".join(tokens[at:])


@lru_cache(maxsize=32768)
def _is_title(token: str) -> bool:
    plain = token.lower().strip(".,")
    if plain in TITLES:
        return True
    parts = plain.split("-")
    return len(parts) > 1 and (parts[-1] in TITLES or parts[0] in TITLES)


@lru_cache(maxsize=32768)
def _is_office(token: str) -> bool:
    return token.lower().strip(".,").rsplit("-", 1)[-1] in OFFICES


def _is_headed(token: str) -> bool:
    """Whether a title can stand before a name by itself, as "Judge" can and "Police" cannot."""
    plain = token.lower().strip(".,")
    return plain not in MODIFIERS


@lru_cache(maxsize=32768)
def head_of(words: str) -> str:
    """The last word of a phrase's core, in lower case: "officer" of "the top officer for Kent"."""
    core = _HEAD_SPLIT.split(words.strip(), maxsplit=1)[0] or words
    tokens = core.split()
    return _POSSESSIVE.sub("", tokens[-1].lower().strip('.,"“”')) if tokens else ""


@lru_cache(maxsize=32768)  # half of an article's sources are “he” and three names
def named(phrase: str) -> Named:
    """What a noun phrase such as "Chief Constable Ada Brook, head of Moth Patrol" says."""
    phrase = tidy(_INITIALS.sub("", phrase)) if "(" in phrase else tidy(phrase)
    pronoun = phrase.lower()
    if pronoun in PRONOUNS:
        gender = "m" if pronoun in {"he", "him"} else "f" if pronoun in {"she", "her"} else ""
        return Named(pronoun=pronoun, gender=gender)
    if uttered := _UTTERED.fullmatch(phrase):
        phrase = uttered[1]
    return _shown(_read(phrase))


def _read(phrase: str) -> Named:
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


def _shown(who: Named) -> Named:
    """Without a role or an organisation that is no clean phrase; nothing, where what says who
    speaks is none."""
    role = plain_role(who.role) if who.role else None
    if role and who.name and not tells_people(role):
        role = None
    organisation = plain_body(who.organisation) if who.organisation else None
    if (
        (who.name and not is_plain_name(who.name))
        or (who.role and not role and not who.name)
        or (who.organisation and not organisation and not who.name and not role)
    ):
        return Named()
    if role == who.role and organisation == who.organisation:
        return who
    return replace(who, role=role, organisation=organisation)


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
    role = _role(core)
    if role.role and determiner is not None and determiner.group().lower().startswith("another"):
        role = replace(role, role=f"another {role.role}")
    return replace(role, definite=definite)


def _person_at(core: str, found: re.Match[str], *, determined: bool) -> Named | None:
    """The person whose name a phrase holds at `found`: "UKIP candidate Ada Brook", "Ada Brook of
    Ferry Watch"; None where the capitals there are a body's, a place's or a role's."""
    words, before, rest = found.group(), core[: found.start()].rstrip(), core[found.end() :].strip()
    titles, name = split_title(words)
    if possessed := _PLURAL_POSSESSIVE.fullmatch(name):
        before, name = f"{before} {possessed[1]}’".strip(), possessed[2]
    name = without_shouting(name)
    if (
        not name
        or name.rsplit(" ", 1)[-1].lower() in OFFICES
        or is_known_body(words)
        or (rest and not _AFTER_NAME.match(rest))
    ):
        return None
    if (joined := _JOINING.search(before)) and (titles or not is_body(words)):
        first = before[: joined.start()]
        if _OF_BODY.search(first):
            return None  # "of Fernshire and Mothshire"
        if not first or not _is_title(first.rsplit(" ", 1)[-1]):
            return Named()  # two who speak, of whom this is the last
    if " " not in name and not titles and not before and rest.startswith(("of ", "for ")):
        return None  # "Freedom of Information"
    gender = gender_of(core)
    if _PREPOSITION_END.search(before) and not (titles and not is_body(words)):
        # "Commissioner for Gwent Jeff Cuthbert": the last two words are the name.
        tokens = words.split()
        name = " ".join(tokens[-2:])
        name = split_title(name)[1] or name
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
    rest = core[body.end() :].strip()
    alone = not rest[:1].isalpha() or (rest.startswith("in ") and is_body(whole))
    return whole if alone and (determined or is_body(whole)) else None


def _role(core: str) -> Named:
    """The office or the kind of people that a phrase means: "spokesman", "critics"."""
    head = head_of(core)
    if second := _SECOND_OFFICE.search(core):
        core = core[: second.start()]
    role, organisation = core, None
    if of := _OF_BODY.search(core):
        role, organisation = core[: of.start()].strip() or core, _body_at(of)
    elif (
        (pre := _PRE_BODY.match(core))
        and head_of(core) not in pre[1].lower()
        and not _ADJECTIVE.fullmatch(pre[1])
    ):
        role, organisation = core[pre.end() :], _POSSESSIVE.sub("", pre.group(1))
    if not any(character.isalpha() for character in role):
        return Named(organisation=organisation)
    plural = (head.endswith("s") and not head.endswith("ss")) or head in {"people", "police"}
    return Named(
        role=_without_stop(tidy(role)),
        organisation=_without_stop(organisation),
        gender=gender_of(core),
        plural=plural,
    )


def _without_stop(words: str | None) -> str | None:
    """Without the full stop of the sentence: "librarian" of “said Ada Brook, the librarian.”"""
    return words.rstrip(".") if words and len(words) > _INITIALISM else words


def _organisation_in(words: str) -> str | None:
    found = _OF_BODY.search(words)
    return _body_at(found) if found else None


def _body_at(found: re.Match[str]) -> str:
    """The body after "of", without what a second office begins with: "Fernshire" of "Fernshire and
    FBC lead for ferries"."""
    body = found["body"]
    if " and " in body and head_of(found.string[found.end() :].strip()) in ROLE_HEADS:
        return body.rpartition(" and ")[0]
    return body


def _person(name: str, before: str, titles: str, rest: str, gender: str) -> Named:
    lead = tidy(f"{before} {titles}")
    words = [word for word in lead.split() if word.lower().strip(".") not in HONORIFIC]
    honorific = len(words) < len(lead.split())
    role: str | None = " ".join(words) or None
    organisation = None
    if role:
        if of := _OF_BODY.search(role):
            organisation = _body_at(of)
            role = role[: of.start()].strip() or role
        elif (
            (pre := _PRE_BODY.match(role))
            and pre.end() < len(role)
            and not _ADJECTIVE.fullmatch(pre[1])
        ):
            organisation = _POSSESSIVE.sub("", pre.group(1))
            role = role[pre.end() :]
        elif role.endswith(("’", "'", "’s", "'s")):
            organisation, role = _POSSESSIVE.sub("", role), None
        if role and _CONJUNCTION_END.search(role):  # what stands before it is somebody else's
            role = organisation = None
    if rest and organisation is None:
        organisation = _organisation_in(f" {rest}")
    name = _POSSESSIVE.sub("", name).strip(" ,")
    return Named(
        name=name or None,
        role=_DETERMINER.sub("", role, count=1) if role else None,
        organisation=_without_stop(organisation),
        gender=gender,
        bare=len(name.split()) == 1 and not honorific and not role,
        honorific=honorific,
    )


def tells_people(role: str) -> bool:
    """Whether a role is an office or a kind of people, and not half of one: "former", "State"."""
    head = head_of(role).rsplit("-", 1)[-1]
    if role.lower() in {"former", "retired", "acting", "like"}:
        return False
    return is_kind(head) or (head in TITLES and head not in MODIFIERS)


@lru_cache(maxsize=32768)
def is_kind(head: str) -> bool:
    """Whether a word in lower case is a kind of people: "commissioner", "critics". A report, a poll
    and a point are none: what they say is nobody's."""
    single = head.removesuffix("s")
    if single in THINGS or head in THINGS:
        return False
    return head in ROLE_HEADS or single in ROLE_HEADS or _KIND.search(head) is not None


@lru_cache(maxsize=32768)
def surname(name: str) -> str:
    tokens = name.split()
    while len(tokens) > 1 and tokens[-1].lower().strip(".,") in LATE:
        tokens.pop()
    return tokens[-1].strip(".,")
