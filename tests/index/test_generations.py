"""Generations: the pointer, the manifest behind it, the history, and what is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from corpus import NameRules, Parted
from index import Generations, IndexDamaged, IndexTooNew, Manifest, NoIndex
from index.store import Change, Remembered
from index.store.manifest import parts_of

ADDED = Change("park", "added", "a" * 64)
CHANGED = Change("park", "changed", "b" * 64)
REMOVED = Change("park", "removed", None)


def publish(index: Path, generation: str, *changes: Change) -> Manifest:
    """Publish a generation that consists of one file."""
    generations = Generations(index)
    folder = generations.prepare(generation)
    (folder / "catalogue.db").write_bytes(f"the catalogue of {generation}".encode())
    manifest = Manifest(
        generation=generation,
        built=f"2021-03-04T12:00:0{generation[-1]}+00:00",
        collection="/articles",
        encoder={"name": "hash", "weights": "0" * 64, "precision": "float32"},
        analyzer="english-2",
        passage_rules="1",
        copy_rules="1",
        quotation_rules="1",
        name_rules=NameRules((("Ada Fenn", "A. Fenn"),), (Parted("Mara Quill", ("park",)),)),
        articles=1,
        passages=2,
        changes=changes,
        parts=parts_of(folder),
    )
    generations.publish(manifest)
    return manifest


def alter(path: Path, **fields: object) -> None:
    """Write other values into a file of JSON."""
    path.write_text(json.dumps(json.loads(path.read_bytes()) | fields), encoding="utf-8")


def test_what_was_published_is_current(tmp_path: Path) -> None:
    """The manifest comes back by value, changes and parts included."""
    manifest = publish(tmp_path, "g1", ADDED)

    assert Generations(tmp_path).current() == manifest
    assert [(part.path, part.bytes) for part in manifest.parts] == [("catalogue.db", 19)]


def test_the_last_published_generation_is_current(tmp_path: Path) -> None:
    """A publish switches the pointer, whatever the order of the names."""
    publish(tmp_path, "g2")
    manifest = publish(tmp_path, "g1")

    assert Generations(tmp_path).current() == manifest


def test_a_folder_without_a_pointer_holds_no_index(tmp_path: Path) -> None:
    """Before the first publish there is no index, and the message names the command for one."""
    Generations(tmp_path).prepare("g1")

    with pytest.raises(NoIndex, match=r"no index in .*onrecord build"):
        Generations(tmp_path).current()


@pytest.mark.parametrize(
    "pointer",
    [
        b"",
        b"g1",
        b"g1 two three",
        b"\xff\xfe nonsense",
        b"missing 0000",
        b"../generations/g1 {hash}",
        b"/etc {hash}",
        b".. {hash}",
        b". {hash}",
        b"g1\0 {hash}",
        b"g1 0000",
    ],
    ids=[
        "empty",
        "no hash",
        "three words",
        "no text",
        "no such generation",
        "a path to it",
        "an absolute path",
        "the folder above",
        "the folder itself",
        "a zero byte",
        "another hash",
    ],
)
def test_a_pointer_to_anything_else_is_damage(tmp_path: Path, pointer: bytes) -> None:
    """Only the bare name of a generation and the hash of its manifest are followed."""
    publish(tmp_path, "g1")
    current = tmp_path / "CURRENT"
    manifest_hash = current.read_bytes().split()[1]
    # A manifest that each of these could reach, so that only the check can refuse it.
    manifest = (tmp_path / "generations" / "g1" / "manifest.json").read_bytes()
    for folder in (tmp_path, tmp_path / "generations"):
        (folder / "manifest.json").write_bytes(manifest)
    current.write_bytes(pointer.replace(b"{hash}", manifest_hash))

    with pytest.raises(IndexDamaged, match=r"CURRENT|manifest\.json"):
        Generations(tmp_path).current()


def test_an_altered_manifest_is_damage(tmp_path: Path) -> None:
    """A manifest that is not the one that was published is refused by name."""
    publish(tmp_path, "g1")
    alter(tmp_path / "generations" / "g1" / "manifest.json", articles=99)

    with pytest.raises(IndexDamaged, match=r"g1/manifest\.json was altered"):
        Generations(tmp_path).current()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "cannot be read"),
        (b"[]", "cannot be read"),
        (b'"format"', "cannot be read"),
        (b"{}", "cannot be read"),
        (b'{"format": 1', "cannot be read"),
        (b'\xff{"format": 1}', "cannot be read"),
        (b'{"format": 1}', "lacks"),
        (b'{"format": 1, "parts": 7}', "lacks"),
    ],
    ids=["empty", "list", "string", "object", "cut", "no UTF-8", "no fields", "no list"],
)
def test_a_manifest_that_is_none_is_damage(tmp_path: Path, content: bytes, message: str) -> None:
    """Whatever stands in its place, even under its hash, the manifest is refused by name."""
    publish(tmp_path, "g1")
    (tmp_path / "generations" / "g1" / "manifest.json").write_bytes(content)
    (tmp_path / "CURRENT").write_text(f"g1 {sha256(content).hexdigest()}\n", encoding="utf-8")

    with pytest.raises(IndexDamaged, match=rf"manifest\.json {message}"):
        Generations(tmp_path).current()


@pytest.mark.parametrize("newer", [4, 99, "1.5"])
def test_a_later_format_is_too_new(tmp_path: Path, newer: object) -> None:
    """An index of a later program is told from a damaged one: update, or rebuild in full."""
    publish(tmp_path, "g1")
    alter(tmp_path / "generations" / "g1" / "manifest.json", format=newer, unheard_of=True)

    with pytest.raises(IndexTooNew, match=rf"format {newer}.*Update.*onrecord build --full"):
        Generations(tmp_path).current()


def test_every_publish_is_noted_in_the_history(tmp_path: Path) -> None:
    """The history tells every change with the time of its build, oldest first."""
    publish(tmp_path, "g1", ADDED, Change("tram", "added", "c" * 64))
    publish(tmp_path, "g2", CHANGED)
    publish(tmp_path, "g3", REMOVED)

    assert Generations(tmp_path).history() == [
        ("2021-03-04T12:00:01+00:00", ADDED),
        ("2021-03-04T12:00:01+00:00", Change("tram", "added", "c" * 64)),
        ("2021-03-04T12:00:02+00:00", CHANGED),
        ("2021-03-04T12:00:03+00:00", REMOVED),
    ]
    lines = (tmp_path / "history").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["generation"] for line in lines] == ["g1", "g2", "g3"]


def test_a_publish_is_noted_once(tmp_path: Path) -> None:
    """Noting the same publish again, as after a kill, adds nothing."""
    manifest = publish(tmp_path, "g1", ADDED)

    Generations(tmp_path).note_in_history(manifest)

    assert [change for _, change in Generations(tmp_path).history()] == [ADDED]


@pytest.mark.parametrize("character", ["\u2028", "\u0085", "\x1c", "\n", "“é”"])
def test_an_id_with_any_character_survives_in_the_history(tmp_path: Path, character: str) -> None:
    """A file's name may hold what Unicode calls a line's end; the history stays readable."""
    changes = [Change(f"park{character}gate", "added", "a" * 64), REMOVED]
    publish(tmp_path, "g1", changes[0])
    publish(tmp_path, "g2", changes[1])

    assert [change for _, change in Generations(tmp_path).history()] == changes


def test_no_history_is_an_empty_one(tmp_path: Path) -> None:
    """Before the first publish nothing has changed."""
    assert Generations(tmp_path).history() == []


BROKEN_LINES = pytest.mark.parametrize(
    "line",
    [b'{"generation": "g0"', b"\xff\xfe", b"7", b'{"built": "x", "changes": [{"who": 1}]}'],
    ids=["cut", "no UTF-8", "a number", "another shape"],
)


@BROKEN_LINES
def test_a_history_that_cannot_be_read_is_damage(tmp_path: Path, line: bytes) -> None:
    """One broken line is enough to refuse the history by name."""
    publish(tmp_path, "g1", ADDED)
    history = tmp_path / "history"
    history.write_bytes(line + b"\n" + history.read_bytes())

    with pytest.raises(IndexDamaged, match=r"history cannot be read"):
        Generations(tmp_path).history()


@BROKEN_LINES
def test_a_mended_history_keeps_the_lines_that_can_be_read(tmp_path: Path, line: bytes) -> None:
    """The damaged file is set aside whole, sound lines stay, and the damage is named."""
    publish(tmp_path, "g1", ADDED)
    publish(tmp_path, "g2", REMOVED)
    history = tmp_path / "history"
    first, last = history.read_bytes().splitlines()
    damaged = b"\n".join([first, line, last]) + b"\n"
    history.write_bytes(damaged)

    (named,) = Generations(tmp_path).mend_history("today")

    assert "history cannot be read" in named
    assert "history.damaged-today" in named
    assert [change for _, change in Generations(tmp_path).history()] == [ADDED, REMOVED]
    assert (tmp_path / "history.damaged-today").read_bytes() == damaged


def test_a_sound_history_needs_no_mending(tmp_path: Path) -> None:
    """Mending a history that can be read changes nothing."""
    publish(tmp_path, "g1", ADDED)
    before = (tmp_path / "history").read_bytes()

    assert Generations(tmp_path).mend_history("today") == ()
    assert (tmp_path / "history").read_bytes() == before
    assert not (tmp_path / "history.damaged-today").exists()


def test_the_current_and_the_previous_generation_are_kept(tmp_path: Path) -> None:
    """Older ones go, and so does what a killed build left, complete or not."""
    for generation in ("g1", "g2", "g3"):
        publish(tmp_path, generation)
    folder = tmp_path / "generations"
    (folder / "g4").mkdir()
    (folder / "g5").mkdir()
    (folder / "g5" / "manifest.json").write_text("{}", encoding="utf-8")

    Generations(tmp_path).remove_old("g2")

    assert sorted(path.name for path in folder.iterdir()) == ["g2", "g3"]


def test_preparing_a_generation_clears_what_was_left_of_it(tmp_path: Path) -> None:
    """A new generation starts in an empty folder."""
    folder = Generations(tmp_path).prepare("g1")
    (folder / "half.db").write_bytes(b"half")

    assert list(Generations(tmp_path).prepare("g1").iterdir()) == []


def test_a_discarded_generation_is_removed(tmp_path: Path) -> None:
    """What a failed build wrote goes, and the current generation stays."""
    manifest = publish(tmp_path, "g1")
    Generations(tmp_path).prepare("g2")

    Generations(tmp_path).discard("g2")

    assert not (tmp_path / "generations" / "g2").exists()
    assert Generations(tmp_path).current() == manifest


def test_the_current_generation_is_never_discarded(tmp_path: Path) -> None:
    """A build that fails after the switch leaves its generation where readers need it."""
    manifest = publish(tmp_path, "g1")

    Generations(tmp_path).discard("g1")

    assert Generations(tmp_path).current() == manifest


def test_nothing_is_discarded_while_the_pointer_cannot_be_read(tmp_path: Path) -> None:
    """Where nobody can tell which generation is current, none is removed."""
    publish(tmp_path, "g1")
    current = tmp_path / "CURRENT"
    sound = current.read_bytes()
    current.write_bytes(b"\xff\xfe")

    Generations(tmp_path).discard("g1")

    current.write_bytes(sound)
    assert Generations(tmp_path).current().generation == "g1"
    assert (tmp_path / "generations" / "g1" / "catalogue.db").is_file()


def test_settings_are_remembered(tmp_path: Path) -> None:
    """Collection, encoder and state come back as they were, also without an encoder."""
    generations = Generations(tmp_path)
    for settings in (Remembered("/articles “new”", "hash", "s1"), Remembered("/b", None, "s2")):
        generations.remember(settings)
        assert generations.remembered() == settings


@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b"\xff", b'{"collection": "/a"}'],
    ids=["missing", "empty", "list", "no UTF-8", "incomplete"],
)  # fmt: skip
def test_settings_that_cannot_be_read_are_unknown(tmp_path: Path, content: bytes | None) -> None:
    """What is remembered is a convenience: damaged, it counts as nothing."""
    if content is not None:
        (tmp_path / "remembered").write_bytes(content)

    assert Generations(tmp_path).remembered() is None


def test_a_manifest_names_its_parts(tmp_path: Path) -> None:
    """A part is found by its path; one that the manifest lacks is damage."""
    manifest = publish(tmp_path, "g1")

    assert manifest.part("catalogue.db") == manifest.parts[0]
    with pytest.raises(IndexDamaged, match=r"generation g1 names no catalogue\.db"):
        replace(manifest, parts=()).part("catalogue.db")
