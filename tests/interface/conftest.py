"""The command line inside this process, with the fake encoder, and as real processes."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from click.testing import CliRunner

from index import SearchIndex, build_index
from interface.commands import command_line
from interface.workspace import Workspace
from tests.hash_encoder import HashEncoder
from tests.retrieval.invented import TOWN

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """How a command ended, what it printed as results, and what it said besides."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Command(Protocol):
    def __call__(self, *arguments: object) -> Outcome: ...


def fake_encoder(name: str, *_: str | None) -> HashEncoder:
    """An encoder whose weights follow from its name, as with real models."""
    return HashEncoder(name, weights=hashlib.sha256(name.encode()).hexdigest())


@pytest.fixture(scope="package", autouse=True)
def without_flushing() -> Iterator[None]:
    """Builds here need not survive a power cut, and flushing is most of what they cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda handle: None)
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one; ONRECORD_INDEX is not set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_INDEX", raising=False)
    return tmp_path


@pytest.fixture
def onrecord(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command line in this process. An exception that it does not handle fails the test,
    which is how a traceback is noticed."""
    monkeypatch.setattr(
        "interface.commands.group.Workspace",
        functools.partial(Workspace, make_encoder=fake_encoder),
    )

    def run(*arguments: object) -> Outcome:
        result = CliRunner().invoke(
            command_line, [str(a) for a in arguments], prog_name="onrecord", catch_exceptions=False
        )
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def process(folder: Path) -> Command:
    """Run `python app.py` as a process of its own."""

    def run(*arguments: object) -> Outcome:
        done = subprocess.run(
            [sys.executable, ROOT / "app.py", *map(os.fsencode, map(str, arguments))],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def write(folder: Path) -> Callable[[Mapping[str, str | bytes | None]], Path]:
    """Write files into the collection `town` (None deletes one); gives its folder."""

    def write_files(files: Mapping[str, str | bytes | None]) -> Path:
        for name, content in files.items():
            path = folder / "town" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder / "town"

    return write_files


@pytest.fixture
def town(write: Callable[[Mapping[str, str | bytes | None]], Path]) -> Path:
    """The folder of the collection TOWN; nothing is built yet."""
    return write(TOWN)


@pytest.fixture
def built(onrecord: Command, town: Path) -> Path:
    """The same, indexed in the default place with the fake encoder."""
    assert onrecord("--corpus", town, "build").code == 0
    return town


@pytest.fixture
def wordy(folder: Path, town: Path) -> Path:
    """The same, indexed in the default place without vectors, for processes of their own."""
    build_index(town, folder / ".onrecord", None)
    return town


@pytest.fixture(scope="session")
def town_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """An open index of TOWN with the fake encoder's vectors; read only."""
    folder = tmp_path_factory.mktemp("town")
    for name, content in TOWN.items():
        path = folder / "town" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    build_index(folder / "town", folder / "index", HashEncoder())
    index = SearchIndex(folder / "index")
    yield index
    index.close()
