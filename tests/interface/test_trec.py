"""TREC run files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interface.rendering.trec import trec_run


def test_six_columns() -> None:
    """Query, Q0, document, rank from 1, a score that falls by one, tag."""
    assert list(trec_run({"q1": ("b", "a"), "q2": (), "q3": ("c",)}, "tag")) == [
        "q1 Q0 b 1 2 tag\n",
        "q1 Q0 a 2 1 tag\n",
        "q3 Q0 c 1 1 tag\n",
    ]


@pytest.mark.parametrize(
    ("own_id", "column"),
    [
        ("https://x.example/a%20b?c=%", "https://x.example/a%20b?c=%"),
        ("Normans#0/é", "Normans#0/é"),
        (" a\tb\n", "%20a%09b%0A"),
        ("a\u00a0b\u2028", "a%C2%A0b%E2%80%A8"),
    ],
    ids=["an address", "marks and accents", "white space", "white space beyond ASCII"],
)
def test_white_space_in_an_id_is_encoded(own_id: str, column: str) -> None:
    """And nothing else, so that ordinary ids are those of the judgements."""
    (line,) = trec_run({own_id: (own_id,)}, "tag")
    assert line == f"{column} Q0 {column} 1 1 tag\n"


IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
RANKINGS = st.lists(IDS, max_size=5, unique=True).map(tuple)


@given(st.dictionaries(IDS, RANKINGS, max_size=3))
def test_no_id_breaks_a_line(rankings: Mapping[str, tuple[str, ...]]) -> None:
    """Whatever an id holds, its line has six columns to those who split at white space."""
    written = list(trec_run(rankings, "tag"))
    assert len(written) == sum(map(len, rankings.values()))
    assert {len(line.split()) for line in written} <= {6}
    assert all(line.splitlines(keepends=True) == [line] for line in written)


def test_a_reader_of_runs_finds_the_same_order(tmp_path: Path) -> None:
    """ir-measures reads the file back as it was ranked."""
    path = tmp_path / "a.run"
    path.write_text("".join(trec_run({"q": ("b", "c", "a")}, "tag")))
    read = sorted(ir_measures.read_trec_run(str(path)), key=lambda found: -found.score)
    assert [(found.query_id, found.doc_id) for found in read] == [
        ("q", "b"),
        ("q", "c"),
        ("q", "a"),
    ]
