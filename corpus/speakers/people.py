"""Speakers of many articles as people: the same full name is one, unless roles say otherwise.

A surname, a role or a pronoun leads to nobody outside its own article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.quotations import Speaker

# Words that roles and organisations of different people have in common.
_COMMON = frozenset("a an and for in of on the to with former".split())


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


def people_among(spoken: Iterable[tuple[str, Speaker]]) -> list[Person]:
    """The people who speak in a collection, ordered by their first bearer.

    spoken: (article_id, speaker), in any order, also several times.

    Merged across articles are speakers of the same full name, of two words or more, whose roles or
    organisations have a word in common or are not given; and bodies of the same name. Everybody
    else stays apart.
    """
    named: defaultdict[str, list[tuple[str, Speaker]]] = defaultdict(list)
    people: list[Person] = []
    for article_id, speaker in sorted(set(spoken), key=_order):
        if key := _key(speaker):
            named[key].append((article_id, speaker))
        else:
            people.append(Person(((article_id, speaker),)))
    for bearers in named.values():
        people += [Person(tuple(group)) for group in _compatible(bearers)]
    return sorted(people, key=lambda person: _order(person.bearers[0]))


def _order(spoken: tuple[str, Speaker]) -> tuple[str, ...]:
    article_id, speaker = spoken
    return article_id, speaker.name or "", speaker.role or "", speaker.organisation or ""


def _key(speaker: Speaker) -> str | None:
    """What two articles must have in common to speak of one; None where nothing is enough."""
    if speaker.name is not None:
        words = speaker.name.casefold().replace("’", "'").split()
        return " ".join(words) if len(words) > 1 else None
    if speaker.role is None and speaker.organisation is not None:
        words = speaker.organisation.casefold().replace("’", "'").split()
        return "body " + " ".join(words[words[0] == "the" :])
    return None


def _compatible(bearers: list[tuple[str, Speaker]]) -> list[list[tuple[str, Speaker]]]:
    """The bearers of one name, those who can be one person together. Who is given neither role
    nor organisation goes to the only group there is, and else stays apart."""
    groups: list[tuple[set[str], list[tuple[str, Speaker]]]] = []
    bare: list[tuple[str, Speaker]] = []
    for bearer in bearers:
        words = _words(bearer[1])
        if not words:
            bare.append(bearer)
            continue
        joined = [group for group in groups if group[0] & words]
        merged = (words.union(*(g[0] for g in joined)), [b for g in joined for b in g[1]])
        merged[1].append(bearer)
        groups = [group for group in groups if group not in joined] + [merged]
    if len(groups) == 1:
        return [sorted(groups[0][1] + bare, key=_order)]
    alone = [bare] if bare else []
    return [sorted(group, key=_order) for _, group in groups] + alone


def _words(speaker: Speaker) -> set[str]:
    given = f"{speaker.role or ''} {speaker.organisation or ''}".casefold()
    return set(given.replace(",", " ").split()) - _COMMON


def _commonest(values: Iterable[str | None]) -> str | None:
    return next(iter(_by_count(values)), None)


def _by_count(values: Iterable[str | None]) -> tuple[str, ...]:
    counted = Counter(value for value in values if value)
    return tuple(sorted(counted, key=lambda value: (-counted[value], -len(value), value)))
