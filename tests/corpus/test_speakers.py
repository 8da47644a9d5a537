"""Speakers as people: who of many articles is one person or body, and what a person says of it."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import (
    CorpusError,
    NameRules,
    Parted,
    Person,
    Speaker,
    people_among,
    read_articles,
    read_name_rules,
    rules_from,
)

Spoken = tuple[str, Speaker]


def grouped(spoken: list[Spoken], rules: NameRules = NameRules()) -> list[list[str]]:  # noqa: B008
    """The articles of each person, in order."""
    return [[article_id for article_id, _ in one.bearers] for one in people_among(spoken, rules)]


def named(article_id: str, name: str, role: str | None = None, body: str | None = None) -> Spoken:
    return article_id, Speaker(name, role, body)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ada Brook", "engineer", None), ("Ada Brook", "chief engineer", "River Agency")),
        (("Ada Brook", None, "River Agency"), ("Ada Brook", None, "the River Agency")),
        (("Ada Brook", "engineer", "Sedge"), ("Ada Brook", "engineer", "Wexcombe")),
        (("Ada Brook", "Sgt", None), ("Ada Brook", "sergeant", None)),
        (("Ada Brook", "PCC", None), ("Ada Brook", "police and crime commissioner of A", None)),
        (("Ada Brook", "head", "RSB"), ("Ada Brook", None, "Royal Society of Bells")),
        (("Ada Brook", "engineer", None), ("Ada Brook", None, None)),
        (("Ada Brook", None, None), ("ADA BROOK", None, None)),
        (("J. K. Marl", None, None), ("J.K. Marl", None, None)),
        (("Zoë O’Hare", None, None), ("Zoe O'Hare", None, None)),
    ],
)  # fmt: skip
def test_one_full_name_with_a_fitting_role_is_one_person(
    one: tuple[str, str | None, str | None], other: tuple[str, str | None, str | None]
) -> None:
    """A word of role or organisation in common is enough, and so is that none is given."""
    assert grouped([named("a", *one), named("b", *other)]) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ada Brook", "engineer", "River Agency"), ("Ada Brook", "baker", "Hove")),
        (("Ada Brook", "head of the school", None), ("Ada Brook", "member of the band", None)),
        (("Brook", "engineer", None), ("Brook", "engineer", None)),
        (("A. Brook", "engineer", None), ("A. Brook", "engineer", None)),
        (("Ada Brook", None, None), ("Adam Brook", None, None)),
        ((None, "spokesperson", "River Agency"), (None, "spokesperson", "River Agency")),
        ((None, None, "police"), (None, None, "police")),
        ((None, None, "The Council"), (None, None, "Council")),
        ((None, None, "River Agency"), ("River Agency", None, None)),
    ],
)  # fmt: skip
def test_everybody_else_stays_apart(
    one: tuple[str | None, str | None, str | None], other: tuple[str | None, str | None, str | None]
) -> None:
    """Other callings, surnames, initials, roles alone, and bodies that every town has."""
    assert grouped([("a", Speaker(*one)), ("b", Speaker(*other))]) == [["a"], ["b"]]


def test_bodies_of_one_name_are_one() -> None:
    """With "the" before it or without, whatever its capitals."""
    spoken = [("a", Speaker(organisation="the River Agency")),
              ("b", Speaker(organisation="River Agency"))]  # fmt: skip
    assert grouped(spoken) == [["a", "b"]]
    assert [one.title for one in people_among(spoken)] == ["the River Agency"]


def test_one_article_has_one_bearer_of_a_full_name() -> None:
    """What it says in two places belongs together."""
    spoken = [named("a", "Ada Brook", "engineer"), named("a", "Ada Brook", None, "River Agency")]
    assert grouped(spoken) == [["a", "a"]]
    assert grouped([*spoken, named("b", "Ada Brook", None, "River Agency")]) == [["a", "a", "b"]]


def test_a_name_without_a_role_belongs_to_whom_nearly_all_speak_of() -> None:
    """Three of four articles that give a role must mean one person; else it could be anybody."""
    known = [named(article, "Ada Brook", "mayor") for article in "abc"]
    baker, bare = named("d", "Ada Brook", "baker"), named("e", "Ada Brook")
    assert grouped([*known, baker, bare]) == [["a", "b", "c", "e"], ["d"]]
    assert grouped([*known[:2], baker, bare, named("f", "Ada Brook")]) == [
        ["a", "b"], ["d"], ["e"], ["f"],
    ]  # fmt: skip


def test_what_is_told_of_a_person_comes_by_how_often_it_is_told() -> None:
    """Name, roles and organisations, each once whatever its capitals."""
    (one,) = people_among(
        [
            named("a", "Ada Brook", "Chief Engineer", "River Agency"),
            named("b", "Ada Brook", "chief engineer"),
            named("c", "Ada Brook", "chief engineer", "Agency"),
            named("d", "ADA BROOK", "engineer"),
        ]
    )
    assert (one.name, one.title) == ("Ada Brook", "Ada Brook")
    assert one.roles == ("chief engineer", "engineer")
    assert one.organisations == ("River Agency", "Agency")
    assert Person((("a", Speaker(None, "spokesperson", "River Agency")),)).title == (
        "spokesperson, River Agency"
    )


SPEAKERS = st.builds(
    lambda name, role, body: Speaker(name, role, body or ("Board" if not (name or role) else None)),
    st.sampled_from([None, "Ada Brook", "ada brook", "Brook", "Al Quill", "A. Quill"]),
    st.sampled_from([None, "mayor", "former mayor", "baker", "engineer of Sedge"]),
    st.sampled_from([None, "Sedge", "River Agency", "the agency"]),
)
SPOKEN = st.lists(st.tuples(st.sampled_from("abcdefg"), SPEAKERS), max_size=12)
RULES = st.sampled_from(
    [
        NameRules(),
        NameRules((("Ada Brook", "Al Quill"),)),
        NameRules((("Brook",),), (Parted("ada brook", ("a", "c")),)),
    ]
)


@given(SPOKEN, RULES, st.randoms())
def test_people_are_a_partition_that_no_order_changes(
    spoken: list[Spoken], rules: NameRules, random: object
) -> None:
    """Each bearer is of one person, nobody is lost or made up, whatever comes first."""
    people = people_among(spoken, rules)
    borne = [bearer for one in people for bearer in one.bearers]
    assert len(borne) == len(set(borne))
    assert set(borne) == set(spoken)
    shuffled = [*spoken, *spoken[:3]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert people_among(shuffled, rules) == people


@given(SPOKEN)
def test_people_of_two_articles_share_a_name(spoken: list[Spoken]) -> None:
    """Without rules nothing but the name brings articles together."""
    for one in people_among(spoken):
        names = {(speaker.name or speaker.organisation or "").casefold().removeprefix("the ")
                 for _, speaker in one.bearers}  # fmt: skip
        assert len(names) == 1 or len({article for article, _ in one.bearers}) == 1


def test_a_join_makes_names_one_whatever_the_roles() -> None:
    """Joins that share a name are one; a surname and a body can be joined too."""
    spoken = [
        named("a", "Ada Brook", "engineer"),
        named("b", "Ada Brook", "baker"),
        named("c", "Ada Quill"),
        named("d", "Quill"),
        ("e", Speaker(organisation="RSB")),
        ("f", Speaker(organisation="Royal Society of Bells")),
    ]
    assert grouped(spoken, NameRules((("ada brook",),))) == [["a", "b"], ["c"], ["d"], ["e"], ["f"]]
    rules = NameRules(
        (("Ada Brook", "Ada Quill"), ("Ada Quill", "Quill"), ("RSB", "Royal Society of Bells"))
    )
    assert grouped(spoken, rules) == [["a", "b", "c", "d"], ["e", "f"]]


def test_a_part_makes_one_name_two_people() -> None:
    """Its articles speak of one other person; it goes before a join."""
    spoken = [named(article, "Ada Brook", "mayor") for article in "abcd"]
    parted = Parted("Ada Brook", ("b", "d"))
    assert grouped(spoken, NameRules((), (parted,))) == [["a", "c"], ["b", "d"]]
    assert grouped(spoken, NameRules((("Ada Brook",),), (parted,))) == [["a", "c"], ["b", "d"]]
    apart = (Parted("Ada Brook", ("b",)), Parted("Ada Brook", ("d",)))
    assert grouped(spoken, NameRules((), apart)) == [["a", "c"], ["b"], ["d"]]


FILE = """\
# Who is who.
[[join]]
names = ["Ada Brook", "Ada Brook-Marl"]

[[part]]
name = "Al Quill"
articles = ["news/a", "b"]
"""
RULE = NameRules((("Ada Brook", "Ada Brook-Marl"),), (Parted("Al Quill", ("news/a", "b")),))


def test_the_file_says_who_is_who(tmp_path: Path) -> None:
    """Two kinds of tables; a byte-order mark does no harm; no file is no rule."""
    assert read_name_rules(tmp_path) == NameRules()
    assert not NameRules()
    (tmp_path / "speakers.toml").write_text(f"\ufeff{FILE}", encoding="utf-8")
    assert read_name_rules(tmp_path) == RULE
    assert rules_from(RULE.fields()) == RULE


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[[join]\nnames = []", "is not TOML: .*at line 1"),
        ('[[joins]]\nnames = ["A"]', r"knows \[\[join\]\] and \[\[part\]\], and no “joins”"),
        ('[join]\nnames = ["A"]', r"has join where \[\[join\]\], in two pairs of brackets"),
        ('[[join]]\nname = ["A"]', r"\[\[join\]\] number 1 has names, and no “name”"),
        ("[[join]]", r'\[\[join\]\] number 1 needs names = \["…", "…"\]'),
        ('[[join]]\nnames = ["A"]\n[[join]]\nnames = "B"', r"\[\[join\]\] number 2 needs names"),
        ('[[join]]\nnames = ["A", 3]', r"\[\[join\]\] number 1 has in names what is no text"),
        ('[[join]]\nnames = [" "]', r".* in names what is no text, or an empty one"),
        ('[[part]]\narticles = ["a"]', r"\[\[part\]\] number 1 has in name what is no text"),
        ('[[part]]\nname = "A B"', r"\[\[part\]\] number 1 needs articles"),
        ('[[part]]\nname = "A B"\narticles = ["a"]\n' * 2, "parts A B in a twice"),
    ],
)
def test_a_broken_file_says_what_to_mend(tmp_path: Path, content: str, told: str) -> None:
    """The file is named, the place in it, and that nothing was changed."""
    (tmp_path / "speakers.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"speakers\.toml {told}.*nothing was changed"):
        read_name_rules(tmp_path)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """Neither another encoding nor a folder of that name raises anything else."""
    (tmp_path / "speakers.toml").write_bytes(b"# caf\xe9")
    with pytest.raises(CorpusError, match="is no UTF-8 at byte 5"):
        read_name_rules(tmp_path)
    (tmp_path / "speakers.toml").unlink()
    (tmp_path / "speakers.toml").mkdir()
    with pytest.raises(CorpusError, match=r"speakers\.toml is not a regular file"):
        read_name_rules(tmp_path)


def test_a_pipe_and_a_huge_file_are_not_read(tmp_path: Path) -> None:
    """Neither would end: nobody writes into the pipe, and the device gives zeros for ever."""
    rules = tmp_path / "speakers.toml"
    os.mkfifo(rules)
    with pytest.raises(CorpusError, match=r"speakers\.toml is not a regular file"):
        read_name_rules(tmp_path)
    rules.unlink()
    rules.write_bytes(b"#" * 1_000_001)
    with pytest.raises(CorpusError, match=r"speakers\.toml has more than 1 MB"):
        read_name_rules(tmp_path)


def test_a_long_chain_of_joins_is_one_person() -> None:
    """In time that is in proportion to its length."""
    names = [f"Al Quill{number}" for number in range(20_001)]
    rules = NameRules(joined=tuple(pairwise(names)))
    assert grouped([named("a", names[0]), named("b", names[-1])], rules) == [["a", "b"]]


def test_rules_in_vain_are_told() -> None:
    """A name that is misspelt joins nobody, and an article without it parts nobody."""
    assert RULE.unused([named("b", "Al Quill"), named("c", "Ada Brook")]) == [
        "joins Ada Brook-Marl, but nobody of exactly this name speaks in the collection",
        "parts Al Quill in news/a, but nobody of exactly this name speaks there",
    ]


def test_the_file_is_no_article_and_no_skip(tmp_path: Path) -> None:
    """In the folder of the collection it is passed over; elsewhere it is a file like others."""
    (tmp_path / "a.txt").write_text("The ferry sails.")
    (tmp_path / "speakers.toml").write_text(FILE)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "speakers.toml").write_text(FILE)
    found = list(read_articles(tmp_path, []))
    assert [getattr(each, "article_id", None) for each in found] == ["a", None]
    assert [str(each) for each in found[1:]] == ["deep/speakers.toml is in no format that is read"]
