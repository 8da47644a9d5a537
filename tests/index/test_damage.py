"""A damaged file is named, never believed, and mended by the next build."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import sha256_of, text_sha256
from index import Filter, Generations, IndexDamaged, IndexProblem, NoIndex, defects_of, terms
from index.dense import vector_store
from index.store import manifest
from retrieval import verify_index
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.invented import (
    QUESTION,
    assert_equal_builds,
    changes,
    opened,
    parts,
    question_vector,
    question_words,
    seen,
)

POSTINGS = tuple(
    f"postings/{name}.npy"
    for name in ("letters", "ends", "starts", "rows", "counts", "weights", "lengths", "size")
)
WORDS = ("words/basis.npy", "words/places.npy", "words/segments.json")
IN_GENERATION = ("manifest.json", "catalogue.db", *POSTINGS, "vectors.faiss", *WORDS)
IN_INDEX = ("CURRENT", "history", "remembered", "lock", "articles.db")


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path, position: int | None = None, bit: int = 0x01) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if position is None else position] ^= bit
    path.write_bytes(content)


def delete(path: Path) -> None:
    path.unlink()


DAMAGES = pytest.mark.parametrize("damage", [cut, empty, flip, delete], ids=lambda d: d.__name__)


@pytest.fixture
def damaged(town: Town) -> Town:
    """An index with one long article, so that the middle of every file holds something."""
    chapters = "\n\n".join(
        f"Chapter {number} of the chronicle of Thornby tells of flood number {number}."
        for number in range(400)
    )
    town.write("chronicle.txt", f"The chronicle of Thornby was found in a shed.\n\n{chapters}\n")
    town.build()
    return town


def locate(index: Path, name: str) -> Path:
    if name == "a segment":
        return next((index / "vectors").rglob("*.npy"))
    if name == "the basis":
        return next((index / "vectors").rglob("*.basis"))
    if name in IN_INDEX:
        return index / name
    return Generations(index).folder(Generations(index).current().generation) / name


def answer(index: Path) -> list[str]:
    """Search with and without a filter, and read what was found; every passage is exact."""
    words = []
    with opened(index) as searched:
        for chosen in (None, Filter(publisher="Thornby Gazette"), Filter("2021-01-01")):
            found = searched.search(question_vector(), terms(QUESTION), 5, chosen)
            if searched.words is not None:
                asked = searched.words.projected(question_words())
                nearest = searched.words.best_cosines(asked, range(len(searched)))
                assert nearest.shape == (len(searched), len(asked))
            for row in {*found.lexical.rows, *found.dense.rows}:
                passage = searched.passage(row)
                text, span = passage.article.text, passage.span
                assert passage.text == text[span.start : span.end]
                assert passage.passage_id.split(":")[0] == text_sha256(text)
                words.append(passage.text)
    return words


def require_mended(town: Town, before: dict[str, object]) -> tuple[str, ...]:
    """The next build makes the index whole; gives what it says it mended."""
    report = town.build()
    assert seen(town.index) == before
    with opened(town.index) as mended:
        assert verify_index(mended).defects == ()
        mended.history()
    assert not town.build().published
    return report.mended


@DAMAGES
@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("CURRENT", r"CURRENT|manifest\.json"),
        ("manifest.json", r"manifest\.json"),
        ("catalogue.db", r"catalogue\.db"),
        ("vectors.faiss", r"vectors\.faiss"),
        ("words/basis.npy", r"words/basis\.npy"),
        ("words/places.npy", r"words/places\.npy"),
        ("words/segments.json", r"words/segments\.json"),
        ("articles.db", r"articles\.db"),
    ],
)
def test_a_damaged_file_is_named_and_mended(
    damaged: Town, name: str, named: str, damage: Callable[[Path], None]
) -> None:
    """Reading raises IndexDamaged naming the file and the command; that command mends it."""
    before = seen(damaged.index)
    damage(locate(damaged.index, name))
    gone = (name, damage) == ("CURRENT", delete)

    with pytest.raises(NoIndex if gone else IndexDamaged, match="onrecord build") as refused:
        seen(damaged.index)

    mended = require_mended(damaged, before)
    if not gone:
        refused.match(named)
        assert any(name in sentence or "manifest" in sentence for sentence in mended)


@pytest.mark.parametrize("damage", [cut, empty, delete], ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", POSTINGS)
def test_damaged_postings_are_named_and_mended(
    damaged: Town, name: str, damage: Callable[[Path], None]
) -> None:
    """Postings that are missing or cut short are refused by name at opening, and mended."""
    before = seen(damaged.index)
    damage(locate(damaged.index, name))

    with pytest.raises(IndexDamaged, match=name):
        answer(damaged.index)

    assert name in "".join(require_mended(damaged, before))


@pytest.mark.parametrize("name", POSTINGS)
def test_a_flipped_byte_of_the_postings_is_named(damaged: Town, name: str) -> None:
    """Wherever a byte is wrong, nothing is answered and the file is named; the next build mends
    it."""
    before, path = seen(damaged.index), locate(damaged.index, name)
    size = path.stat().st_size
    for position in range(0, size, max(1, size // 40)):
        flip(path, position, 0x80)
        with pytest.raises(IndexDamaged, match=name):
            answer(damaged.index)
        flip(path, position, 0x80)

    flip(path)
    with opened(damaged.index) as index:
        (defect,) = verify_index(index).defects
    assert f"{name} was altered" in defect
    assert name in "".join(require_mended(damaged, before))


@pytest.mark.parametrize(
    "name", ["catalogue.db", "vectors.faiss", *WORDS, "CURRENT", "manifest.json"]
)
def test_a_flipped_byte_anywhere_is_noticed(damaged: Town, name: str) -> None:
    """Whichever byte of these is wrong, nothing is answered from them."""
    path = locate(damaged.index, name)
    size = path.stat().st_size - 1  # the last of CURRENT is a line's end
    for position in range(0, size, max(1, size // 40)):
        flip(path, position, 0x20)
        with pytest.raises(IndexDamaged):
            answer(damaged.index)
        flip(path, position, 0x20)
    assert answer(damaged.index)


def test_a_flipped_byte_of_the_texts_never_shows(damaged: Town) -> None:
    """Whichever byte of articles.db is wrong, a text is exact or refused, and a build mends."""
    before, path = seen(damaged.index), damaged.index / "articles.db"
    whole = path.read_bytes()
    refused = 0
    for position in range(1, len(whole), len(whole) // 60):
        flip(path, position, 0x20)
        refusal = None
        try:
            assert seen(damaged.index) == before
        except IndexDamaged as error:
            refusal = str(error)
        if refusal is not None:
            assert "articles.db" in refusal
            refused += 1
            damaged.build()
            assert seen(damaged.index) == before
        path.write_bytes(whole)
    assert refused > 30


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    [
        *(name for name in IN_GENERATION if name != "words/basis.npy"),  # 16 kB, read only hashed
        *("articles.db", "CURRENT", "history", "a segment"),
    ],
)
def test_every_single_flipped_byte_is_noticed_or_harmless(built: Town, name: str) -> None:
    """All bytes of every file, three bits each: exact words or an error of the index."""
    path = locate(built.index, name)
    for position in range(path.stat().st_size):
        for bit in (0x01, 0x20, 0x80):
            flip(path, position, bit)
            try:
                answer(built.index)
                changes(built.index)
            except IndexProblem:
                pass
            flip(path, position, bit)
    assert answer(built.index)


def test_a_damaged_text_store_is_set_aside_whole(damaged: Town) -> None:
    """A damaged articles.db is kept under another name, since it may hold the only copy of a
    text that is in the folder no more."""
    path = damaged.index / "articles.db"
    flip(path)
    content = path.read_bytes()

    (sentence,) = damaged.build().mended

    (aside,) = damaged.index.glob("articles.db.damaged-*")
    assert aside.read_bytes() == content
    assert aside.name in sentence


def test_a_lost_text_store_is_made_again(damaged: Town) -> None:
    """Without articles.db nothing is shown; a build stores the texts of the folder again and
    says how many."""
    before = seen(damaged.index)
    delete(damaged.index / "articles.db")

    assert damaged.build().mended == (f"{damaged.index / 'articles.db'} lacked 5 texts",)
    assert seen(damaged.index) == before


@DAMAGES
def test_a_damaged_history_costs_no_answer(damaged: Town, damage: Callable[[Path], None]) -> None:
    """The history is refused by name or empty, what is found stays, and a build mends it."""
    damaged.write("gate.txt", "The gate is open.")
    damaged.build()
    before = seen(damaged.index)
    flip_in_structure = (lambda path: flip(path, 0)) if damage is flip else damage
    flip_in_structure(damaged.index / "history")

    assert seen(damaged.index) == before
    if damage in (cut, flip):
        with pytest.raises(IndexDamaged, match="history cannot be read"):
            changes(damaged.index)
    mended = require_mended(damaged, before)

    assert changes(damaged.index)[-1] == ("added", "gate")
    assert ("history" in "".join(mended)) == (damage in (cut, flip))


@DAMAGES
@pytest.mark.parametrize("name", ["remembered", "lock"])
def test_what_only_builds_need_costs_no_answer(
    damaged: Town, name: str, damage: Callable[[Path], None]
) -> None:
    """A damaged note or lock changes no answer, and the next build copes."""
    before = seen(damaged.index)
    damage(locate(damaged.index, name))

    assert seen(damaged.index) == before
    assert require_mended(damaged, before) == ()
    damaged.write("gate.txt", "The gate is open.")
    damaged.build()
    assert_equal_builds(damaged.index, damaged.fresh())


@pytest.mark.parametrize("damage", [cut, empty, delete], ids=lambda d: d.__name__)
def test_a_segment_that_a_generation_needs_is_named_and_mended(
    damaged: Town, damage: Callable[[Path], None]
) -> None:
    """Word vectors are read where they were first kept: a segment that is missing or cut is
    refused by name, and the next build makes it again."""
    before, path = seen(damaged.index), locate(damaged.index, "a segment")
    damage(path)

    with opened(damaged.index) as index:
        with pytest.raises(IndexDamaged, match=path.name):
            index.open_all()
        (defect,) = index.damaged_parts()
    assert defect == f"{path} is missing or was altered"
    with pytest.raises(IndexDamaged, match="onrecord build"):
        answer(damaged.index)

    assert require_mended(damaged, before) == (defect,)


def test_a_flipped_byte_of_a_word_vector_is_found_and_mended(damaged: Town) -> None:
    """A byte of a segment may move a cosine. Answers stay exact words; `verify` names the file,
    and the next build mends it."""
    before, path = seen(damaged.index), locate(damaged.index, "a segment")
    flip(path, path.stat().st_size - 1, 0x80)

    assert answer(damaged.index)
    with opened(damaged.index) as index:
        assert verify_index(index).defects == (f"{path} is missing or was altered",)

    assert require_mended(damaged, before) == (f"{path} is missing or was altered",)


def test_a_flipped_byte_of_a_segment_never_raises_in_a_search(built: Town) -> None:
    """Whichever bit of a header is wrong, opening says so or nobody notices; a search never
    fails."""
    path = locate(built.index, "a segment")
    content = path.read_bytes()
    headers = [content.index(b"\x93NUMPY"), content.rindex(b"\x93NUMPY")]
    refused = 0
    for start in headers:
        for position in range(start, start + 128):
            for bit in (0x01, 0x02, 0x04, 0x10, 0x40, 0x80):
                flip(path, position, bit)
                with opened(built.index) as index:
                    try:
                        index.open_all()
                    except IndexDamaged as error:
                        assert path.name in str(error)  # noqa: PT017
                        refused += 1
                    else:
                        assert answer(built.index)
                flip(path, position, bit)
    assert refused > 300
    assert answer(built.index)


def test_damage_elsewhere_hides_no_damaged_segment(damaged: Town) -> None:
    """Several damaged files are named together, the segment among them."""
    before, path = seen(damaged.index), locate(damaged.index, "a segment")
    flip(path)
    delete(locate(damaged.index, "postings/rows.npy"))

    mended = require_mended(damaged, before)

    assert ["rows.npy" in mended[0], path.name in mended[1]] == [True, True]


def test_a_segment_that_no_generation_needs_costs_nothing(damaged: Town) -> None:
    """What only an older build needed is neither damage nor looked at."""
    old = set((damaged.index / "vectors").rglob("*.npy"))
    damaged.write("gate.txt", "The gate is open.")
    damaged.build()
    (spare,) = set((damaged.index / "vectors").rglob("*.npy")) - old
    damaged.remove("gate.txt")
    damaged.build()
    before = seen(damaged.index)
    delete(spare)

    assert require_mended(damaged, before) == ()


@DAMAGES
def test_a_damaged_basis_is_named_and_put_back(
    damaged: Town, damage: Callable[[Path], None], encoder: HashEncoder
) -> None:
    """The generation holds a copy of the store's basis: no answer changes, `verify` names the
    file, and the next build puts it back without encoding anything."""
    before, path = seen(damaged.index), locate(damaged.index, "the basis")
    damage(path)

    assert seen(damaged.index) == before
    with opened(damaged.index) as index:
        assert verify_index(index).defects == (f"{path} is missing or was altered",)
    assert damaged.build(encoder).mended == (f"{path} is missing or was altered",)
    assert encoder.encoded == []
    assert require_mended(damaged, before) == ()


class Unable(HashEncoder):
    """An encoder whose every call fails."""

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        raise RuntimeError("no memory")


def test_a_build_that_fails_without_a_basis_costs_no_answer(damaged: Town) -> None:
    """With the basis lost, a build that fails later leaves the old index answering, words too."""
    before = seen(damaged.index)
    delete(locate(damaged.index, "the basis"))
    damaged.write("gate.txt", "The gate is open.")

    with pytest.raises(RuntimeError, match="no memory"):
        damaged.build(Unable())

    assert seen(damaged.index) == before
    assert answer(damaged.index)


def test_a_basis_that_is_lost_everywhere_encodes_everything_anew(
    damaged: Town, encoder: HashEncoder
) -> None:
    """Nothing compressed with a basis that no file holds any more is used: the next build encodes
    every string."""
    old = set((damaged.index / "vectors").rglob("*.npy"))
    delete(locate(damaged.index, "the basis"))
    flip(locate(damaged.index, "words/basis.npy"))
    damaged.write("gate.txt", "The gate is open.")

    report = damaged.build(encoder)

    assert report.encoded == report.passages == len(encoder.encoded)
    assert not old & set((damaged.index / "vectors").rglob("*.npy"))
    assert_equal_builds(damaged.index, damaged.fresh())


def test_strings_of_a_damaged_segment_are_encoded_again(
    damaged: Town, encoder: HashEncoder
) -> None:
    """A vector that cannot be trusted is made anew when it is needed: here for every passage."""
    before = parts(damaged.index)
    flip(locate(damaged.index, "a segment"))
    delete(locate(damaged.index, "vectors.faiss"))

    damaged.build(encoder)

    assert len(encoder.encoded) == Generations(damaged.index).current().passages
    assert parts(damaged.index) == before


def test_an_index_without_vectors_of_words_gets_them(damaged: Town) -> None:
    """A generation of before there were such vectors is rebuilt though no article has changed."""
    whole = seen(damaged.index)
    folder = locate(damaged.index, "words")
    shutil.rmtree(folder)
    manifest, current = folder.with_name("manifest.json"), damaged.index / "CURRENT"
    content = json.loads(manifest.read_bytes())
    content["parts"] = [part for part in content["parts"] if not part["path"].startswith("words/")]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    digest = hashlib.sha256(manifest.read_bytes()).hexdigest()
    current.write_text(f"{folder.parent.name} {digest}\n", encoding="utf-8")
    assert seen(damaged.index)["words"] is None

    assert damaged.build().published

    assert seen(damaged.index) == whole
    assert not damaged.build().published


@pytest.mark.parametrize("name", ["history", "remembered"])
def test_a_flipped_byte_of_a_note_is_found_and_mended(damaged: Town, name: str) -> None:
    """Whichever byte is wrong, also in a date or a path, `verify` names the file, nothing is
    believed that was not written, and a build mends it."""
    before, path = seen(damaged.index), damaged.index / name
    history = Generations(damaged.index).history()
    remembered = Generations(damaged.index).remembered()
    size = path.stat().st_size - 1  # the last is a line's end
    for position in range(0, size, max(1, size // 60)):
        flip(path, position)
        with opened(damaged.index) as index:
            (defect,) = verify_index(index).defects
        assert str(path) in defect
        assert "onrecord build" in defect
        if name == "history":
            with pytest.raises(IndexDamaged, match="history cannot be read"):
                Generations(damaged.index).history()
        else:
            assert Generations(damaged.index).remembered() is None
        flip(path, position)

    flip(path, size // 2)
    require_mended(damaged, before)
    assert Generations(damaged.index).remembered() == remembered
    if name == "remembered":
        assert Generations(damaged.index).history() == history


def test_a_lost_history_is_found(damaged: Town) -> None:
    """A history that tells of no generation though there was one before is a defect."""
    damaged.write("gate.txt", "The gate is open.")
    damaged.build()
    delete(damaged.index / "history")

    with opened(damaged.index) as index:
        (defect,) = verify_index(index).defects
    assert f"history lacks generation {Generations(damaged.index).current().generation}" in defect


@pytest.mark.parametrize("builds", [1, 2])
def test_a_history_that_lacks_only_the_last_publish_is_sound(damaged: Town, builds: int) -> None:
    """So it is between the switch and the note, and after a build that was killed there: nothing
    is lost, and the next build notes it."""
    if builds == 2:
        damaged.write("gate.txt", "The gate is open.")
        damaged.build()
    whole, path = changes(damaged.index), damaged.index / "history"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))

    with opened(damaged.index) as index:
        assert verify_index(index).defects == ()

    damaged.build()
    assert changes(damaged.index) == whole


def test_an_altered_text_of_an_earlier_version_is_found(damaged: Town) -> None:
    """Texts that only old citations need are checked too."""
    old = text_sha256("The gate is open.")
    damaged.write("gate.txt", "The gate is open.")
    damaged.build()
    damaged.remove("gate.txt")
    damaged.build()
    connection = sqlite3.connect(damaged.index / "articles.db")
    with connection:
        connection.execute("UPDATE text SET content = 'Shut.' WHERE sha256 = ?", (old,))
    connection.close()

    with opened(damaged.index) as index:
        (defect,) = verify_index(index).defects
    assert f"articles.db holds an altered text {old[:12]}" in defect


@pytest.mark.parametrize("name", ["a segment", "the basis", "vectors.faiss", "postings/rows.npy"])
def test_a_file_that_cannot_be_read_is_a_defect(
    damaged: Town, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails under one file, here simulated since tests may run as root, does not end
    the check: the file is named, and so is what is wrong elsewhere."""
    path = locate(damaged.index, name)
    flip(damaged.index / "remembered")
    hash_of = sha256_of

    def failing(asked: Path) -> str:
        if asked == path:
            raise OSError(errno.EIO, "Input/output error")
        return hash_of(asked)

    for module in (manifest, vector_store):
        monkeypatch.setattr(module, "sha256_of", failing)
    with opened(damaged.index) as index:
        unreadable, remembered = verify_index(index).defects
    assert str(path) in unreadable
    assert "remembered" in remembered


def test_every_defect_is_named_where_the_index_cannot_be_opened(damaged: Town) -> None:
    """Catalogue, vectors, a segment, a text and both notes: one run names all of them."""
    names = ["catalogue.db", "vectors.faiss", "a segment", "history", "remembered"]
    paths = [locate(damaged.index, name) for name in names]
    for path in paths:
        flip(path, 200 if path.name == "history" else None)
    connection = sqlite3.connect(damaged.index / "articles.db")
    with connection:
        connection.execute("UPDATE text SET content = 'Shut.' WHERE content LIKE 'The old bridge%'")
    connection.close()

    with pytest.raises(IndexDamaged):
        opened(damaged.index).__enter__()
    defects = list(defects_of(damaged.index))

    for path, defect in zip(paths, defects, strict=False):
        assert str(path) in defect
    assert "articles.db holds an altered text" in defects[-1]
    assert len(defects) == len(paths) + 1


def test_mending_notes_no_change_of_the_articles(damaged: Town) -> None:
    """When only the index was damaged, the history does not tell of added articles; what did
    change meanwhile is told as what it is."""
    history = changes(damaged.index)
    flip(locate(damaged.index, "vectors.faiss"))
    report = damaged.build()
    assert (report.published, report.added, report.kept) == (True, (), 5)
    assert changes(damaged.index) == history

    delete(locate(damaged.index, "postings/rows.npy"))
    damaged.remove("park.md")
    report = damaged.build()
    assert (report.added, report.removed, report.kept) == ((), ("park",), 4)
    assert changes(damaged.index) == [*history, ("removed", "park")]


def test_every_damaged_part_is_named(damaged: Town) -> None:
    """A build that mends several parts names each of them."""
    flip(locate(damaged.index, "vectors.faiss"))
    delete(locate(damaged.index, "postings/rows.npy"))

    mended = damaged.build().mended

    assert ["rows.npy" in mended[0], "vectors.faiss" in mended[1]] == [True, True]
    assert len(mended) == 2
