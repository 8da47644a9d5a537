"""Which words of an article name one and the same speaker."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.quotations.quotation import Speaker
from corpus.quotations.words.names import (
    BODY,
    NAMES,
    Named,
    gender_of,
    head_of,
    is_body,
    is_kind,
    is_known_body,
    named,
    split_title,
    surname,
    tells_people,
)
from corpus.quotations.words.plain import is_plain_name, plain_role, without_shouting
from corpus.quotations.words.vocabulary import HONORIFIC, NO_NAMES, OFFICES, ROLE_HEADS

_ANTECEDENTS = 4
# Full names with one surname, and holders of one office, that are looked at: an article has few,
# and a hostile text no end of them.
_BEARERS = 20
_NAMESAKES = 8

# Initials behind what they stand for: "Fern Boat Club (FBC)".
_INITIALS = re.compile(r" \(([A-Z]{2,8})\)")
# Characters.
_LONGEST_BODY = 100
# Words of a person's name.
_LONGEST_NAME = 4
_NAME_END = re.compile(r"(?:['’]s?|(?<=\w{3})\.)$")
# What may say more about a name before it.
_INTRODUCED = re.compile(
    r"(?:,| (?:is|was)(?= (?:the|an?) )) (?P<words>[A-Za-z][^,.;:()\n\x01-\x04—–]{2,100})"
    r"(?: \([A-Z][\w’'&.-]{0,11}\)(?P<rest> [^,.;:()\n\x01-\x04—–]{2,80})?)?(?=[,.;:\n—–]|$)"
)
_ARTICLE = re.compile(r"(?:the|an?|its|one of the) ")
_POSSESSED = re.compile(r"(.+)['’]s? \S+")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or some body that an article mentions as speaking or acting."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    gender: str = ""
    plural: bool = False
    spoke: bool = False
    same_as: Entity | None = None

    def settled(self) -> Entity:
        entity = self
        while entity.same_as is not None:
            entity = entity.same_as
        return entity

    def speaker(self) -> Speaker | None:
        entity = self.settled()
        if not (entity.name or entity.role or entity.organisation):
            return None
        return Speaker(entity.name, entity.role, entity.organisation)


@dataclass(slots=True)
class People:
    """The people and bodies of one article, filled in the order of its text."""

    full: dict[str, Counter[str]] = field(default_factory=dict)
    first: dict[str, Counter[str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    entities: dict[tuple[str, str], Entity] = field(default_factory=dict)
    focus: list[Entity] = field(default_factory=list)
    bodies: dict[str, list[str]] = field(default_factory=dict)
    ends: dict[str, list[str]] = field(default_factory=dict)
    offices: dict[str, list[Entity]] = field(default_factory=dict)
    unnamed: dict[str, list[Entity]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    introduced: dict[str, Named] = field(default_factory=dict)

    def read(self, page: str) -> None:
        """Note every name of two words and more."""
        self.words = frozenset(page.split())
        self._note_initials(page)
        for found in NAMES.finditer(page):
            noted = _noted(found.group())
            if noted.body:
                self._note_body(noted.body)
            if noted.gender:
                self.genders.setdefault(surname(noted.titled), noted.gender)
            name = noted.name
            if not name:
                continue
            if 1 <= name.count(" ") < _LONGEST_NAME:
                self._note_person(name, noted.role)
            if page[found.end() : found.end() + 1] in {",", " "} and (noted.titles or " " in name):
                more = _INTRODUCED.match(page, found.end())
                if more is not None:
                    self._introduce_as(name, more)

    def _note_initials(self, page: str) -> None:
        for found in _INITIALS.finditer(page):
            before = page[max(0, found.start() - _LONGEST_BODY) : found.start()]
            for body in BODY.finditer(before):
                if body.end() == len(before) and _stands_for(found[1], body.group()):
                    self.short.setdefault(found[1], body.group().removeprefix("The "))

    def _introduce_as(self, name: str, more: re.Match[str]) -> None:
        """Note what stands behind a name: "Ada Brook, the ferry commissioner for Fernshire,"."""
        words = more["words"] + (more["rest"] or "")
        if head_of(_ARTICLE.sub("", words)) not in ROLE_HEADS:
            return
        who = named(words)
        if who.role and not who.name and not who.plural:
            self.introduced.setdefault(name, who)

    def _note_body(self, words: str) -> None:
        alike = self.bodies.setdefault(words.split(" ", 1)[0], [])
        if words not in alike and len(alike) < _NAMESAKES:
            alike.append(words)
            self.ends.setdefault(words.rsplit(" ", 1)[1].lower(), []).append(words)

    def _note_person(self, name: str, role: str | None) -> None:
        for index, word in ((self.full, surname(name)), (self.first, name.split(" ", 1)[0])):
            names = index.setdefault(word, Counter())
            if name in names or len(names) < _BEARERS:
                names[name] += 1
        if role:
            self.titles.setdefault(name, role)

    def of(self, phrase: str) -> Entity | None:
        """Who a noun phrase means; None where that is not certain."""
        return self.meant(named(phrase))

    def meant(self, who: Named) -> Entity | None:
        if who.pronoun:
            return self._pronoun(who)
        if who.name:
            return self._person(who)
        if who.organisation and not who.role:
            own = self._body_of(who.organisation) or self.short.get(who.organisation)
            if own is None and who.definite and who.organisation.islower():
                alike = self.ends.get(who.organisation, ())
                own = alike[0] if len(alike) == 1 else None
            if own is not None:
                return self._entity(("body", own.lower()), Named(organisation=own))
            return self._entity(
                ("body", who.organisation.lower()), Named(organisation=who.organisation)
            )
        if who.role:
            before, _, last = who.role.rpartition(" ")
            titled = before and not split_title(before)[1]
            if last in self.full and (titled or (not before and last.lower() not in self.words)):
                # "Judge Dean", of Rosa Dean
                return self._person(
                    replace(who, name=last, role=before or None, honorific=bool(before))
                )
            return self._role(who)
        return None

    def _body_of(self, phrase: str) -> str | None:
        """The body that "Brook’s force" means: the one that begins as what Brook is known to
        speak for does, "Fern Hill Wardens" where she is commissioner for Fern Hill."""
        found = _POSSESSED.fullmatch(phrase)
        if found is None:
            return None
        holder = self.meant(Named(name=found[1], bare=" " not in found[1]))
        place = holder.organisation if holder is not None else None
        fitting = [
            body for body in self.bodies.get((place or "").split(" ")[0], ()) if body != place
        ]
        return fitting[0] if place and len(fitting) == 1 else None

    def settle(self) -> None:
        """Say which offices named alone are those of people named elsewhere: after the whole text,
        since the lede names the office and a later paragraph the holder."""
        speaking = [entity for entity in self.entities.values() if entity.spoke]
        for entity in speaking:
            if entity.name or not entity.role or entity.plural:
                continue
            holders = self.offices.get(head_of(entity.role), [])[:_NAMESAKES]
            same = [
                holder
                for holder in holders
                if (holder.role or "").lower() == entity.role.lower()
                and entity.organisation in {None, holder.organisation}
            ]
            if len(same) == 1:
                entity.same_as = same[0]
        if len(speaking) > 1:
            self._introduce(*speaking[:2])

    def _introduce(self, first: Entity, second: Entity) -> None:
        """The lede that gives an office ("The ferry commissioner for Fernshire has said") and the
        next who speaks, who has a name and no office, are one person."""
        if (
            first.role
            and not first.name
            and not first.plural
            and first.same_as is None
            and first.organisation
            and head_of(first.role) in OFFICES
            and not head_of(first.role).startswith("spokes")
            and second.name
            and not second.role
            and not second.organisation
        ):
            second.role, second.organisation = first.role, first.organisation
            first.same_as = second

    def attend(self, entity: Entity) -> None:
        """The text speaks of `entity` now."""
        if self.focus and self.focus[-1] is entity:
            return
        entity.spoke = True
        self.focus.append(entity)
        del self.focus[:-_ANTECEDENTS]

    def _entity(self, key: tuple[str, str], who: Named) -> Entity:
        entity = self.entities.get(key)
        if entity is None:
            entity = Entity(who.name, None, who.organisation, who.gender, who.plural)
            self.entities[key] = entity
        if who.role and not entity.role and who.name:
            for short in {head_of(who.role), *_initials(who.role)}:
                self.offices.setdefault(short, []).append(entity)
        entity.role = entity.role or who.role
        entity.organisation = entity.organisation or who.organisation
        entity.gender = entity.gender or who.gender
        return entity

    def _pronoun(self, who: Named) -> Entity | None:
        for entity in reversed(self.focus):
            if who.pronoun in {"he", "she", "him", "her"}:
                if entity.plural or (not entity.name and not entity.role):
                    continue
                if entity.gender and entity.gender != who.gender:
                    continue
                entity.gender = who.gender
                return entity
            if who.pronoun in {"they", "them"} and (entity.plural or not entity.name):
                return entity
            if who.pronoun == "it" and not entity.name and not entity.role:
                return entity
        return None

    def _person(self, who: Named) -> Entity | None:
        name = who.name or ""
        tokens = name.split()
        if len(tokens) == 1:
            known = self._known(name, who)
            if known is None and is_body(name):
                return self._entity(("body", name.lower()), Named(organisation=name))
            if known is None and not who.honorific:
                common, plural = name.lower(), name.endswith("s")
                stands = common in self.words or common in ROLE_HEADS or plural
                if stands and is_kind(common):
                    return self._role(Named(role=common, plural=plural))
                if common in self.words:  # "Currently", "Outside"
                    return None
            name = known or name
        else:
            short = next((n for n in self._bearers(surname(name)) if name.endswith(f" {n}")), name)
            name = self._known(surname(short), who, short.split()[0]) or short
            # "Commissioner for Fernshire Ada Brook" was noted as Fernshire Ada Brook.
            names = self.full.setdefault(surname(name), Counter())
            if len(names) < _BEARERS:
                names.setdefault(name, 1)
        gender = who.gender or self.genders.get(surname(name), "")
        role, organisation = who.role or self.titles.get(name), who.organisation
        if (more := self.introduced.get(name)) is not None and " " not in (role or ""):
            if not role or role.lower() not in OFFICES:
                role = more.role
            organisation = organisation or more.organisation
        whole = Named(name=name, role=role, organisation=organisation, gender=gender)
        return self._entity(("person", name.lower()), whole)

    def _known(self, last: str, who: Named, first: str | None = None) -> str | None:
        """The fullest name that ends so, or the only one that begins so."""
        names = self._bearers(last)
        if first is not None:
            same = [name for name in names if name.split()[0] == first]
            return max(same, key=lambda name: (len(name), name), default=None)
        if not names:
            firsts = self.first.get(last, ())
            return next(iter(firsts)) if len(firsts) == 1 else None
        if len({name.split()[0] for name in names}) > 1:
            return self._likeliest(names, who)
        return max(names, key=lambda name: (len(name), name))

    def _bearers(self, last: str) -> Counter[str]:
        """The full names with a surname. One that ends as another does has a word before it that
        is no part of it: "Comedian Ada Brook"."""
        names = self.full.get(last, Counter())
        if len(names) < 2:
            return names
        return Counter(
            {
                name: count
                for name, count in names.items()
                if not any(name.endswith(f" {other}") for other in names)
            }
        )

    def _likeliest(self, names: Counter[str], who: Named) -> str:
        """Of several people with a surname the one who was spoken of last, else most."""
        for entity in reversed(self.focus):
            if entity.name in names and not (
                who.gender and entity.gender and entity.gender != who.gender
            ):
                return entity.name or ""
        spoke = [
            name
            for name in names
            if (known := self.entities.get(("person", name.lower()))) is not None
            and not (who.gender and known.gender and known.gender != who.gender)
        ]
        if len(spoke) == 1:
            return spoke[0]
        return names.most_common(1)[0][0]

    def _role(self, who: Named) -> Entity | None:
        role, organisation = who.role or "", who.organisation
        head = head_of(role)
        if who.definite:
            holders = self.offices.get(role if role.isupper() else head, [])
            fitting = [
                entity
                for entity in holders[:_NAMESAKES]
                if not (
                    organisation and entity.organisation and organisation != entity.organisation
                )
            ]
            if len(fitting) == 1:
                return fitting[0]
            if organisation is None and not fitting:
                alike = self.unnamed.get(head, [])
                if len(alike) == 1:
                    return alike[0]
        if not is_kind(head):
            return None
        if organisation is None and head.startswith("spokes"):
            body = next((e for e in reversed(self.focus[-2:]) if not e.name and not e.role), None)
            organisation = body.organisation if body else None
        key = ("role", f"{role.lower()}|{organisation or ''}")
        entity = self._entity(
            key, Named(role=role, organisation=organisation, gender=who.gender, plural=who.plural)
        )
        alike = self.unnamed.setdefault(head, [])
        if organisation and not who.plural and entity not in alike and len(alike) < _NAMESAKES:
            alike.append(entity)
        return entity


@dataclass(frozen=True, slots=True)
class _Noted:
    """What a run of words with capitals says. body: the run where it is a body's name.
    titled: what stands behind the titles; name: the same where it is a person's name.
    role: the titles that are a role. gender: that the titles tell."""

    body: str | None
    titles: str
    titled: str
    name: str | None
    role: str | None
    gender: str


@lru_cache(maxsize=32768)  # an article repeats its names
def _noted(words: str) -> _Noted:
    titles, name = split_title(words)
    if name.split(" ", 1)[0].lower() in NO_NAMES:
        name = name.partition(" ")[2]
    gender = gender_of(titles) if titles and name else ""
    plain = _NAME_END.sub("", without_shouting(name))
    if not plain or is_body(plain) or not is_plain_name(plain):
        plain = ""
    role = " ".join(word for word in titles.split() if word.lower().strip(".") not in HONORIFIC)
    shown = plain_role(role) if role else None
    if shown is not None and not tells_people(shown):
        shown = None
    body = words if is_known_body(words) else None
    return _Noted(body, titles, name, plain or None, shown, gender)


def _stands_for(short: str, body: str) -> bool:
    """Whether a body's initials are those: NSPCC, with or without its small words."""
    words = [word for word in re.split(r"[\s-]", body.removeprefix("The ")) if word]
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return short in {capitals, "".join(word[0] for word in words).upper()}


def _initials(role: str) -> set[str]:
    """PCC and PACC for "Police and Crime Commissioner"; none of a single word."""
    words = role.split()
    if len(words) == 1:
        return set()
    every = "".join(word[0] for word in words).upper()
    return {every, "".join(word[0] for word in words if word[0].isupper())}
