"""What starting costs, and the program as processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.interface.conftest import ROOT, Command, Outcome
from tests.retrieval.invented import TOWN_TEXTS

HEAVY = (
    "faiss", "gradio", "sentence_transformers", "torch", "transformers", "fastapi", "uvicorn",
    "ir_measures",
)  # fmt: skip

_IMPORTED = f"""\
import sys
from interface import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    print(ended.code, sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("ask", "--help"),
        ("serve", "--help"),
        ("build", "--help"),
        ("evaluate", "--help"),
        ("status",),
        ("articles", "--json"),
        ("show", "tram"),
        ("verify",),
        ("doctor",),
        ("ask", "Who closes the library?"),
        ("find", "library"),
    ],
    ids=" ".join,
)
def test_a_command_loads_only_what_it_needs(
    folder: Path, wordy: Path, arguments: tuple[str, ...]
) -> None:
    """Neither torch nor gradio, FAISS or sentence-transformers is imported for what goes without:
    help, listings, verifying, finding, and asking an index without vectors."""
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTED, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stderr == "0 []\n"


def test_the_program_as_a_process(process: Command, wordy: Path) -> None:
    """`python app.py` prints the answer on stdout, as UTF-8, and nothing else."""
    outcome = process("ask", "Which flood barrier held at Sedge Lane?")
    assert (outcome.code, outcome.err) == (0, "")
    assert f"\n{TOWN_TEXTS['barrier'].strip()}\n" in outcome.out
    assert "\x1b" not in outcome.out


def test_json_of_a_process(process: Command, wordy: Path) -> None:
    """Another program can read stdout whole."""
    outcome = process("ask", "Which zeppelin reached Kilimanjaro?", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json["scope"]["absent_terms"] == ["zeppelin", "reached", "Kilimanjaro"]


def test_the_exit_codes_of_a_process(process: Command, wordy: Path, folder: Path) -> None:
    """0 for done, 1 for what was checked and found wanting, 2 for unusable input."""
    exported = process("ask", "Who closes the library?", "--json").out
    (folder / "good.json").write_text(exported)
    (folder / "bad.json").write_text(exported.replace("40,000", "90,000"))
    assert process("verify", "good.json").code == 0
    altered = process("verify", "bad.json")
    assert (altered.code, altered.err) == (1, "")
    assert altered.out.startswith("[1] altered: news/library: ")
    assert process("verify", "no-such.json").code == 2


def test_messages_and_results_of_a_process_are_apart(
    process: Command, wordy: Path, folder: Path
) -> None:
    """What is said about the folder does not get into what another program reads."""
    (wordy / "mill.txt").write_text("The mill opens on Friday.")
    outcome = process("articles", "--json")
    assert [a["article_id"] for a in json.loads(outcome.out)] == sorted(TOWN_TEXTS)
    assert outcome.err.endswith("bring the index up to date with: onrecord build\n")


def test_a_reader_that_stops_reading_is_no_error(wordy: Path, folder: Path) -> None:
    """`onrecord articles | head -1` prints one line and no traceback."""
    command = f"{sys.executable} {ROOT / 'app.py'} articles | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("barrier\n", "")


def test_python_m_index_is_the_build_command(folder: Path) -> None:
    """`python -m index` is `onrecord build`, from any folder."""
    done = subprocess.run(
        [sys.executable, "-m", "index", "--help"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Usage: onrecord build [OPTIONS]\n")
    assert list(folder.iterdir()) == []


def test_the_version(process: Command) -> None:
    """--version works in a clone too that was never installed."""
    outcome = process("--version")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(("onrecord, version ", "onrecord, not installed"))


def test_a_port_in_use_as_a_process(process: Command, folder: Path, wordy: Path) -> None:
    """The chat's command ends at once where it cannot listen."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert process("serve", "--port", port) == Outcome(
            2,
            "",
            f"onrecord: Port {port} of 127.0.0.1 cannot be used: Address already in use. "
            "Give another with --port.\n",
        )
