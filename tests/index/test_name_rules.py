"""Rules on names in an index: a build takes them up without reading or encoding again."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import CorpusError, NameRules, Speaker
from index import Generations, folder_state, forget_article
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.invented import assert_equal_builds, opened, parts

FIRST = "“The trams are late,” said Ada Brook, the mayor of Elmbridge.\n"
SECOND = "“The trams are early,” said Ada Brook, a baker in Thornby.\n"
JOIN = '[[join]]\nnames = ["Ada Brook"]\n'


@pytest.fixture
def spoken(town: Town) -> Town:
    """Two articles in which a bearer of one name speaks, and their index."""
    town.write("first.txt", FIRST)
    town.write("second.txt", SECOND)
    town.build()
    return town


def bearers_of(name: str, index: Path) -> list[list[str]]:
    """The articles of each person of this name."""
    with opened(index) as reader:
        return [
            [bearer.article_id for bearer in reader.catalogue.bearers(person)]
            for person in reader.catalogue.people_named(name)
        ]


def test_new_rules_make_a_new_generation_and_encode_nothing(spoken: Town) -> None:
    """What a join says holds after the next build, and what is no more said holds no more."""
    assert bearers_of("Ada Brook", spoken.index) == [["first"], ["second"]]
    spoken.write("speakers.toml", JOIN)
    encoder = HashEncoder()
    report = spoken.build(encoder)
    assert (report.published, report.changed, report.encoded) == (True, (), 0)
    assert encoder.encoded == []
    assert bearers_of("Ada Brook", spoken.index) == [["first", "second"]]
    assert not spoken.build().published
    assert_equal_builds(spoken.index, spoken.fresh())
    spoken.remove("speakers.toml")
    assert spoken.build().published
    assert bearers_of("Ada Brook", spoken.index) == [["first"], ["second"]]


def test_the_folder_has_changed_when_its_rules_have(spoken: Town) -> None:
    """So that whoever reads is told to build."""
    before = folder_state(spoken.collection)
    spoken.write("speakers.toml", JOIN)
    with_rules = folder_state(spoken.collection)
    assert with_rules != before
    spoken.write("speakers.toml", JOIN + "# that is she\n")
    assert folder_state(spoken.collection) not in (before, with_rules)
    spoken.remove("speakers.toml")
    assert folder_state(spoken.collection) == before


def test_a_comment_in_the_rules_changes_nothing(spoken: Town) -> None:
    """What counts is what the file says."""
    spoken.write("speakers.toml", JOIN)
    spoken.build()
    spoken.write("speakers.toml", f"# that is she\n{JOIN}")
    assert not spoken.build().published


def test_rules_that_are_not_understood_lose_nothing(spoken: Town) -> None:
    """The build fails before anything is written, and the index answers as before."""
    spoken.write("speakers.toml", JOIN)
    spoken.build()
    before = parts(spoken.index)
    spoken.write("speakers.toml", "[[join]]\nname = 3\n")
    with pytest.raises(CorpusError, match=r"speakers\.toml \[\[join\]\] number 1 has names"):
        spoken.build()
    assert parts(spoken.index) == before


def test_rules_in_vain_are_notes_of_every_build(spoken: Town) -> None:
    """Also of one that publishes nothing, or a misspelt name would be told once only."""
    spoken.write("speakers.toml", '[[join]]\nnames = ["Ada Brook", "Ada Broke"]\n')
    told = "speakers.toml joins Ada Broke, but nobody of exactly this name speaks in the collection"
    assert [str(note) for note in spoken.build().notes] == [told]
    assert [str(note) for note in spoken.build().notes] == [told]


def test_forgetting_keeps_the_rules_that_are_indexed(spoken: Town) -> None:
    """It reads no collection, whose rules may be broken by now."""
    spoken.write("speakers.toml", JOIN)
    spoken.write("third.txt", "“No trams,” said Ada Brook, a nurse.\n")
    spoken.build()
    spoken.write("speakers.toml", "[[")
    forget_article("third", spoken.index, HashEncoder())
    assert bearers_of("Ada Brook", spoken.index) == [["first", "second"]]
    assert Generations(spoken.index).current().name_rules == NameRules((("Ada Brook",),))


def test_the_catalogue_counts_what_is_said(spoken: Town) -> None:
    """Of each person how much is quoted, and how much is nobody's for certain."""
    spoken.write("third.txt", "Later somebody wrote “the trams are gone for good now” on a wall.\n")
    spoken.build()
    with opened(spoken.index) as reader:
        catalogue = reader.catalogue
        (ada, other) = catalogue.people_named("Ada Brook")
        assert [catalogue.quoted()[person] for person in (ada, other)] == [1, 1]
        (bearer,) = catalogue.bearers(ada)
        assert (bearer.speaker.name, bearer.direct, bearer.indirect) == ("Ada Brook", 1, 0)
        assert isinstance(bearer.speaker, Speaker)
        nobodys = [
            each
            for entry in catalogue.entries()
            for each in catalogue.quotations(entry.article_id)
            if each.speaker is None
        ]
        assert catalogue.unresolved() == len(nobodys)


def test_dates_of_all_articles_at_once(spoken: Town) -> None:
    """In the order of `by_date`: by first day, undated ones last, then by id."""
    with opened(spoken.index) as reader:
        dates = reader.catalogue.dates()
        ids = [entry.article_id for entry in reader.catalogue.entries()]
        assert list(dates) == [found for found, *_ in reader.catalogue.by_date(ids)]
        assert [(one, dates[one].date, dates[one].first_day, dates[one].last_day)
                for one in list(dates)[:3]] == [
            ("wexcombe/tram", "2019", "2019-01-01", "2019-12-31"),
            ("park", "2021-03-04", "2021-03-04", "2021-03-04"),
            ("library", "2021-05", "2021-05-01", "2021-05-31"),
        ]  # fmt: skip
        assert {dated.earliest for dated in dates.values()} == set(ids)
