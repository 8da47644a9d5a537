"""Who speaks in a collection: people with what is said of them, and how often they are quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus import Person, Speaker
from index import Bearer, Dated, SearchIndex


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker of one article, as it tells of them. date: ISO 8601 at the precision that is
    known. direct, mixed, indirect: quotations of theirs."""

    article_id: str
    date: str | None
    speaker: Speaker
    direct: int
    mixed: int
    indirect: int


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A person or body, and where they speak.

    appearances: by date, undated ones last, then by article_id. texts: in how many texts these are
        when near-copies count once.
    first, last: date of the earliest and of the latest article that has one.
    """

    person: Person
    appearances: tuple[Appearance, ...]
    texts: int
    first: str | None
    last: str | None

    @property
    def direct(self) -> int:
        return sum(each.direct for each in self.appearances)

    @property
    def mixed(self) -> int:
        return sum(each.mixed for each in self.appearances)

    @property
    def indirect(self) -> int:
        return sum(each.indirect for each in self.appearances)

    @property
    def quotations(self) -> int:
        return self.direct + self.mixed + self.indirect

    @property
    def articles(self) -> int:
        return len({each.article_id for each in self.appearances})


@dataclass(frozen=True, slots=True)
class Speakers:
    """people: most quoted first, equals by name; the first of `total`.
    named: whose were looked for; None for all.
    unresolved: quotations of the whole collection without a certain speaker.
    generation, built: the index that was read.
    """

    people: tuple[KnownSpeaker, ...]
    total: int
    named: str | None
    unresolved: int
    generation: str
    built: str


def list_speakers(index: SearchIndex, named: str | None = None, *, limit: int) -> Speakers:
    """At most `limit` of those who speak in the collection; with a name only those who have all of
    its words in a name of theirs, or in role and organisation where they have none."""
    catalogue = index.catalogue
    quoted = catalogue.quoted()
    numbers = list(quoted) if named is None else catalogue.people_named(named)
    # Names are read of those only who can be among the first: there may be thousands.
    least = sorted((quoted[number] for number in numbers), reverse=True)[:limit][-1:]
    dates = catalogue.dates()
    order = {article_id: at for at, article_id in enumerate(dates)}
    people = [
        _known(catalogue.bearers(number), dates, order)
        for number in numbers
        if [quoted[number]] >= least
    ]
    people.sort(key=lambda one: (-one.quotations, one.person.title))
    return Speakers(
        people=tuple(people[:limit]),
        total=len(numbers),
        named=named,
        unresolved=catalogue.unresolved(),
        generation=index.manifest.generation,
        built=index.manifest.built,
    )


def _known(
    bearers: list[Bearer], dates: Mapping[str, Dated], order: Mapping[str, int]
) -> KnownSpeaker:
    """order: of the articles, by date."""
    appearances = tuple(
        Appearance(
            bearer.article_id, dates[bearer.article_id].date, bearer.speaker,
            bearer.direct, bearer.mixed, bearer.indirect,
        )
        for bearer in sorted(bearers, key=lambda bearer: order[bearer.article_id])
    )  # fmt: skip
    mine = [dates[bearer.article_id] for bearer in bearers]
    return KnownSpeaker(
        person=Person(tuple((bearer.article_id, bearer.speaker) for bearer in bearers)),
        appearances=appearances,
        texts=len({dated.earliest for dated in mine}),
        first=min(mine, key=lambda dated: dated.first_day or "9999").date,
        last=max(mine, key=lambda dated: dated.last_day or "").date,
    )
