"""Postings on disk: what is saved is mapped again, and nothing else is taken for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import IndexDamaged
from index.lexical import Postings, compile_postings

ARRAYS = ("letters", "ends", "starts", "rows", "weights", "counts", "lengths", "size")
DOCUMENTS = [["park", "gate", "park"], [], ["library", "park"], ["straße", "über"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The saved postings of four passages."""
    compile_postings(DOCUMENTS).save(tmp_path / "postings")
    return tmp_path / "postings"


def test_saved_postings_are_opened_as_they_were(folder: Path) -> None:
    """Every array comes back with its values and its type."""
    compiled, opened = compile_postings(DOCUMENTS), Postings.open(folder)

    for name in ARRAYS:
        before, after = getattr(compiled, name), getattr(opened, name)
        np.testing.assert_array_equal(after, before)
        assert after.dtype == before.dtype


def test_opened_postings_are_mapped_and_not_read(folder: Path) -> None:
    """Opening costs nothing: the arrays stay on disk until a term is asked for."""
    opened = Postings.open(folder)

    assert all(isinstance(getattr(opened, name).base, np.memmap) for name in ARRAYS)


def test_opened_postings_score_as_the_compiled_ones(folder: Path) -> None:
    """Scores, counts and idf are the same before and after saving."""
    compiled, opened = compile_postings(DOCUMENTS), Postings.open(folder)

    for query in (["park"], ["library", "park", "park"], ["straße"], ["tram"], []):
        np.testing.assert_array_equal(opened.scores(query), compiled.scores(query))
    assert [opened.holding(term) for term in ("park", "über", "tram")] == [2, 1, 0]
    assert opened.idf("park") == compiled.idf("park")


@pytest.mark.parametrize("documents", [[], [[], []]], ids=["none", "two"])
def test_postings_without_terms_survive_saving(tmp_path: Path, documents: list[list[str]]) -> None:
    """A collection without a single term is saved and opened like any other."""
    compile_postings(documents).save(tmp_path / "postings")

    assert Postings.open(tmp_path / "postings").scores(["park"]).tolist() == [0.0] * len(documents)


@given(documents=st.lists(st.lists(st.text(min_size=1, max_size=4), max_size=4), max_size=5))
def test_every_term_is_found_in_exactly_its_rows(documents: list[list[str]]) -> None:
    """Whatever the script of a term, its postings are the rows that hold it, and no others."""
    postings = compile_postings(documents)

    for term in {term for document in documents for term in document}:
        rows = [row for row, document in enumerate(documents) if term in document]
        assert np.flatnonzero(postings.scores([term])).tolist() == rows
        assert postings.holding(term) == len(rows)
        assert postings.rows_holding(term).tolist() == rows


@pytest.mark.parametrize("name", ARRAYS)
def test_a_missing_array_is_damage(folder: Path, name: str) -> None:
    """Postings without one of their arrays are refused, and the message names the file."""
    (folder / f"{name}.npy").unlink()

    with pytest.raises(IndexDamaged, match=rf"postings/{name}\.npy cannot be read"):
        Postings.open(folder)


@pytest.mark.parametrize("kept", [0, 3, 40, 130], ids=["all", "magic", "header", "data"])
@pytest.mark.parametrize("name", ARRAYS)
def test_an_array_that_was_cut_short_is_damage(folder: Path, name: str, kept: int) -> None:
    """Wherever a file was cut, it is refused by name."""
    path = folder / f"{name}.npy"
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(IndexDamaged, match=rf"postings/{name}\.npy cannot be read"):
        Postings.open(folder)


@pytest.mark.parametrize("name", ARRAYS)
def test_a_header_with_any_flipped_bit_is_damage_or_harmless(folder: Path, name: str) -> None:
    """Whatever bit of a header is wrong, opening raises IndexDamaged and nothing else."""
    path = folder / f"{name}.npy"
    content = bytearray(path.read_bytes())
    refused = 0
    for position in range(128):
        for bit in (0x01, 0x20, 0x80):
            content[position] ^= bit
            path.write_bytes(content)
            content[position] ^= bit
            try:
                opened = Postings.open(folder)
            except IndexDamaged:
                refused += 1
            else:
                assert getattr(opened, name).dtype == getattr(compile_postings([]), name).dtype
    assert refused > 250, "most of a header decides how the data is read"


def test_arrays_of_two_collections_are_damage(folder: Path, tmp_path: Path) -> None:
    """Arrays that are each whole but do not belong together are refused."""
    compile_postings([["park"], ["tram", "bridge"]]).save(tmp_path / "others")
    (tmp_path / "others" / "rows.npy").replace(folder / "rows.npy")

    with pytest.raises(IndexDamaged, match="do not belong together"):
        Postings.open(folder)


def test_a_posting_of_a_row_that_is_not_there_is_damage(folder: Path) -> None:
    """A row number out of range is named with its term instead of failing inside numpy."""
    rows = np.load(folder / "rows.npy")
    rows[:] = 1_000_000
    np.save(folder / "rows.npy", rows)

    with pytest.raises(IndexDamaged, match="'park'"):
        Postings.open(folder).scores(["park"])
