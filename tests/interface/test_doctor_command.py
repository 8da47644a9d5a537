"""`onrecord doctor`: what it looks at, and what it says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest

from index import DEFAULT_ENCODER, EncoderRefused, Generations, SentenceEncoder
from interface.doctor.packages import examine_packages
from tests.interface.conftest import Command, Outcome

FREE = "interface.doctor.folders.shutil.disk_usage"


@pytest.fixture(autouse=True)
def pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed beside the program while these tests run is no matter of theirs."""
    monkeypatch.setattr("interface.doctor.examine_packages", lambda: iter(()))


def levels(outcome: Outcome) -> dict[str, str]:
    return {finding["what"]: finding["level"] for finding in outcome.json["findings"]}


def told(outcome: Outcome, what: str) -> str:
    (found,) = (each for each in outcome.json["findings"] if each["what"] == what)
    return f"{found['found']} {found['advice'] or ''}".strip()


def test_a_sound_installation_is_found_so(onrecord: Command, built: Path, folder: Path) -> None:
    """Every line says ok, and the exit code is 0."""
    outcome = onrecord("doctor")
    index = folder / ".onrecord"
    free, size = outcome.out.splitlines()[-1].removeprefix("ok       disk: ").split(" MB free, ")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[:4] == [
        f"ok       encoder: {DEFAULT_ENCODER}, the files of the official release "
        f"(sha256 {weights_of(index)[:12]}…), float32",
        f"ok       index's encoder: this one, {DEFAULT_ENCODER}",
        f"ok       collection: {built}",
        f"ok       index folder: {index}, which can be written",
    ]
    assert outcome.out.splitlines()[4].startswith("ok       index: 6 articles, 6 passages, ")
    assert outcome.out.splitlines()[5] == "         To hash every byte of it: onrecord verify"
    assert float(free.replace(",", "")) > 0
    written = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    assert size == f"the index has {written / 1e6:,.1f} MB"


def test_a_program_reads_the_same_as_json(onrecord: Command, built: Path) -> None:
    """One object: whether it is fit, and each finding with its level and what to do."""
    outcome = onrecord("doctor", "--json")
    assert outcome.json["fit"] is True
    assert set(levels(outcome).values()) == {"ok"}
    assert list(levels(outcome)) == [
        "encoder", "index's encoder", "collection", "index folder", "index", "disk",
    ]  # fmt: skip
    assert all(set(each) == {"what", "level", "found", "advice"}
               for each in outcome.json["findings"])  # fmt: skip


def test_without_an_index_it_says_how_to_make_one(onrecord: Command, folder: Path) -> None:
    """That is no problem, since `serve` makes it too; and nothing is made."""
    outcome = onrecord("--index", "elsewhere", "doctor", "--json")
    assert outcome.code == 0
    assert levels(outcome)["index"] == "warning"
    assert "onrecord build" in told(outcome, "index")
    assert told(outcome, "disk").endswith("there is no index yet")
    assert list(folder.iterdir()) == []


def test_a_damaged_index_is_a_problem(onrecord: Command, built: Path, folder: Path) -> None:
    """A file that was cut short is named, with the command that mends it; the exit code is 1."""
    generations = Generations(folder / ".onrecord")
    catalogue = generations.folder(generations.current().generation) / "catalogue.db"
    catalogue.chmod(0o600)
    catalogue.write_bytes(catalogue.read_bytes()[:-1])
    outcome = onrecord("doctor", "--json")
    assert (outcome.code, outcome.json["fit"]) == (1, False)
    assert levels(outcome)["index"] == "problem"
    assert "catalogue.db" in told(outcome, "index")
    assert told(outcome, "index").endswith("Mend it with: onrecord build")


def test_an_index_of_a_later_program_is_a_problem(
    onrecord: Command, built: Path, folder: Path
) -> None:
    """Its format is named, and what to do about it."""
    generations = Generations(folder / ".onrecord")
    manifest = generations.folder(generations.current().generation) / "manifest.json"
    manifest.chmod(0o600)
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 9_000}))
    outcome = onrecord("doctor", "--json")
    assert outcome.code == 1
    assert "has format 9000" in told(outcome, "index")


def test_a_changed_folder_is_a_warning(
    onrecord: Command, built: Path, write: Callable[[dict[str, str]], Path]
) -> None:
    """Answers go on, and the command that brings them up to date is named."""
    write({"new.txt": "The mill reopens on Monday."})
    outcome = onrecord("doctor")
    assert outcome.code == 0
    assert (
        f"warning  collection: {built} has changed since the build.\n"
        "         Bring the index up to date with: onrecord build\n"
    ) in outcome.out


def test_a_folder_that_is_gone_is_told(onrecord: Command, built: Path, folder: Path) -> None:
    """With an index the answers go on; without one nothing can be built."""
    built.rename(folder / "moved")
    outcome = onrecord("doctor", "--json")
    assert (outcome.code, levels(outcome)["collection"]) == (0, "warning")
    assert "answers come from the index" in told(outcome, "collection")
    alone = onrecord("--index", "other", "--corpus", built, "doctor", "--json")
    assert (alone.code, levels(alone)["collection"]) == (1, "problem")


def test_another_folder_than_the_index_has_is_a_problem(
    onrecord: Command, built: Path, folder: Path
) -> None:
    """As for every other command that is given it."""
    (folder / "village").mkdir()
    outcome = onrecord("--corpus", "village", "doctor", "--json")
    assert outcome.code == 1
    assert f"the index was built from {built}" in told(outcome, "collection")


def test_another_encoder_than_the_index_has_is_a_problem(onrecord: Command, built: Path) -> None:
    """Vectors of two encoders cannot be compared; the command that encodes again is named."""
    outcome = onrecord("--encoder", "other", "doctor", "--json")
    assert (outcome.code, levels(outcome)["index's encoder"]) == (1, "problem")
    assert "onrecord --encoder other build" in told(outcome, "index's encoder")


def test_weights_that_are_not_the_official_ones_are_a_problem(
    onrecord: Command, built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is named, and the rest is looked at all the same."""
    (folder / "model").mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / "model" / name).write_text("other")
    monkeypatch.setattr("index.dense.model_files._default_folder", lambda: folder / "model")
    with pytest.raises(EncoderRefused):
        SentenceEncoder()
    monkeypatch.setattr("tests.interface.conftest.HashEncoder", lambda *_, **__: SentenceEncoder())
    outcome = onrecord("doctor", "--json")
    assert (outcome.code, levels(outcome)["encoder"]) == (1, "problem")
    assert "model.safetensors is not the file of the official" in told(outcome, "encoder")
    assert levels(outcome)["index"] == "ok"


@pytest.mark.parametrize(
    ("free", "level", "said"),
    [
        (10, "warning", "Make room before the next build."),
        (10**12, "ok", "the index has"),
    ],
)
def test_the_disk_must_hold_another_build(
    onrecord: Command, built: Path, monkeypatch: pytest.MonkeyPatch,
    free: int, level: str, said: str,
) -> None:  # fmt: skip
    """A build writes beside what answers, so a full disk stops builds and not answers."""
    monkeypatch.setattr(FREE, lambda _: SimpleNamespace(free=free))
    outcome = onrecord("doctor", "--json")
    assert (outcome.code, levels(outcome)["disk"]) == (0, level)
    assert said in told(outcome, "disk")


def test_no_room_for_a_first_index_is_a_problem(
    onrecord: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing that answers meanwhile."""
    monkeypatch.setattr(FREE, lambda _: SimpleNamespace(free=10))
    outcome = onrecord("doctor", "--json")
    assert (outcome.code, levels(outcome)["disk"]) == (1, "problem")


def test_a_folder_that_is_only_read_is_fine(
    onrecord: Command, built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server needs no more; it is said that builds do."""
    monkeypatch.setattr("interface.doctor.folders.os.access", lambda path, mode: mode != 2)
    outcome = onrecord("doctor", "--json")
    assert (outcome.code, levels(outcome)["index folder"]) == (0, "ok")
    assert "only build and forget need to write" in told(outcome, "index folder")


def test_versions_are_compared_with_those_of_the_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that is missing or too old for the program is a problem; one that is another than
    the pinned one a warning. A local label, such as torch's +cpu, is the same version."""
    there = {"torch": "2.13.0+cpu", "click": "8.0", "numpy": "2.5", "mcp": "1.9"}

    def version(name: str) -> str:
        if name not in there:
            raise PackageNotFoundError(name)
        return there[name]

    wanted = ["torch==2.13.0", "click>=8.1", "rich>=13.9", "numpy>=2.0", 'mcp==2.3.0; extra=="mcp"']
    monkeypatch.setattr("interface.doctor.packages.version", version)
    monkeypatch.setattr("interface.doctor.packages.requires", lambda _: wanted)
    pins = tmp_path / "constraints.txt"
    pins.write_text("click==8.0\nnumpy==2.4.6\npytest==9.2.0\ntorch==2.13.0\n")
    found = {each.what: (each.level, each.found) for each in examine_packages(tmp_path)}
    assert found["packages"] == ("problem", "click is 8.0, not >=8.1; rich is not installed")
    assert found["serve --mcp"] == ("warning", "mcp is 1.9, not ==2.3.0")
    assert found["tested versions"] == ("warning", "numpy is 2.5, not ==2.4.6")
    assert found["torch"] == ("ok", "2.13.0+cpu")
    assert found["Python"][0] == "ok"


def test_a_program_that_was_never_installed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python app.py` in a clone answers, but nobody knows what it needs."""

    def missing(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("interface.doctor.packages.requires", missing)
    found = {each.what: each.level for each in examine_packages(tmp_path)}
    assert found["packages"] == "warning"
    assert "tested versions" not in found


def test_what_cannot_be_looked_at_is_a_problem_and_no_traceback(
    onrecord: Command, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is looked at all the same."""

    def fail(_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FREE, fail)
    outcome = onrecord("doctor", "--json")
    assert outcome.code == 1
    assert told(outcome, "disk") == "It cannot be read: Permission denied."
    assert levels(outcome)["index"] == "ok"


def weights_of(index: Path) -> str:
    encoder = Generations(index).current().encoder
    assert encoder is not None
    return str(encoder["weights"])
