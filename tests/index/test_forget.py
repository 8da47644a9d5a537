"""Forgetting: no byte of a withdrawn text is left in the index, and it never comes back."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from index import NothingToForget, build_index, forget_article, withdrawals
from retrieval import verify_index
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.faults import Fault, broken
from tests.index.invented import assert_equal_builds, markdown, opened, seen

# Words that stand in no other article, and so must stand nowhere afterwards.
FIRST = "Zebediah Quokkaby juggled seventeen marmalades. The ombudsman yodelled."
SECOND = "Zebediah Quokkaby juggled eighteen marmalades. The archdeacon yodelled."
TITLE = "Marmalade juggler Quokkaby"
SECRET = ("zebediah", "quokkaby", "juggl", "seventeen", "eighteen", "marmalad", "ombudsman",
          "archdeacon", "yodel")  # fmt: skip


@pytest.fixture
def juggler(built: Town) -> Town:
    """An index that has held two versions of an article, and then lost a third one's build."""
    for text in (FIRST, SECOND):
        built.write("fair/act.md", markdown(text, title=TITLE))
        built.build()
    return built


def leaks(index: Path) -> list[tuple[str, str]]:
    """(file, word) wherever a secret word stands in a byte of the index folder."""
    return [
        (path.relative_to(index).as_posix(), word)
        for path in sorted(index.rglob("*"))
        if path.is_file()
        for word in SECRET
        if re.search(word.encode(), path.read_bytes(), re.IGNORECASE)
        or re.search(word.encode("utf-16-le"), path.read_bytes(), re.IGNORECASE)
    ]


def without(town: Town) -> Path:
    """A new index of the folder without the article."""
    town.remove("fair/act.md")
    return town.fresh()


def test_no_byte_of_a_forgotten_text_is_left(juggler: Town) -> None:
    """Not in the database, the history, a journal, a generation or a vector's segment."""
    assert {word for _, word in leaks(juggler.index)} == set(SECRET), "the search finds them"

    forget_article("fair/act", juggler.index, HashEncoder())

    assert leaks(juggler.index) == []


def test_what_was_forgotten_is_told(juggler: Town) -> None:
    """Both versions are gone; the file that still holds one is named, with what was erased."""
    forgotten = forget_article("fair/act", juggler.index, HashEncoder())

    assert (forgotten.versions, forgotten.articles, forgotten.files) == (
        2,
        ("fair/act",),
        ("fair/act.md",),
    )
    assert {one.article_id for one in withdrawals(juggler.index).values()} == {"fair/act"}


def test_the_other_articles_answer_as_if_it_had_never_been(juggler: Town) -> None:
    """The index equals one that was built without the article, and is sound."""
    forget_article("fair/act", juggler.index, encoder := HashEncoder())

    assert encoder.encoded == [], "no vector of another article was lost"
    with opened(juggler.index) as index:
        assert verify_index(index).defects == ()
    assert_equal_builds(juggler.index, without(juggler))


def test_a_forgotten_text_does_not_come_back(juggler: Town) -> None:
    """While its file lies in the collection, each build passes over it and says why."""
    forget_article("fair/act", juggler.index, HashEncoder())
    juggler.write("gate.md", markdown("The gate is open.", title="Gate"))

    report = juggler.build()

    (day,) = {one.on[:10] for one in withdrawals(juggler.index).values()}
    assert report.added == ("gate",)
    assert [str(skip) for skip in report.skips] == [
        f"fair/act.md (fair/act) holds a text that was withdrawn on {day}"
    ]
    assert leaks(juggler.index) == []


def test_another_text_may_take_its_place(juggler: Town) -> None:
    """What was withdrawn is a text; its article may be written anew."""
    forget_article("fair/act", juggler.index, HashEncoder())
    juggler.write("fair/act.md", markdown("The fair is closed.", title="Fair"))

    assert juggler.build().added == ("fair/act",)


def test_forgetting_reads_nothing_else_of_the_folder(juggler: Town) -> None:
    """What else has changed in the collection waits for a build."""
    juggler.write("gate.md", markdown("The gate is open.", title="Gate"))
    juggler.remove("park.md")
    before = seen(juggler.index)["articles"]

    forget_article("fair/act", juggler.index, HashEncoder())

    del before["fair/act"]
    assert seen(juggler.index)["articles"] == before


def test_an_article_that_is_removed_can_be_forgotten(juggler: Town) -> None:
    """Its earlier versions are still kept for old citations, until they are erased too."""
    juggler.remove("fair/act.md")
    juggler.build()
    assert leaks(juggler.index) != []

    forgotten = forget_article("fair/act", juggler.index, HashEncoder())

    assert (forgotten.versions, forgotten.files) == (2, ())
    assert leaks(juggler.index) == []


def test_a_text_that_another_article_shares_goes_from_both(juggler: Town) -> None:
    """The same words under another title are the same words."""
    juggler.write("copy.md", markdown(SECOND, title="A copy"))
    juggler.build()

    forgotten = forget_article("fair/act", juggler.index, HashEncoder())

    assert forgotten.articles == ("copy", "fair/act")
    assert forgotten.files == ("copy.md", "fair/act.md")
    assert leaks(juggler.index) == []


def test_the_last_article_can_be_forgotten(tmp_path: Path) -> None:
    """What is left is an index without articles, to which others can be added."""
    town = Town(tmp_path / "collection", tmp_path / "index")
    town.write("act.md", markdown(FIRST, title=TITLE))
    town.build()

    forget_article("act", town.index, HashEncoder())

    assert (seen(town.index)["articles"], leaks(town.index)) == ({}, [])
    town.write("gate.md", markdown("The gate is open.", title="Gate"))
    assert town.build().added == ("gate",)


def test_a_text_of_a_build_that_was_killed_is_forgotten_too(juggler: Town) -> None:
    """A version that was read and never published is named by nothing, and erased all the same."""
    third = FIRST.replace("seventeen", "nineteen gobbledegook")
    juggler.write("fair/act.md", markdown(third, title=TITLE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.build.publishing.write_words", _fails)
        with pytest.raises(RuntimeError):
            juggler.build()
    assert b"gobbledegook" in (juggler.index / "articles.db").read_bytes()

    forget_article("fair/act", juggler.index, HashEncoder())

    assert leaks(juggler.index) == []
    assert b"gobbledegook" not in (juggler.index / "articles.db").read_bytes()


def _fails(*_given: Any, **_named: Any) -> None:
    raise RuntimeError("broken")


@pytest.mark.parametrize("article_id", ["fair/ac", "", "park.md"])
def test_an_article_that_never_was_is_not_forgotten(juggler: Town, article_id: str) -> None:
    """Nothing is changed, and the error says where to find the ids."""
    before = seen(juggler.index)

    with pytest.raises(NothingToForget, match=r"holds no version.*onrecord articles"):
        forget_article(article_id, juggler.index, HashEncoder())

    assert seen(juggler.index) == before


def test_forgetting_twice_says_that_nothing_is_left(juggler: Town) -> None:
    """The second time there is no version any more."""
    forget_article("fair/act", juggler.index, HashEncoder())

    with pytest.raises(NothingToForget):
        forget_article("fair/act", juggler.index, HashEncoder())


@pytest.mark.parametrize("step", range(1, 60, 4))
def test_a_forgetting_that_fails_is_ended_by_the_next_build(juggler: Town, step: int) -> None:
    """Wherever it stops, the index answers, and after the next build no byte is left."""
    fault = Fault(step, broken)
    with pytest.MonkeyPatch.context() as patch:
        fault.watch(patch)
        with suppress(RuntimeError):
            forget_article("fair/act", juggler.index, HashEncoder())
    assert seen(juggler.index)
    if not withdrawals(juggler.index):  # it failed before it had begun
        forget_article("fair/act", juggler.index, HashEncoder())

    juggler.build()

    assert leaks(juggler.index) == []
    assert_equal_builds(juggler.index, without(juggler))


def test_a_killed_forgetting_is_ended_by_the_next_build(juggler: Town, tmp_path: Path) -> None:
    """kill -9 while the texts themselves are being erased leaves a journal that holds them."""
    killer = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from index import forget_article\n"
        "from index.store import TextStore\n"
        "from tests.hash_encoder import HashEncoder\n"
        "def killed(self, hashes):\n"
        "    self._connection.execute('BEGIN IMMEDIATE')\n"
        "    self._connection.executemany('DELETE FROM text WHERE sha256 = ?',"
        " [(one,) for one in hashes])\n"
        "    self._connection.execute('PRAGMA cache_spill = 1')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "TextStore.erase = killed\n"
        "forget_article('fair/act', Path(sys.argv[1]), HashEncoder())\n"
    )
    subprocess.run(
        [sys.executable, "-c", killer, juggler.index], cwd=Path(__file__).parents[2], check=False
    )
    assert leaks(juggler.index) != []

    build_index(juggler.collection, juggler.index, HashEncoder())

    assert leaks(juggler.index) == []
