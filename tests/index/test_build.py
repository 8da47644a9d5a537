"""Building: what changed is read and encoded, the rest is kept, and nothing is lost on the way."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import CorpusError, Skip
from index import (
    BuildFailed,
    BuildReport,
    Generations,
    IndexTooNew,
    IndexTooOld,
    Progress,
    SearchIndex,
    build_index,
    folder_state,
    terms,
)
from index.build import encoded_string
from index.dense import segments_of
from retrieval import verify_index
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.invented import (
    BRIDGE,
    PARK,
    assert_equal_builds,
    changes,
    markdown,
    opened,
    parts,
    seen,
    stated,
    write_files,
)

PARK_STRINGS = [
    "Elmbridge opens a fourth park\n"
    "The council of Elmbridge opened its fourth park on Thursday. Children planted forty trees.",
    "Elmbridge opens a fourth park\n"
    "“It cost us 1,500 pounds and two years,” said Mara Quill, the council’s head of gardens.",
]
LIBRARY_STRING = (
    "Thornby library opens longer\n"
    "Thornby’s library will stay open until nine in the evening. Librarians asked for it.\n\n"
    "Readers in Thornby had collected two thousand signatures for longer evenings."
)
BRIEF_STRING = (
    "In short: the Wexcombe tram\n"
    "The Herald describes how Wexcombe planned a tram and never built it. It says that “the "
    "rails still lie in a shed”."
)
EVERY_STRING = [*PARK_STRINGS, LIBRARY_STRING, BRIDGE.strip(), BRIEF_STRING]


class NoEncoder(HashEncoder):
    """Fails when it is asked to encode anything."""

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(f"nothing was to be encoded, but {strings}")


class Failing(HashEncoder):
    """Encodes so many windows, then fails."""

    def __init__(self, windows: int, error: BaseException) -> None:
        super().__init__()
        self.windows, self.error = windows, error

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        if not self.windows:
            raise self.error
        self.windows -= 1
        return super().encode(strings)


def test_the_first_build_adds_every_article(town: Town, encoder: HashEncoder) -> None:
    """All articles are added, every passage is encoded once, and the report says so by value."""
    report = town.build(encoder)

    generation = Generations(town.index).current().generation
    assert report == BuildReport(
        generation=generation,
        published=True,
        added=("library", "park", "wexcombe/bridge", "wexcombe/tram"),
        changed=(),
        removed=(),
        kept=0,
        articles=4,
        passages=5,
        encoded=5,
        skips=(),
        notes=(),
        mended=(),
    )
    assert sorted(encoder.encoded) == sorted(EVERY_STRING)


def test_what_is_encoded_is_the_title_and_the_passage(built: Town) -> None:
    """A passage is encoded behind its article's title, or alone where there is none."""
    index = SearchIndex(built.index)

    strings = [encoded_string(index.passage(row)) for row in range(len(index))]

    assert sorted(strings) == sorted(EVERY_STRING)
    index.close()


def test_the_manifest_says_what_was_built(built: Town) -> None:
    """Collection, encoder, sizes and every part with its hash stand in the manifest."""
    manifest = Generations(built.index).current()

    assert manifest.collection == str(built.collection)
    assert manifest.encoder == {"name": "hash", "weights": "0" * 64, "precision": "float32"}
    assert (manifest.articles, manifest.passages) == (4, 5)
    assert [part.path for part in manifest.parts] == [
        "catalogue.db",
        "postings/counts.npy",
        "postings/ends.npy",
        "postings/lengths.npy",
        "postings/letters.npy",
        "postings/rows.npy",
        "postings/size.npy",
        "postings/starts.npy",
        "postings/weights.npy",
        "vectors.faiss",
        "words/basis.npy",
        "words/places.npy",
        "words/segments.json",
    ]


def test_a_build_without_changes_publishes_nothing(built: Town) -> None:
    """The same generation stays current, the encoder is never asked, nothing is noted."""
    before, history = Generations(built.index).current(), changes(built.index)

    report = built.build(NoEncoder())

    assert (report.published, report.generation) == (False, before.generation)
    assert (report.added, report.changed, report.removed, report.kept) == ((), (), (), 4)
    assert report.encoded == 0
    assert Generations(built.index).current() == before
    assert changes(built.index) == history


def test_an_added_article_alone_is_encoded(built: Town, encoder: HashEncoder) -> None:
    """Adding a file encodes its passages and no others."""
    built.write("ferry.md", markdown("The ferry is late. It is always late.", title="Ferry"))

    report = built.build(encoder)

    assert (report.added, report.changed, report.removed) == (("ferry",), (), ())
    assert (report.kept, report.articles, report.passages) == (4, 5, 6)
    assert encoder.encoded == ["Ferry\nThe ferry is late. It is always late."]
    assert report.encoded == 1


def test_only_changed_passages_of_a_changed_article_are_encoded(
    built: Town, encoder: HashEncoder
) -> None:
    """Changing one passage of an article encodes that passage; its neighbour is kept."""
    built.write("park.md", PARK.replace("1,500", "1,600"))

    report = built.build(encoder)

    assert (report.added, report.changed, report.removed) == ((), ("park",), ())
    assert encoder.encoded == [PARK_STRINGS[1].replace("1,500", "1,600")]


def test_a_removed_article_is_gone_without_encoding(built: Town) -> None:
    """Deleting a file removes its article from everything that is found."""
    built.remove("park.md")

    report = built.build(NoEncoder())

    assert (report.added, report.changed, report.removed) == ((), (), ("park",))
    assert (report.published, report.kept) == (True, 3)
    assert list(seen(built.index)["articles"]) == ["library", "wexcombe/bridge", "wexcombe/tram"]


def test_an_article_that_comes_back_needs_no_encoding(built: Town) -> None:
    """Vectors outlive their generation: a file put back is added with what was kept."""
    built.remove("park.md")
    built.build()
    built.write("park.md", PARK)

    report = built.build(NoEncoder())

    assert report.added == ("park",)
    assert_equal_builds(built.index, built.fresh())


def test_a_change_of_metadata_is_a_change(built: Town) -> None:
    """Another publisher publishes a generation, and encodes nothing, since no string differs."""
    built.write("park.md", PARK.replace("Elmbridge Post", "Elmbridge Echo"))

    report = built.build(NoEncoder())

    assert (report.published, report.changed) == (True, ("park",))
    assert seen(built.index)["articles"]["park"][1].publisher == "Elmbridge Echo"


def test_a_change_of_title_encodes_the_article_again(built: Town, encoder: HashEncoder) -> None:
    """The title is part of what is encoded, so all passages of the article are."""
    built.write("park.md", PARK.replace("a fourth park", "park number four"))

    report = built.build(encoder)

    assert report.changed == ("park",)
    assert sorted(encoder.encoded) == sorted(
        string.replace("a fourth park", "park number four", 1) for string in PARK_STRINGS
    )


def test_a_file_of_another_kind_is_a_change(town: Town) -> None:
    """The same words as Markdown have headings: renaming a file is noticed like an edit."""
    words = "The gate is open today.\n\n## Later\n\nThe gate was shut again at night.\n"
    town.write("gate.txt", words)
    town.build()
    town.remove("gate.txt")
    town.write("gate.md", words)

    report = town.build()

    assert report.changed == ("gate",)
    assert_equal_builds(town.index, town.fresh())


def test_a_touched_file_is_no_change(built: Town) -> None:
    """Writing the same bytes again publishes nothing."""
    built.write("park.md", PARK)

    assert not built.build(NoEncoder()).published


def test_a_full_build_makes_everything_anew(built: Town, encoder: HashEncoder) -> None:
    """With full, every string is encoded again and a generation published, equal to the last."""
    before, report = parts(built.index), build_index(
        built.collection, built.index, encoder, full=True
    )  # fmt: skip

    assert (report.published, report.added, report.changed, report.kept) == (True, (), (), 4)
    assert sorted(encoder.encoded) == sorted(EVERY_STRING)
    assert parts(built.index) == before


def test_a_full_build_keeps_what_readers_of_the_previous_generation_need(built: Town) -> None:
    """Segments of the generation before stay beside those of the new one; older ones go."""

    def needed() -> set[str]:
        with opened(built.index) as index:
            return set(segments_of(index.folder / "words"))

    def held() -> set[str]:
        return {path.name for path in (built.index / "vectors").rglob("*.npy")}

    built.write("gate.txt", "The gate is open.")
    built.build()
    second = needed()
    assert len(second) == 2

    build_index(built.collection, built.index, HashEncoder(), full=True)
    third = needed()
    assert len(third) == 1, "one window holds every string"
    assert held() == second | third

    build_index(built.collection, built.index, HashEncoder(), full=True)
    assert held() == needed() == third


def test_a_reader_of_the_previous_generation_keeps_its_word_vectors(built: Town) -> None:
    """What was open before a full build, but not yet read, is still there after it."""
    with opened(built.index) as reader:
        build_index(built.collection, built.index, HashEncoder(), full=True)

        assert reader.words is not None
        assert [len(reader.words.of(row)) for row in range(len(reader))] == [
            len(terms(encoded_string(reader.passage(row)))) for row in range(len(reader))
        ]


@pytest.mark.parametrize("error", [RuntimeError("the model broke"), KeyboardInterrupt()])
def test_a_full_build_that_stops_leaves_the_old_index_answering(
    built: Town, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Nothing of the old generation is removed before the new one answers."""
    monkeypatch.setattr("index.dense.encoding._WINDOW", 1)
    before = seen(built.index)

    with pytest.raises(type(error)):
        build_index(built.collection, built.index, Failing(2, error), full=True)

    assert seen(built.index) == before
    assert not built.build(NoEncoder()).published


def test_a_full_build_copes_with_a_damaged_generation_before_it(built: Town) -> None:
    """Where the list of the segments that the old generation needs cannot be read, the new one
    is published all the same."""
    with opened(built.index) as index:
        (index.folder / "words" / "segments.json").write_bytes(b"[")

    report = build_index(built.collection, built.index, HashEncoder(), full=True)

    assert report.published
    assert "segments.json" in "".join(report.mended)
    assert_equal_builds(built.index, built.fresh())


def test_a_generation_without_word_vectors_is_valid(town: Town) -> None:
    """An encoder that has no vectors of words gives passages theirs; nothing is encoded twice."""

    class WithoutWords(HashEncoder):
        def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32] | None:
            return None

    report = town.build(WithoutWords())
    with opened(town.index) as index:
        index.open_all()
        assert index.words is None
        assert index.vectors is not None
        assert verify_index(index).defects == ()
        (row, *_) = index.search(HashEncoder().encode(EVERY_STRING[:1])[0], [], 5).dense.rows
        assert encoded_string(index.passage(row)) == EVERY_STRING[0]
    assert report.encoded == 5

    build_index(town.collection, town.index, WithoutWords(), full=True)
    town.write("gate.txt", "The gate is open.")
    assert town.build(WithoutWords()).encoded == 1


def test_another_encoder_encodes_everything_again(built: Town) -> None:
    """Vectors of one encoder are never used for another; going back needs no encoding."""
    other = HashEncoder("other", "f" * 64)

    report = built.build(other)

    assert (report.published, report.changed, report.encoded) == (True, (), 5)
    assert sorted(other.encoded) == sorted(EVERY_STRING)
    assert Generations(built.index).current().encoder == {
        "name": "other",
        "weights": "f" * 64,
        "precision": "float32",
    }
    assert built.build(NoEncoder()).published
    assert_equal_builds(built.index, built.fresh())


def test_a_generation_without_vectors_is_valid(town: Town) -> None:
    """Without an encoder there is no vector file, the manifest says so, and words are found."""
    report = build_index(town.collection, town.index, None)

    index = SearchIndex(town.index)
    assert report.published
    assert index.manifest.encoder is None
    assert index.vectors is None
    assert "vectors.faiss" not in parts(town.index)
    found = index.search(HashEncoder().encode(["park"])[0], ["park"], 5)
    assert [index.passage(row).article.article_id for row in found.lexical.rows] == ["park"]
    assert found.dense.rows == ()
    index.close()


def test_vectors_come_with_the_next_build_that_has_an_encoder(town: Town) -> None:
    """Building the same folder with an encoder publishes a generation with vectors."""
    build_index(town.collection, town.index, None)

    report = town.build()

    assert (report.published, report.kept, report.encoded) == (True, 4, 5)
    assert_equal_builds(town.index, town.fresh())


def test_a_collection_that_was_moved_is_read_from_its_new_place(built: Town) -> None:
    """The same articles in another folder are published as from there, without encoding."""
    moved = built.collection.rename(built.collection.with_name("moved"))

    report = build_index(moved, built.index, NoEncoder())

    assert (report.published, report.kept, report.changed) == (True, 4, ())
    assert Generations(built.index).current().collection == str(moved)


def test_an_article_without_prose_is_kept_without_passages(town: Town) -> None:
    """A heading alone gives nothing to quote; the article is listed all the same."""
    heading = write_files(town.collection.with_name("heading"), {"heading.md": "# The park\n"})

    report = build_index(heading, town.index, HashEncoder())

    index = SearchIndex(town.index)
    assert (report.articles, report.passages, report.encoded) == (1, 0, 0)
    assert [entry.article_id for entry in index.catalogue.entries()] == ["heading"]
    assert index.search(HashEncoder().encode(["park"])[0], ["park"], 5).lexical.rows == ()
    index.close()


def test_equal_passages_are_encoded_once(town: Town, encoder: HashEncoder) -> None:
    """A text that stands in several articles under one title costs one encoding."""
    for number in range(3):
        town.write(
            f"gate{number}.md", markdown("The gate is open.", title="Gate", url=f"g/{number}")
        )

    report = town.build(encoder)

    assert report.encoded == 6
    assert encoder.encoded.count("Gate\nThe gate is open.") == 1


def test_a_bad_file_is_a_named_skip(built: Town) -> None:
    """What cannot become an article is named, and costs only itself."""
    (built.collection / "binary.txt").write_bytes(b"\x00\x01\x02")

    report = built.build()

    assert report.skips == (Skip("binary.txt", "is binary, not text"),)
    assert (report.published, report.kept) == (False, 4)


def test_strict_makes_a_skip_fail(built: Town) -> None:
    """With strict, a skip is an error that names the file, and nothing is published."""
    before = seen(built.index)
    built.remove("park.md")
    (built.collection / "binary.txt").write_bytes(b"\x00\x01\x02")

    with pytest.raises(BuildFailed, match=r"1 skipped.*--strict(.|\n)*binary\.txt is binary"):
        build_index(built.collection, built.index, HashEncoder(), strict=True)
    assert seen(built.index) == before


def test_strict_without_skips_builds(town: Town) -> None:
    """With nothing to skip, strict makes no difference."""
    assert build_index(town.collection, town.index, HashEncoder(), strict=True).published


@pytest.mark.parametrize("what", ["emptied", "deleted", "a file"])
def test_a_folder_without_articles_costs_nothing(built: Town, what: str) -> None:
    """An empty, missing or wrong folder is an error that says what to do; the old index answers."""
    before = seen(built.index)
    elsewhere = built.collection.with_name("elsewhere")
    match what:
        case "emptied":
            elsewhere.mkdir()
        case "a file":
            elsewhere.write_text("The park is open.", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"elsewhere.*--corpus DIR"):
        build_index(elsewhere, built.index, HashEncoder())
    assert seen(built.index) == before


def test_a_folder_where_every_file_is_bad_names_them(built: Town) -> None:
    """When nothing could be read, the reasons are listed and the old index answers."""
    before = seen(built.index)
    elsewhere = built.collection.with_name("elsewhere")
    elsewhere.mkdir()
    (elsewhere / "empty.txt").write_bytes(b"")

    with pytest.raises(CorpusError, match=r"holds no articles(.|\n)*empty\.txt is empty"):
        build_index(elsewhere, built.index, HashEncoder())
    assert seen(built.index) == before


@pytest.mark.parametrize("windows", [0, 1, 3])
@pytest.mark.parametrize(
    "error", [RuntimeError("the model broke"), KeyboardInterrupt()], ids=["crash", "Ctrl-C"]
)
def test_an_interrupted_encoding_goes_on_where_it_stopped(
    built: Town, monkeypatch: pytest.MonkeyPatch, windows: int, error: BaseException
) -> None:
    """The old generation stays current, and the next build encodes exactly the rest."""
    monkeypatch.setattr("index.dense.encoding._WINDOW", 1)
    before = seen(built.index)
    new = {f"Gate {number}\nGate {number} is open." for number in range(5)}
    for string in new:
        title, text = string.split("\n")
        built.write(f"{title}.md", markdown(text, title=title))
    failing = Failing(windows, error)

    with pytest.raises(type(error)):
        built.build(failing)

    assert seen(built.index) == before
    assert [path.name for path in (built.index / "generations").iterdir()] == [
        Generations(built.index).current().generation
    ]
    rest = HashEncoder()
    built.build(rest)
    assert len(failing.encoded) == windows
    assert set(failing.encoded) | set(rest.encoded) == new
    assert not set(failing.encoded) & set(rest.encoded)
    assert_equal_builds(built.index, built.fresh())


def test_a_failure_of_the_disk_is_a_failed_build(
    built: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operating system's error becomes one message: what stopped, why, and what to do."""
    built.remove("park.md")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.build.parts.words.CatalogueWriter.add", fail)
    with pytest.raises(BuildFailed) as failed:
        built.build()

    assert str(failed.value) == (
        f"The build in {built.index} stopped: No space left on device. What answered before still "
        "answers. Make room or check permissions, then run the build again; it goes on where it "
        "stopped."
    )


def test_a_build_that_stops_after_the_switch_says_that_the_new_one_answers(
    built: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room for the history any more: what was published answers, and the message says so."""
    built.remove("park.md")

    def fail(generations: Generations, _lines: list[bytes]) -> None:
        raise OSError(28, "No space left on device", str(generations.index / "history"))

    with monkeypatch.context() as patch:
        patch.setattr(Generations, "_write_history", fail)
        with pytest.raises(BuildFailed) as failed:
            built.build()

    assert str(failed.value) == (
        f"The build in {built.index} stopped: No space left on device ({built.index}/history). "
        "What it built answers all the same. Make room or check permissions, then run the build "
        "again; it goes on where it stopped."
    )
    assert "park" not in seen(built.index)["articles"]
    assert not built.build().published
    assert changes(built.index)[-1] == ("removed", "park")


def test_what_the_system_refuses_is_named(built: Town) -> None:
    """Where something else stands in a place of the index, the message says where."""
    shutil.rmtree(built.index / "vectors")
    (built.index / "vectors").write_text("This is a letter.", encoding="utf-8")

    with pytest.raises(BuildFailed, match=rf" \({built.index}/vectors.+still answers"):
        built.build()


def test_an_index_cannot_be_built_into_a_file(town: Town) -> None:
    """A path that is no folder is a failed build with the reason, not a traceback."""
    town.index.write_text("This is a letter.", encoding="utf-8")

    with pytest.raises(BuildFailed, match=r"File exists|Not a directory"):
        town.build()


def test_an_index_of_a_later_program_is_rebuilt_only_in_full(built: Town) -> None:
    """A plain build leaves a later format alone; with full it is replaced."""
    generations = Generations(built.index)
    manifest = generations.folder(generations.current().generation) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"format": 3', b'"format": 4'))
    before = {path: path.read_bytes() for path in built.index.rglob("*") if path.is_file()}
    del before[built.index / "lock"]

    with pytest.raises(IndexTooNew):
        built.build()
    assert {path: path.read_bytes() for path in before} == before

    report = build_index(built.collection, built.index, HashEncoder(), full=True)
    assert report.published
    assert_equal_builds(built.index, built.fresh())


def test_an_index_of_an_earlier_program_is_brought_up_to_date(built: Town) -> None:
    """It says so when it is opened; a build keeps its texts, vectors and history."""
    generations = Generations(built.index)
    path = generations.folder(generations.current().generation) / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"format": 3', b'"format": 1'))
    pointer = f"{path.parent.name} {sha256(path.read_bytes()).hexdigest()}\n"
    (built.index / "CURRENT").write_text(pointer, encoding="utf-8")
    before = changes(built.index)

    with pytest.raises(IndexTooOld, match=r"format 1, of an earlier.*onrecord build"):
        SearchIndex(built.index)
    report = built.build(encoder := HashEncoder())

    assert (report.published, report.kept, encoder.encoded) == (True, 4, [])
    assert changes(built.index) == before
    assert_equal_builds(built.index, built.fresh())


def test_the_previous_generation_stays_for_its_readers(built: Town) -> None:
    """After each build the current generation and the one before it are there, no older ones."""
    published = [Generations(built.index).current().generation]
    for number in range(3):
        built.write("gate.txt", f"Gate {number} is open.")
        published.append(built.build().generation)
        kept = {path.name for path in (built.index / "generations").iterdir()}
        assert kept == set(published[-2:])


def test_a_build_remembers_what_it_worked_on(built: Town) -> None:
    """Collection, encoder and the state of the folder are kept, also when nothing changed."""
    remembered = Generations(built.index).remembered()
    assert remembered is not None
    assert remembered.collection == str(built.collection)
    assert remembered.encoder == "hash"
    assert remembered.state == folder_state(built.collection)

    (built.collection / "park.md").touch()
    assert folder_state(built.collection) != remembered.state
    built.build()
    after = Generations(built.index).remembered()
    assert after is not None
    assert after.state == folder_state(built.collection)


def test_the_state_of_a_folder_follows_its_files(tmp_path: Path) -> None:
    """Adding, removing and writing a file change the state; looking at it does not."""
    folder = tmp_path / "articles"
    folder.mkdir()
    states = [folder_state(folder)]
    (folder / "park.txt").write_text("The park is open.", encoding="utf-8")
    states.append(folder_state(folder))
    (folder / "park.txt").write_text("The park is open again.", encoding="utf-8")
    states.append(folder_state(folder))
    (folder / "notes.bak").write_bytes(b"not read")
    assert folder_state(folder) == states[-1]
    (folder / "park.txt").unlink()

    assert len(set(states)) == 3
    assert folder_state(folder) == states[0]


def test_progress_is_told_step_by_step(town: Town) -> None:
    """Each step of a build tells its units, and all of them are done at its end."""
    done: dict[str, list[int]] = {}

    class Listening:
        def step(self, label: str, total: int):
            done[label] = [total, 0]
            return self.opened(label)

        def opened(self, label: str):
            from contextlib import nullcontext

            def advance(units: int) -> None:
                done[label][1] += units

            return nullcontext(advance)

    build_index(town.collection, town.index, HashEncoder(), progress=Listening())

    assert done == {
        "Reading articles, bytes": [1046, 1046],
        "Cutting passages": [4, 4],
        "Finding copies": [1, 1],
        "Preparing the encoder": [1, 1],
        "Encoding passages": [5, 5],
    }
    done.clear()
    town.remove("park.md")
    build_index(town.collection, town.index, HashEncoder(), progress=Listening())
    assert "Preparing the encoder" not in done, "what was learnt is kept"


def test_a_brief_is_indexed_with_its_original(built: Town) -> None:
    """Kind and original of a brief survive the whole way from file to index."""
    metadata = seen(built.index)["articles"]["wexcombe/tram"][1]

    assert (metadata.kind, metadata.publisher) == ("brief", "On the Record (brief)")
    assert metadata.original.title == "The tram that never came"
    assert metadata.original.publisher == "Wexcombe Herald"
    assert metadata.dated == "2019"


def test_equal_builds_state_the_same(built: Town) -> None:
    """Two builds of one folder differ only in name and time."""
    fresh = built.fresh()

    assert stated(fresh) == stated(built.index)
    assert seen(fresh) == seen(built.index)


@pytest.mark.parametrize("setting", ["PASSAGE_RULES", "ANALYZER"])
def test_other_rules_make_the_index_anew(
    built: Town, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    """After an update that reads or analyses the same files differently, a build compiles them
    again, though none has changed."""
    assert not built.build().published
    monkeypatch.setattr(f"index.build.rules.{setting}", "of tomorrow")
    report = built.build()
    assert (report.published, report.added, report.changed, report.removed) == (True, (), (), ())
    assert not built.build().published
