"""What a user installs: the wheel alone, run from another directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Everything here is offline, and a broken step must not hang the run.
LIMIT = 300


def _run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONPATH": ""} | environment,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; libraries come from the one that runs the
    tests. Gives its folder of programs."""
    folder = tmp_path_factory.mktemp("wheel")
    # The sources are copied, so that building leaves nothing in the checkout.
    source = folder / "source"
    tracked = _run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in filter(None, tracked.stdout.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    built = _run(*pip, "wheel", *offline, "--no-build-isolation", "-w", folder, source, cwd=folder)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("on_the_record-*.whl")
    environment = folder / "environment"
    _run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=folder)
    done = _run(
        *pip, "--python", environment / "bin/python", "install", *offline, wheel, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    (libraries,) = environment.glob("lib/python*/site-packages")
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin"


def test_the_wheel_holds_everything_that_the_program_needs(installed: Path) -> None:
    """Packages come from the wheel, with the starter collection and the page's files."""
    listed = _run(
        installed / "python",
        "-c",
        "import corpus, interface, pathlib;"
        "print(corpus.__file__);"
        "print(len(list((pathlib.Path(corpus.__file__).parent / 'articles').glob('*.md'))));"
        "page = pathlib.Path(interface.__file__).parent / 'page';"
        "print([sorted(path.name for path in (page / folder).iterdir())"
        " for folder in ('static', 'markup')])",
        cwd=installed,
    )
    assert listed.returncode == 0, listed.stderr
    place, briefs, static = listed.stdout.splitlines()
    assert Path(place).is_relative_to(installed.parent)
    assert briefs == "30"
    page = ROOT / "interface" / "page"
    assert static == str(
        [sorted(path.name for path in (page / name).iterdir()) for name in ("static", "markup")]
    )


@pytest.mark.encoder
def test_it_answers_from_another_directory(installed: Path, tmp_path: Path) -> None:
    """`onrecord ask` builds the starter collection's index and quotes it exactly."""
    question = "How many volunteers did Jim Gamble want?"
    asked = _run(installed / "onrecord", "ask", question, "--json", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    first = answer["citations"][0]
    assert answer["scope"]["articles"] == 30
    assert "1,500" in first["text"] or "1,500" in answer["citations"][1]["text"]
    (tmp_path / "answer.json").write_text(asked.stdout, encoding="utf-8")
    verified = _run(installed / "onrecord", "verify", "answer.json", cwd=tmp_path)
    assert verified.returncode == 0, verified.stderr
    assert verified.stdout.startswith("[1] verified: ")
    rebuilt = _run(installed / "python", "-m", "index", cwd=tmp_path)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "Added 0, changed 0, removed 0, kept 30." in rebuilt.stdout
