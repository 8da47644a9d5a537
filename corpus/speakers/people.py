"""Speakers of many articles as people: the same full name is one, unless roles say otherwise.

A surname, a role or a pronoun leads to nobody outside its own article. Two people who are taken
for one put words into a mouth; one who is taken for two only stands in two places. Hence what is
not plain stays apart, and a person decides in a file; see `corpus.speakers.rules`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.quotations import Speaker
from corpus.speakers.names import called, folded_name, is_full
from corpus.speakers.rules import NameRules

# Words that say nothing of who somebody is: those of roles and organisations of any kind.
_COMMON = frozenset("a an and at by for from in its of on or the their to with former".split())
_Bearer = tuple[str, Speaker]
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLAUSE = re.compile(r",|\b(?:for|of|at|in)\b")
_LONG = {
    "capt": "captain", "cllr": "councillor", "congressman": "representative",
    "congresswoman": "representative", "cop": "police", "det": "detective", "dr": "doctor",
    "gen": "general", "gov": "governor", "insp": "inspector", "lt": "lieutenant",
    "prof": "professor", "rep": "representative", "sen": "senator", "sgt": "sergeant",
    "supt": "superintendent",
}  # fmt: skip
# Bodies that every place and state has: alone, such a word is no name.
_ANY = frozenset(
    """administration agency army assembly association authorities authority board cabinet campaign
    centre center chamber church city college commission committee company council county court
    department government guardian herald house institute journal mail ministry office officials
    parliament party police post press prosecution prosecutors school senate society standard star
    state sun telegraph times treasury tribune trust union university""".split()
)
# Of the articles that give a name some role, the share which must speak of one person, so that
# one that gives it none is taken to speak of the same: nobody is named without a role but whom
# readers know. On 3,000 news articles this brings the articles of 300 names together. Read were
# the fifteen of them that sounded commonest; two (Adam Smith, Randy Johnson) were two people's.
_KNOWN = 0.75


@dataclass(frozen=True, slots=True)
class Person:
    """One speaker of a collection: a person, a body, or somebody whom one article names no
    further.

    bearers: (article_id, speaker), in order, each once, at least one.
    """

    bearers: tuple[tuple[str, Speaker], ...]

    @property
    def name(self) -> str | None:
        """The name that most articles give, the longest and first of equals; None where none
        does."""
        return _commonest(speaker.name for _, speaker in self.bearers)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role given, the commonest first."""
        return _by_count(speaker.role for _, speaker in self.bearers)

    @property
    def organisations(self) -> tuple[str, ...]:
        """Every organisation given, the commonest first."""
        return _by_count(speaker.organisation for _, speaker in self.bearers)

    @property
    def title(self) -> str:
        """By what they are told from others: the name, else role and organisation."""
        told = [self.name] if self.name else [*self.roles[:1], *self.organisations[:1]]
        return ", ".join(told)


def people_among(
    spoken: Iterable[tuple[str, Speaker]],
    rules: NameRules = NameRules(),  # noqa: B008 - immutable
) -> list[Person]:
    """The people who speak in a collection, ordered by their first bearer.

    spoken: (article_id, speaker), in any order, also several times.

    Merged are, of one article, speakers of the same full name; across articles those whose roles
    or organisations have a word in common; and bodies of the same name. A chief constable of one
    name who was one elsewhere is one person: a name and a calling are seldom shared, and people
    change their office. An article that gives a name no role speaks of whom nearly all others
    speak of, if there is one, and else of somebody apart. The rules go before all this.
    """
    joined = _joined(rules)
    parted = {
        (folded_name(part.name), article_id): f"part {number}"
        for number, part in enumerate(rules.parted)
        for article_id in part.articles
    }
    decided: defaultdict[str, list[_Bearer]] = defaultdict(list)
    named: defaultdict[str, list[_Bearer]] = defaultdict(list)
    people: list[Person] = []
    for bearer in sorted(set(spoken), key=_order):
        article_id, speaker = bearer
        name = called(speaker)
        rule = parted.get((name or "", article_id)) or joined.get(name or "")
        if rule is not None:
            decided[rule].append(bearer)
        elif speaker.name is not None and name is not None and is_full(name):
            named[name].append(bearer)
        elif speaker.name is None and name is not None and _is_name(speaker.organisation, name):
            named[f"body {name}"].append(bearer)
        else:
            people.append(Person((bearer,)))
    people += [Person(tuple(bearers)) for bearers in decided.values()]
    for bearers in named.values():
        people += [Person(tuple(group)) for group in _compatible(bearers)]
    return sorted(people, key=lambda person: _order(person.bearers[0]))


def _order(bearer: _Bearer) -> tuple[str, ...]:
    article_id, speaker = bearer
    return article_id, speaker.name or "", speaker.role or "", speaker.organisation or ""


def _joined(rules: NameRules) -> dict[str, str]:
    """For each folded name that is joined with others the rule, the same for all of them; joins
    that share a name are one."""
    leader: dict[str, str] = {}

    def led(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for names in rules.joined:
        first, *others = map(folded_name, names)
        for name in (first, *others):
            leader[led(name)] = led(first)
    return {name: f"join {led(name)}" for name in tuple(leader)}


def _compatible(bearers: list[_Bearer]) -> list[list[_Bearer]]:
    """The bearers of one name, those who can be one person together."""
    by_article: defaultdict[str, list[_Bearer]] = defaultdict(list)
    for bearer in bearers:
        by_article[bearer[0]].append(bearer)
    groups: list[tuple[set[str], list[_Bearer]]] = []
    bare: list[list[_Bearer]] = []
    for mine in by_article.values():
        words = set().union(*(_words(speaker) for _, speaker in mine))
        if not words:
            bare.append(mine)
            continue
        fitting = [group for group in groups if group[0] & words]
        for group in fitting:
            groups.remove(group)
            words |= group[0]
            mine = mine + group[1]  # noqa: PLW2901
        groups.append((words, mine))
    known = sorted((group for _, group in groups), key=lambda group: -len(_articles(group)))
    if not known:
        return [[bearer for group in bare for bearer in group]]
    if len(_articles(known[0])) >= _KNOWN * sum(len(_articles(group)) for group in known):
        known[0] = [bearer for group in (known[0], *bare) for bearer in group]
        bare = []
    return [sorted(group, key=_order) for group in known + bare]


def _articles(bearers: list[_Bearer]) -> set[str]:
    return {article_id for article_id, _ in bearers}


def _is_name(organisation: str | None, folded: str) -> bool:
    """Whether it tells one body from others: the NSPCC, Gwent Police; not police, nor a Council."""
    return not (organisation or "").islower() and folded not in _ANY


def _words(speaker: Speaker) -> set[str]:
    """The words of role and organisation, and the initials by which they are known: NPCC for the
    National Police Chiefs' Council, PCC for a police and crime commissioner of somewhere."""
    found: set[str] = set()
    for given in (speaker.role, speaker.organisation):
        folded = (given or "").casefold().replace("’", "'")
        found.update(map(_plain, _WORD.findall(folded)))
        for part in (folded, _CLAUSE.split(folded)[0]):
            words = [word for word in _WORD.findall(part) if word not in _COMMON]
            if len(words) > 1:
                found.add("".join(word[0] for word in words))
    return found - _COMMON


def _plain(word: str) -> str:
    """Without an ending, and in full where it is short for a title."""
    bare = word.removesuffix("'s")
    singular = bare.removesuffix("s") if len(bare) > len("gas") else bare
    return _LONG.get(singular, singular)


def _commonest(values: Iterable[str | None]) -> str | None:
    return next(iter(_by_count(values)), None)


def _by_count(values: Iterable[str | None]) -> tuple[str, ...]:
    """Each once, whatever its capitals, as it is written most often; the commonest first."""
    counted = Counter(value for value in values if value)
    ordered = sorted(counted, key=lambda value: (-counted[value], -len(value), value))
    written: dict[str, str] = {}
    total: Counter[str] = Counter()
    for value in ordered:
        written.setdefault(value.casefold(), value)
        total[value.casefold()] += counted[value]
    return tuple(written[folded] for folded in sorted(written, key=lambda each: -total[each]))
