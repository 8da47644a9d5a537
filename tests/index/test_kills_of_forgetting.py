"""kill -9 at moments spread evenly over a forgetting: the next build ends it, whenever that was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index import build_index, forget_article, withdrawals
from retrieval import verify_index
from tests.hash_encoder import HashEncoder
from tests.index.invented import (
    TOWN,
    markdown,
    opened,
    seen,
    write_files,
)
from tests.index.kills import kill_at_even_moments, table
from tests.index.slow_builder import FORGETTING
from tests.index.test_forget import FIRST, SECOND, TITLE, leaks


def filler(number: int) -> str:
    return markdown(f"House {number} has a new roof. It is red." * 5, title=f"House {number}")


@pytest.mark.parametrize(
    ("kills", "seconds"),
    [
        pytest.param(6, 1.0, id="6 kills"),
        pytest.param(60, 1.5, id="60 kills", marks=pytest.mark.long),
    ],
)
def test_kills_spread_evenly_over_a_forgetting_leave_nothing_in_the_end(
    new_folder: Callable[[], Path], kills: int, seconds: float
) -> None:
    """Right after the kill the index answers from before or after, and is sound; after the next
    build no byte of the text is left, and the others answer as if it had never been."""
    folder = new_folder()
    collection, index, copy = folder / "collection", folder / "index", folder / "killed"
    write_files(collection, TOWN | {f"house/{number}.md": filler(number) for number in range(20)})
    for text in (FIRST, SECOND):
        write_files(collection, {"fair/act.md": markdown(text, title=TITLE)})
        build_index(collection, index, HashEncoder())
    elsewhere = folder / "elsewhere"
    shutil.copytree(collection, elsewhere)
    (elsewhere / "fair/act.md").unlink()
    build_index(elsewhere, folder / "fresh", HashEncoder())
    states = {"held": seen(index), "gone": seen(folder / "fresh")}

    def prepare() -> None:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(index, copy)

    def require_ended() -> str:
        now = seen(copy)
        (found,) = [name for name, state in states.items() if state == now]
        with opened(copy) as reader:
            assert verify_index(reader).defects == ()
        if not withdrawals(copy):  # it was killed before it had begun
            forget_article("fair/act", copy, HashEncoder())
        build_index(collection, copy, encoder := HashEncoder())
        assert encoder.encoded == []
        assert leaks(copy) == []
        assert seen(copy) == states["gone"]
        with opened(copy) as reader:
            assert verify_index(reader).defects == ()
        return found

    hit = kill_at_even_moments(
        [collection, copy, str(seconds), "fair/act"], kills, prepare, require_ended
    )

    print(f"{kills} kills of a forgetting:\n{table(hit)}")
    assert {found for _, found in hit} == {"held", "gone"}
    if kills >= 60:
        assert {phase for phase, _ in hit} >= set(FORGETTING)
