"""Word vectors of a generation: one for each term, small, and near the exact ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import corpus
from corpus import Span, passages_of, read_collection
from index import IndexDamaged, SentenceEncoder, WordVectors, build_index, terms, word_spans
from index.build import encoded_string
from index.dense import VectorStore, key_of, save_places, segments_of
from index.dense.encoder import WORD_DIMENSIONS
from index.dense.word_vectors import compressed, projected
from tests.hash_encoder import DIMENSIONS, HashEncoder, word_vector
from tests.index.conftest import Town
from tests.index.invented import opened, question_words

Vectors = NDArray[np.float32]


def directions(count: int, dimensions: int, seed: int) -> Vectors:
    """Random vectors of length one."""
    vectors = np.random.default_rng(seed).standard_normal((count, dimensions))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def orthonormal(dimensions: int, axes: int) -> Vectors:
    return np.linalg.qr(np.random.default_rng(3).standard_normal((dimensions, axes)))[0].astype(
        np.float32
    )


def in_bytes(words: Vectors) -> NDArray[np.int8]:
    """Words of norm 1 as they are kept, on all their axes."""
    return compressed(words, np.eye(words.shape[1], dtype=np.float32))


def held(rows: list[NDArray[np.int8]]) -> WordVectors:
    """The rows, in two segments: even rows in one, odd rows in the other."""
    segments: list[list[NDArray[np.int8]]] = [[], []]
    places = []
    for row, words in enumerate(rows):
        segment = segments[row % 2]
        places.append((row % 2, sum(map(len, segment)), len(words)))
        segment.append(words)
    axes = rows[0].shape[1]
    glued = (np.concatenate([np.zeros((0, axes), np.int8), *segment]) for segment in segments)
    return WordVectors(np.eye(axes, dtype=np.float32), np.array(places), tuple(glued))


def test_each_term_of_title_and_passage_has_a_vector_in_order(built: Town) -> None:
    """Row n has the vectors of its title's terms and then of its passage's: here, with an encoder
    that knows no context, those of the words themselves."""
    with opened(built.index) as index:
        assert index.words is not None
        for row in range(len(index)):
            passage = index.passage(row)
            string, title = encoded_string(passage), passage.article.metadata.title or ""
            expected = np.stack([word_vector(span.of(string)) for span in word_spans(string)])

            words = index.words.of(row)

            assert (words.dtype, words.shape[1]) == (np.int8, WORD_DIMENSIONS)
            assert len(words) == len(terms(title)) + len(terms(passage.text))
            np.testing.assert_allclose(words / 127, expected, atol=0.5 / 127 + 1e-6)


def test_word_vectors_have_norm_one_within_rounding(built: Town) -> None:
    """Each byte is off by half a step at most: norms are within .035 of 1."""
    with opened(built.index) as index:
        assert index.words is not None
        for row in range(len(index)):
            norms = np.linalg.norm(index.words.of(row) / 127, axis=1)
            np.testing.assert_allclose(norms, 1, atol=0.5 / 127 * WORD_DIMENSIONS**0.5)


def test_a_word_is_nearest_to_itself(built: Town) -> None:
    """The words of a question that stand in a passage have a cosine of 1 there."""
    with opened(built.index) as index:
        assert index.words is not None
        asked = index.words.projected(question_words())
        rows = range(len(index))
        best = index.words.best_cosines(asked, rows)

        question = "Who opened the park and the library, and who closed the bridge?"
        for row in rows:
            present = set(terms(encoded_string(index.passage(row))))
            for column, term in enumerate(terms(question)):
                assert (best[row, column] > 0.98) == (term in present)


@given(
    counts=st.lists(st.integers(0, 4), min_size=1, max_size=8),
    asked=st.integers(0, 4),
    data=st.data(),
)
def test_best_cosines_are_those_of_a_plain_double_loop(
    counts: list[int], asked: int, data: st.DataObject
) -> None:
    """Rows in any order, repeated or not, some without words: for each row and word of the
    question the largest cosine, or 0 where the row has no word."""
    rows = [in_bytes(directions(count, 6, seed)) for seed, count in enumerate(counts)]
    question = directions(asked, 6, seed=99)
    chosen = data.draw(st.lists(st.sampled_from(range(len(rows))), max_size=10))

    best = held(rows).best_cosines(question, chosen)

    assert (best.shape, best.dtype) == ((len(chosen), asked), np.float32)
    for position, row in enumerate(chosen):
        for column in range(asked):
            expected = max((rows[row] / 127 @ question[column]).tolist(), default=0)
            assert best[position, column] == pytest.approx(expected, abs=1e-5)


def test_rows_without_words_give_zero() -> None:
    """Such a row is no better than one about nothing asked, and its neighbours are as ever."""
    near = directions(1, 6, seed=1)
    words = held([in_bytes(near), in_bytes(directions(0, 6, seed=2)), in_bytes(-near)])

    best = words.best_cosines(near, [1, 0, 1, 2, 1])

    np.testing.assert_allclose(best[:, 0], [0, 1, 0, -1, 0], atol=0.02)
    assert best[[0, 2, 4]].tolist() == [[0], [0], [0]]


def test_a_question_without_words_gives_no_columns() -> None:
    """And no rows give no rows."""
    words = held([in_bytes(directions(3, 6, seed=1))])

    assert words.best_cosines(directions(0, 6, seed=2), [0, 0]).shape == (2, 0)
    assert words.best_cosines(directions(2, 6, seed=2), []).shape == (0, 2)


def test_cosines_with_each_word_of_a_row() -> None:
    """A row for each word of the question, a column for each word of the passage, in order."""
    rows = [directions(4, 6, seed=1), directions(3, 6, seed=2)]
    question = directions(2, 6, seed=3)

    cosines = held([in_bytes(row) for row in rows]).cosines(question, 1)

    assert (cosines.shape, cosines.dtype) == ((2, 3), np.float32)
    np.testing.assert_allclose(cosines, question @ rows[1].T, atol=0.02)


def test_bytes_are_near_the_exact_cosines() -> None:
    """Rounding to bytes moves no cosine of 64 axes by more than .02."""
    basis = orthonormal(384, WORD_DIMENSIONS)
    words, question = 3 * directions(500, 384, seed=1), projected(directions(40, 384, 2), basis)

    cosines = compressed(words, basis).astype(np.float32) @ question.T / 127

    np.testing.assert_allclose(cosines, projected(words, basis) @ question.T, atol=0.02)


def test_projected_words_have_norm_one_or_none() -> None:
    """Whatever their length before; a word that the encoder did not read stays zero."""
    basis = orthonormal(16, 4)
    words = np.concatenate([7 * directions(2, 16, seed=1), np.zeros((1, 16), np.float32)])

    on_axes = projected(words, basis)

    assert (on_axes.shape, on_axes.dtype) == ((3, 4), np.float32)
    np.testing.assert_allclose(np.linalg.norm(on_axes, axis=1), [1, 1, 0], atol=1e-6)
    assert compressed(words, basis)[2].tolist() == [0] * 4


def test_every_byte_is_within_its_range() -> None:
    """A word along one axis is 127 there, or minus 127, and never turns over."""
    words = np.concatenate([np.eye(4), -np.eye(4)]).astype(np.float32)

    np.testing.assert_array_equal(in_bytes(words), words * 127)


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Path, str]:
    """The folder of one generation's places, its store, and the store's one segment."""
    store, strings = VectorStore(tmp_path / "store"), ["The park is open.", "", "Gates."]
    basis = store.basis(HashEncoder())
    assert basis is not None
    name = store.add(
        strings, HashEncoder().encode_words(strings, [*map(word_spans, strings)]), basis
    )
    save_places(
        tmp_path / "words", basis, store.load([key_of(string) for string in strings]).places, [name]
    )
    return tmp_path / "words", store.folder, name


def test_what_was_saved_is_opened_again(saved: tuple[Path, Path, str]) -> None:
    """Basis, places and the names of segments come back; words are read from the segment."""
    folder, store, name = saved

    words = WordVectors.open(folder, store)

    assert segments_of(folder) == [name]
    assert [len(words.of(row)) for row in range(3)] == [2, 0, 1]
    assert words.basis.shape == (DIMENSIONS, WORD_DIMENSIONS)
    np.testing.assert_array_equal(words.of(2), in_bytes(word_vector("Gates")[None]))


def test_a_generation_without_word_vectors_needs_no_segment(tmp_path: Path) -> None:
    """Where nothing was saved, nothing is needed."""
    assert segments_of(tmp_path / "words") == []


def test_places_beyond_the_end_of_a_segment_are_damage(saved: tuple[Path, Path, str]) -> None:
    """A whole segment that holds fewer words than a generation reads there is refused by name."""
    folder, store, name = saved
    places = np.load(folder / "places.npy")
    places[2, 2] += 1
    np.save(folder / "places.npy", places)

    with pytest.raises(IndexDamaged, match=f"{name} end too early"):
        WordVectors.open(folder, store)


def test_a_segment_with_other_axes_is_damage(saved: tuple[Path, Path, str]) -> None:
    """Words that do not fit the basis are refused when they are opened, not in a search."""
    folder, store, name = saved
    np.save(folder / "basis.npy", np.eye(DIMENSIONS, 8, dtype=np.float32))

    with pytest.raises(IndexDamaged, match=f"{name} have other axes"):
        WordVectors.open(folder, store)


def test_an_unreadable_list_of_segments_is_damage(saved: tuple[Path, Path, str]) -> None:
    """It is refused by name."""
    folder, _, _ = saved
    (folder / "segments.json").write_bytes(b"[")

    with pytest.raises(IndexDamaged, match=r"segments\.json cannot be read"):
        segments_of(folder)


def test_a_passage_of_the_starter_collection_takes_at_most_four_kilobytes(tmp_path: Path) -> None:
    """Mean bytes of the word vectors of a passage."""
    build_index(Path(corpus.__file__).parent / "articles", tmp_path / "index", HashEncoder())

    with opened(tmp_path / "index") as index:
        assert index.words is not None
        sizes = [index.words.of(row).nbytes for row in range(len(index))]

    assert np.mean(sizes) <= 4096, np.mean(sizes)


@pytest.mark.encoder
def test_kept_bytes_are_near_the_exact_cosines_of_the_real_encoder(tmp_path: Path) -> None:
    """Passages through MiniLM and the store: cosines within .02 of those of floats."""
    minilm = SentenceEncoder()
    collection = read_collection(Path(corpus.__file__).parent / "articles")
    passages = [passage for article in collection.articles[:4] for passage in passages_of(article)]
    strings = [encoded_string(passage) for passage in passages]
    encoded = minilm.encode_words(strings, [word_spans(string) for string in strings])
    _, _, axes = np.linalg.svd(np.concatenate(encoded.words), full_matrices=False)
    basis = np.ascontiguousarray(axes[:WORD_DIMENSIONS].T)
    store = VectorStore(tmp_path / "store")
    store.add(strings, encoded, basis)
    kept = store.load([key_of(string) for string in strings])
    save_places(tmp_path / "words", basis, kept.places, kept.segments)
    (asked,) = minilm.encode_words(["Who closed the bridge?"], [[Span(4, 10), Span(15, 21)]]).words

    words = WordVectors.open(tmp_path / "words", store.folder)

    question = words.projected(asked)
    best = words.best_cosines(question, range(len(strings)))
    for row, exact in enumerate(encoded.words):
        expected = (projected(exact, basis) @ question.T).max(axis=0)
        np.testing.assert_allclose(best[row], expected, atol=0.02)
