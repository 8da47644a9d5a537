"""Whether the speaker that a draft names is the one that an article shows."""

from __future__ import annotations

import pytest

from corpus import Speaker
from retrieval.checking.speakers import is_same_speaker

LEE = Speaker("Ann Marie Lee", "harbour commissioner for Skerry", None)


@pytest.mark.parametrize(
    "named",
    [
        Speaker("Lee"), Speaker("Ann Lee"), Speaker("Ms Lee"), Speaker("Dame Ann Lee"),
        Speaker("A M Lee"), Speaker("A. Lee"), Speaker("ann lee"), Speaker("Ann Lee", "mayor"),
        Speaker(None, "the commissioner"), Speaker(None, "Skerry commissioner"),
    ],
    ids=str,
)  # fmt: skip
def test_the_same(named: Speaker) -> None:
    """By surname, with any part of the name; or by role where there is no name."""
    assert is_same_speaker(named, LEE)


@pytest.mark.parametrize(
    "named",
    [
        Speaker("Reed"), Speaker("Bea Lee"), Speaker("B Lee"), Speaker("Ann"), Speaker("Lee Ann"),
        Speaker("Ann Lee-Reed"), Speaker(None, "the chief constable"),
        Speaker(None, None, "Gwent Police"),
    ],
    ids=str,
)  # fmt: skip
def test_another(named: Speaker) -> None:
    """A first name alone is nobody's, and another one somebody else's."""
    assert not is_same_speaker(named, LEE)


def test_who_has_no_name_is_not_the_named_one() -> None:
    """An article that names only a role leaves open who it was."""
    assert not is_same_speaker(Speaker("Ann Lee"), Speaker(None, "the commissioner"))


def test_a_body_speaks_through_its_people() -> None:
    """But not the other way round."""
    spokesman = Speaker(None, "a spokesman", "the Gwent Police")
    assert is_same_speaker(Speaker(None, None, "Gwent Police"), spokesman)
    assert is_same_speaker(Speaker(None, None, "Gwent Police"), Speaker(None, None, "Gwent Police"))
    assert not is_same_speaker(Speaker("Tom Reed"), Speaker(None, None, "Gwent Police"))
