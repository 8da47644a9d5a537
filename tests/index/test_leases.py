"""A generation that somebody reads is never cleaned up; all others are in the end."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from index import (
    Generations,
    IndexDamaged,
    IndexProblem,
    Manifest,
    SearchIndex,
    forget_article,
    terms,
)
from index.store import Lease, generations
from index.store.lease import is_read
from retrieval import verify_index
from tests.hash_encoder import HashEncoder
from tests.index.conftest import Town
from tests.index.invented import QUESTION, opened, question_vector
from tests.index.test_lock_and_kills import kill_at

REPOSITORY = Path(__file__).parents[2]


def publish(town: Town, number: int) -> str:
    """Build once more, with one article changed; gives the generation."""
    town.write("gate.txt", f"The gate has {number} bars.")
    return town.build().generation


def there(town: Town) -> list[str]:
    """The generations whose folders are there, oldest first."""
    return [folder.name for folder in Generations(town.index).kept()]


def test_a_generation_stays_until_its_reader_lets_go(built: Town) -> None:
    """However many builds follow, what a reader holds is whole; the build after it has closed
    removes the folder."""
    with opened(built.index) as reader:
        held = reader.manifest.generation
        last = [publish(built, number) for number in range(4)][-2:]
        assert there(built) == [held, *last]
        assert reader.search(question_vector(), terms(QUESTION), 5).lexical.rows
        reader.open_all()  # nothing of it had been opened before the builds
        assert verify_index(reader).defects == ()
    assert there(built) == [held, *last]
    assert publish(built, 9) in there(built)
    assert held not in there(built)
    assert len(there(built)) == 2


def test_the_last_of_several_readers_lets_go(built: Town) -> None:
    """Fifty readers of one generation: it stays while one of them is open."""
    with ExitStack() as readers:
        with opened(built.index) as last:
            held = last.manifest.generation
            for _ in range(49):
                readers.enter_context(opened(built.index))
            publish(built, 1)
            readers.close()
            publish(built, 2)
            publish(built, 3)
            assert held in there(built)
        publish(built, 4)
        assert held not in there(built)


def test_a_reader_that_was_killed_holds_nothing(built: Town) -> None:
    """A reader in another process keeps its generation; after kill -9 the next build removes
    it."""
    held = Generations(built.index).current().generation
    with reader_process(built.index) as process:
        for number in range(3):
            publish(built, number)
        assert held in there(built)
        process.send_signal(signal.SIGKILL)
        process.wait()
    publish(built, 3)
    assert held not in there(built)


READER = """
import sys
from pathlib import Path
from index import IndexProblem, SearchIndex, terms
from tests.hash_encoder import HashEncoder
index = SearchIndex(Path(sys.argv[1]))
if "all" in sys.argv:
    index.open_all()
print("open", flush=True)
for question in sys.stdin:
    try:
        index.open_all()
        (row,) = index.search(HashEncoder().encode([question])[0], terms(question), 1).lexical.rows
        print(index.passage(row).text.split(".")[0], flush=True)
    except IndexProblem as error:
        print(type(error).__name__, error, flush=True)
"""


@contextmanager
def reader_process(index: Path, *opens: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has the index open; it is gone in the end. opens: "all" for every part, else
    only what opening needs."""
    process = subprocess.Popen(
        [sys.executable, "-c", READER, str(index), *opens],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def asked(process: subprocess.Popen[str], question: str) -> str:
    """The first sentence of the best passage, or the error."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{question}\n")
    process.stdin.flush()
    return process.stdout.readline().rstrip("\n")


@pytest.mark.parametrize("opens", [(), ("all",)], ids=["nothing read yet", "all open"])
def test_a_reader_goes_on_however_many_builds_publish(built: Town, opens: tuple[str, ...]) -> None:
    """Builds in other processes publish, and two are killed, between opening an index and the
    first question: it is answered from what was opened, also where that is read only now."""
    held = Generations(built.index).current().generation
    with reader_process(built.index, *opens) as process:
        built.remove("park.md")
        for number, step in enumerate(("never", "parts_of:1", "never", "Generations.remember:1")):
            built.write("gate.txt", f"The gate has {number} bars.")
            assert kill_at(built.collection, built.index, step) in ("done", f"at {step[:-2]}")

        assert held in there(built)
        assert asked(process, "the park") == PARK_OPENED

    assert publish(built, 8) in there(built)
    assert publish(built, 9) in there(built)
    assert held not in there(built)


def test_a_reader_goes_on_while_articles_are_forgotten(built: Town) -> None:
    """What has every part open answers as before, but for the text that is erased: that is an
    error, which names no damage."""
    with reader_process(built.index, "all") as process:
        forget_article("wexcombe/tram", built.index, HashEncoder())

        assert asked(process, "the park") == PARK_OPENED
        assert asked(process, "the tram") == replaced(built)


def test_a_reader_of_parts_that_forgetting_removed_is_told_to_try_again(built: Town) -> None:
    """What had not been read yet is gone with the generation: no damage, and no call to mend."""
    with reader_process(built.index) as process:
        forget_article("wexcombe/tram", built.index, HashEncoder())

        assert asked(process, "the park") == replaced(built)
    with reader_process(built.index) as process:
        assert asked(process, "the park") == PARK_OPENED


PARK_OPENED = "The council of Elmbridge opened its fourth park on Thursday"


def replaced(town: Town) -> str:
    return (
        f"IndexReplaced The index in {town.index} was replaced while it was open, and a part of "
        "what was open is gone, as after a text is withdrawn. Try again; the new one answers then."
    )


def test_an_index_that_cannot_be_opened_holds_nothing(built: Town) -> None:
    """A reader that gave up because of damage has let go of the generation."""
    folder = Generations(built.index).folder(Generations(built.index).current().generation)
    (folder / "catalogue.db").write_bytes(b"x" * (folder / "catalogue.db").stat().st_size)

    with pytest.raises(IndexDamaged, match="was altered"):
        SearchIndex(built.index)

    assert not is_read(folder)


def test_closing_again_is_no_error(built: Town) -> None:
    """Whoever closes late closes nothing of somebody else."""
    index = SearchIndex(built.index)
    index.close()
    index.close()
    assert not is_read(index.folder)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read from /proc")
def test_a_closed_index_keeps_no_file_of_its_generation_in_memory(built: Town) -> None:
    """Whoever still has the object does not keep files on the disk that a build has removed."""
    reader = SearchIndex(built.index)
    reader.open_all()
    mapped = Path("/proc/self/maps")
    assert str(reader.folder) in mapped.read_text()
    reader.close()
    assert str(reader.folder) not in mapped.read_text()


def test_a_generation_without_a_manifest_is_read_by_nobody(tmp_path: Path) -> None:
    """What a killed build left is free, and no lease can be taken on it."""
    assert not is_read(tmp_path)
    with pytest.raises(IndexDamaged, match=r"manifest\.json cannot be read"):
        Lease(tmp_path)


@pytest.mark.parametrize("when", ["before the manifest is read", "before the lease is taken"])
def test_builds_while_an_index_is_opened_are_no_damage(
    built: Town, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Between reading the pointer and holding the lease, builds may remove the generation that
    it named: the reader then opens the one that is current."""
    published: list[str] = []

    def publish_thrice() -> None:
        if not published:
            published.append("")  # before the builds, which read manifests themselves
            published.extend(publish(built, number) for number in range(3))

    if when == "before the manifest is read":
        read = generations.read_manifest

        def read_later(folder: Path, sha256: str) -> Manifest:
            publish_thrice()
            return read(folder, sha256)

        monkeypatch.setattr(generations, "read_manifest", read_later)
    else:

        class LeasedLater(Lease):
            def __init__(self, folder: Path) -> None:
                publish_thrice()
                super().__init__(folder)

        monkeypatch.setattr(generations, "Lease", LeasedLater)

    with opened(built.index) as index:
        assert index.manifest.generation == published[-1]
        assert verify_index(index).defects == ()


def test_a_lease_that_came_too_late_is_not_used(
    built: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A publish between reading the manifest and holding the lease: the newer one is opened, and
    the older one is not held."""
    published: list[str] = []

    class LeasedLater(Lease):
        def __init__(self, folder: Path) -> None:
            if not published:
                published.append(publish(built, 1))
            super().__init__(folder)

    monkeypatch.setattr(generations, "Lease", LeasedLater)
    old = Generations(built.index).current().generation
    with opened(built.index) as index:
        assert index.manifest.generation == published[0]
        assert not is_read(Generations(built.index).folder(old))


def test_a_pointer_that_never_rests_is_told(built: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening ends, with an error, also where each try meets another pointer."""
    pointer = Generations.pointer
    calls: list[None] = []

    def turning(self: Generations) -> str:
        calls.append(None)
        return pointer(self) + " " * len(calls)

    monkeypatch.setattr(Generations, "pointer", turning)
    with pytest.raises(IndexProblem, match="was switched 10 times while it was opened"):
        SearchIndex(built.index)
