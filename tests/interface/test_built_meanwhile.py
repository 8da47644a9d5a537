"""The chat opens as soon as something answers, while its first build goes on in another process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index import SentenceEncoder
from interface.commands import building
from interface.commands.building import built_meanwhile
from interface.workspace import Workspace

ROOT = Path(__file__).parents[2]
# Builds with the tests' encoder, and then goes on until it is stopped.
BUILD = """
import sys, time
from pathlib import Path
from index import build_index
from tests.hash_encoder import HashEncoder
build_index(Path(sys.argv[1]), Path(sys.argv[2]), HashEncoder() if sys.argv[3] == "all" else None)
print("published", file=sys.stderr)
if sys.argv[3] == "words":
    time.sleep(600)
"""


@pytest.fixture
def workspace(town: Path, folder: Path) -> Workspace:
    return Workspace(town, folder / ".onrecord", None, make_encoder=SentenceEncoder)


@pytest.fixture
def started(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started in the place of builds."""
    return _starting(workspace, monkeypatch, "words")


def _starting(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, what: str
) -> list[subprocess.Popen[bytes]]:
    processes: list[subprocess.Popen[bytes]] = []

    def start(_workspace: Workspace) -> subprocess.Popen[bytes]:
        arguments = [str(workspace.corpus), str(workspace.index), what]
        processes.append(
            subprocess.Popen([sys.executable, "-c", BUILD, *arguments], cwd=ROOT, stderr=-3)
        )
        return processes[-1]

    monkeypatch.setattr(building, "_started", start)
    return processes


def test_the_chat_opens_with_the_first_generation(
    workspace: Workspace,
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The build goes on meanwhile, which is told, and is stopped with the chat."""
    monkeypatch.setattr(building, "has_vectors", lambda manifest: False)

    with built_meanwhile(workspace):
        assert workspace.manifest() is not None
        (process,) = started
        assert process.poll() is None

    assert process.poll() is not None
    told = capsys.readouterr().err
    assert f"There is no index in {workspace.index} yet; building it from" in told
    assert "Questions are answered by words from now on; the build goes on" in told


def test_a_build_that_publishes_once_is_waited_for(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A small collection has its vectors at once; nothing is said of words alone."""
    started = _starting(workspace, monkeypatch, "all")

    with built_meanwhile(workspace):
        assert started[0].poll() == 0

    assert "answered by words" not in capsys.readouterr().err


def test_a_build_that_fails_ends_the_chat_with_its_exit_code(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was wrong the build has said itself."""

    def fail(_workspace: Workspace) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", "import sys; sys.exit(2)"])

    monkeypatch.setattr(building, "_started", fail)

    with pytest.raises(SystemExit) as ended, built_meanwhile(workspace):
        pass

    assert ended.value.code == 2


def test_an_index_that_is_there_is_not_built(
    workspace: Workspace, started: list[subprocess.Popen[bytes]]
) -> None:
    """Later starts open what there is."""
    with built_meanwhile(workspace):
        pass

    with built_meanwhile(workspace):
        assert len(started) == 1
