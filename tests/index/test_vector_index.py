"""Nearest vectors, compared with an exact search in numpy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import IndexDamaged
from index.dense import VectorIndex, plan_for, vector_index
from index.dense.vector_index import PLANS, IndexPlan

EVERYTHING = float("inf")


def directions(count: int, dimensions: int = 64, seed: int = 7) -> NDArray[np.float32]:
    """Random vectors of length one."""
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def exact(
    vectors: NDArray[np.float32], vector: NDArray[np.float32], k: int, rows: list[int] | None = None
) -> list[int]:
    """The k nearest rows by brute force, equal cosines by row."""
    cosines = vectors.astype(float) @ vector.astype(float)
    allowed = range(len(vectors)) if rows is None else rows
    return sorted(allowed, key=lambda row: (-cosines[row], row))[:k]


def opened(vectors: NDArray[np.float32], folder: Path) -> VectorIndex:
    VectorIndex.build(vectors, folder / "vectors.faiss")
    return VectorIndex.open(folder / "vectors.faiss")


def plan(monkeypatch: pytest.MonkeyPatch, factory: str, probes: int | None = None) -> None:
    """Use this kind of index for every size."""
    monkeypatch.setattr(vector_index, "PLANS", (IndexPlan(EVERYTHING, factory, probes),))


def test_a_flat_index_finds_exactly_the_nearest_rows(tmp_path: Path) -> None:
    """Rows and cosines are those of an exhaustive search, nearest first."""
    vectors, questions = directions(500), directions(20, seed=8)
    index = opened(vectors, tmp_path)

    for question in questions:
        rows, cosines = index.search(question, 10)
        assert rows.tolist() == exact(vectors, question, 10)
        np.testing.assert_allclose(cosines, vectors[rows] @ question, rtol=1e-5, atol=1e-6)


def test_an_index_knows_its_size(tmp_path: Path) -> None:
    """Rows and dimensions are those of what was indexed."""
    index = opened(directions(30, dimensions=48), tmp_path)

    assert (len(index), index.dimensions) == (30, 48)


@given(
    corners=st.lists(st.lists(st.sampled_from([-0.5, 0.5]), min_size=4, max_size=4), min_size=1),
    k=st.integers(1, 12),
)
def test_equal_cosines_are_ordered_by_row(
    new_folder: Callable[[], Path], corners: list[list[float]], k: int
) -> None:
    """However many vectors are equally near, the ranking is by cosine and then by row."""
    vectors = np.array(corners, dtype=np.float32)  # products of halves are exact
    index = opened(vectors, new_folder())
    question = np.array([0.5, 0.5, 0.5, 0.5], dtype=np.float32)

    rows, _ = index.search(question, k)

    assert rows.tolist() == exact(vectors, question, k)


@pytest.mark.parametrize("copies", [17, 100, 300])
def test_copies_at_the_edge_of_the_ranking_are_cut_by_row(tmp_path: Path, copies: int) -> None:
    """Of many copies of one passage only the first rows stay, though better rows come later."""
    near, copy = np.eye(2, dtype=np.float32) * 0.8 + np.eye(2, dtype=np.float32)[::-1] * 0.6
    vectors = np.concatenate([np.tile(copy, (copies, 1)), np.tile(near, (40, 1))])
    question = np.array([1, 0], dtype=np.float32)

    rows, _ = opened(vectors, tmp_path).search(question, 45)

    assert rows.tolist() == [*range(copies, copies + 40), 0, 1, 2, 3, 4]


@pytest.mark.parametrize("factory", ["Flat", "SQfp16"])
@pytest.mark.parametrize(
    "rows",
    [[], [17], [3, 5, 8, 299], list(range(0, 300, 2)), list(range(300))],
    ids=["none", "one", "few", "half", "all"],
)
def test_only_filtered_rows_are_found_and_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factory: str, rows: list[int]
) -> None:
    """With a filter the result is the exact ranking of its rows, cut at k."""
    plan(monkeypatch, factory)
    vectors = np.eye(300, dtype=np.float32)
    question = np.linspace(1, 2, 300, dtype=np.float32) ** 4
    question /= np.linalg.norm(question)

    found, cosines = opened(vectors, tmp_path).search(question, 50, np.array(rows, dtype=np.int64))

    assert found.tolist() == exact(vectors, question, 50, rows)
    np.testing.assert_allclose(cosines, question[found], rtol=1e-6)


def test_a_narrow_filter_on_an_index_of_lists_misses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter that leaves one row finds it, in whichever of the index's lists it lies."""
    plan(monkeypatch, "IVF16,SQ8", probes=2)
    vectors = directions(1000)
    index = opened(vectors, tmp_path)

    found = [index.search(vectors[0], 5, np.array([row]))[0].tolist() for row in range(1000)]

    assert found == [[row] for row in range(1000)]


@pytest.mark.parametrize("factory", ["IVF16,SQ8", "IVF16_HNSW32,SQ8"])
def test_filtered_search_of_lists_finds_only_allowed_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factory: str
) -> None:
    """A wide filter on an index of lists lets no other row through and finds nearly the best."""
    plan(monkeypatch, factory, probes=8)
    vectors, questions = directions(1000), directions(30, seed=8)
    even = np.arange(0, 1000, 2)
    index = opened(vectors, tmp_path)

    recall = []
    for question in questions:
        rows = index.search(question, 10, even)[0].tolist()
        assert all(row % 2 == 0 for row in rows)
        recall.append(len(set(rows) & set(exact(vectors, question, 10, even.tolist()))) / 10)
    assert np.mean(recall) >= 0.9


@pytest.mark.parametrize(("factory", "least"), [("SQfp16", 0.95), ("Flat", 1.0)])
def test_recall_of_each_exhaustive_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factory: str, least: float
) -> None:
    """recall@10 against exact search, averaged over 100 questions, and cosines within 1e-3."""
    plan(monkeypatch, factory)
    vectors, questions = directions(3000), directions(100, seed=9)
    index = opened(vectors, tmp_path)

    recall = []
    for question in questions:
        rows, cosines = index.search(question, 10)
        recall.append(len(set(rows.tolist()) & set(exact(vectors, question, 10))) / 10)
        np.testing.assert_allclose(cosines, vectors[rows] @ question, atol=1e-3)
    assert np.mean(recall) >= least


@pytest.mark.parametrize(
    ("factory", "probes", "within"),
    [
        ("Flat", None, 1e-6),
        ("SQfp16", None, 1e-3),
        ("IVF16,SQ8", 2, 0.01),
        ("IVF16_HNSW32,SQ8", 2, 0.01),
    ],
)
def test_cosines_of_chosen_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factory: str, probes: int | None, within: float
) -> None:
    """Whatever the kind of index, and wherever a row lies in it, each row asked for has its
    cosine, in the order asked for, repetitions kept."""
    plan(monkeypatch, factory, probes)
    vectors, (question,) = directions(1000), directions(1, seed=8)
    index = opened(vectors, tmp_path)
    rows = [999, 0, 5, 5, *range(100, 200)]

    cosines = index.cosines(question, rows)

    assert (cosines.dtype, cosines.shape) == (np.float32, (104,))
    np.testing.assert_allclose(cosines, vectors[rows] @ question, atol=within)
    found, near = index.search(question, 10)
    np.testing.assert_allclose(index.cosines(question, found.tolist()), near, atol=1e-5)


def test_cosines_of_no_rows_are_none(tmp_path: Path) -> None:
    """An empty list of rows gives an empty array."""
    assert opened(directions(5), tmp_path).cosines(directions(1)[0], []).tolist() == []


@pytest.mark.parametrize("k", [5, 6, 1000])
def test_asking_for_more_than_there_is_gives_everything(tmp_path: Path, k: int) -> None:
    """With k at or beyond the size, every row comes once, nearest first."""
    vectors = directions(5)

    rows, cosines = opened(vectors, tmp_path).search(vectors[2], k)

    assert rows.tolist() == exact(vectors, vectors[2], 5)
    assert len(cosines) == 5


def test_asking_for_nothing_gives_nothing(tmp_path: Path) -> None:
    """k = 0 is an empty ranking, not an error."""
    rows, cosines = opened(directions(5), tmp_path).search(directions(1)[0], 0)

    assert (rows.tolist(), cosines.tolist()) == ([], [])


@pytest.mark.parametrize(
    ("passages", "factory"),
    [
        (0, "Flat"),
        (20_000, "Flat"),
        (20_001, "SQfp16"),
        (100_000, "SQfp16"),
        (100_001, "IVF1024,SQfp16"),
        (500_000, "IVF1024,SQfp16"),
        (500_001, "IVF4096,SQfp16"),
        (3_000_000, "IVF4096,SQfp16"),
        (3_000_001, "IVF16384_HNSW32,SQ8"),
        (10**9, "IVF16384_HNSW32,SQ8"),
    ],
)
def test_the_kind_of_index_follows_the_size(passages: int, factory: str) -> None:
    """Exact search up to 20,000 passages, then half precision, then lists."""
    assert plan_for(passages).factory == factory


@pytest.mark.parametrize("chosen", PLANS, ids=lambda chosen: chosen.factory)
def test_faiss_knows_every_planned_kind(chosen: IndexPlan) -> None:
    """Each plan's factory string makes an index of 384 dimensions by inner product."""
    index = faiss.index_factory(384, chosen.factory, faiss.METRIC_INNER_PRODUCT)

    assert (index.d, index.metric_type) == (384, faiss.METRIC_INNER_PRODUCT)
    assert (chosen.probes is not None) == chosen.factory.startswith("IVF")


def test_the_plan_decides_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A collection beyond the first threshold is stored in half precision: fewer bytes a row."""
    thresholds = (IndexPlan(10, "Flat"), IndexPlan(EVERYTHING, "SQfp16"))
    monkeypatch.setattr(vector_index, "PLANS", thresholds)

    VectorIndex.build(directions(10), tmp_path / "ten")
    VectorIndex.build(directions(11), tmp_path / "eleven")

    assert type(faiss.read_index(str(tmp_path / "ten"))) is faiss.IndexFlatIP
    assert type(faiss.read_index(str(tmp_path / "eleven"))) is faiss.IndexScalarQuantizer


def test_equal_vectors_give_equal_bytes(tmp_path: Path) -> None:
    """Building twice from the same vectors writes the same file."""
    VectorIndex.build(directions(100), tmp_path / "one")
    VectorIndex.build(directions(100), tmp_path / "two")

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("kept", [0, 10, 100], ids=["empty", "magic", "header"])
def test_a_file_that_faiss_cannot_read_is_damage(tmp_path: Path, kept: int) -> None:
    """A cut file raises IndexDamaged, naming the file."""
    path = tmp_path / "vectors.faiss"
    VectorIndex.build(directions(10), path)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(IndexDamaged, match=r"vectors\.faiss"):
        VectorIndex.open(path)
