"""Real processes that are stopped, meet each other, or read while another one builds."""

from __future__ import annotations

import builtins
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import read_collection
from interface import main
from tests.interface.conftest import ROOT, Command

Write = Callable[[dict[str, str | bytes | None]], Path]
Start = Callable[..., "subprocess.Popen[str]"]

QUESTION = "When does the library of Ostley open?"
# A dozen passages: at a fifth of a second for each, a build takes some seconds.
DOZEN: dict[str, str | bytes | None] = {
    f"report-{number:02}.md": f"---\ntitle: Report {number}\n---\n"
    f"The library of Ostley opens at {number} on Friday. Nobody asked for hour {number}.\n"
    for number in range(1, 13)
}
KEPT = (
    "Stopped, and nothing was published: {}. Vectors that were finished are kept, and the next "
    "build goes on from them.\n"
)


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Start `onrecord` with a slow encoder in the current folder; whatever happens, it is gone
    in the end."""
    started = []

    def run(*arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.interface.slow_onrecord", *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_for_segments(index: Path, count: int) -> None:
    """Until a build has kept so many segments of vectors."""
    until = time.monotonic() + 30
    while len(list(index.glob("vectors/*/*.npy"))) < count:
        assert time.monotonic() < until, "no segment came"
        time.sleep(0.01)


@pytest.mark.parametrize("first", [True, False], ids=["first build", "later build"])
def test_ctrl_c_says_what_is_kept_and_the_next_build_goes_on(
    onrecord: Command, start: Start, town: Path, folder: Path, write: Write, first: bool
) -> None:
    """SIGINT ends a real build with exit code 1, one message and no traceback; segments that
    were finished are not made again, and nothing else is left."""
    index = folder / ".onrecord"
    if not first:
        assert onrecord("--corpus", town, "build").code == 0
    write(DOZEN)
    before = len(list(index.glob("vectors/*/*.npy")))
    process = start("--corpus", town, "build")
    wait_for_segments(index, before + 2)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)

    answers = "no index answers yet" if first else "what answered before still answers"
    assert (process.returncode, out) == (1, "")
    assert KEPT.format(answers) in err
    assert err.endswith("Aborted!\n")
    assert "Traceback" not in err
    assert len(list(index.glob("generations/*"))) == (0 if first else 1)
    report = onrecord("--corpus", town, "build", "--json").json
    strings = 12 + (6 if first else 0)
    assert report["articles"] == 18
    # Two strings to a segment; a third may have been finished before the signal came.
    assert report["encoded"] in (strings - 4, strings - 6)
    assert (onrecord("verify").code, onrecord("ask", QUESTION).code) == (0, 0)


def test_a_terminated_build_leaves_all_whole(
    onrecord: Command, start: Start, built: Path, folder: Path, write: Write
) -> None:
    """SIGTERM, as a system that shuts down sends it, costs what kill -9 costs: time."""
    before = onrecord("ask", QUESTION, "--json").json
    segments = len(list(folder.glob(".onrecord/vectors/*/*.npy")))
    write(DOZEN)
    process = start("build")
    wait_for_segments(folder / ".onrecord", segments + 2)

    process.terminate()
    process.communicate(timeout=20)

    assert process.returncode == -signal.SIGTERM
    assert onrecord("ask", QUESTION, "--json").json == before
    assert onrecord("verify").code == 0
    assert onrecord("build", "--json").json["encoded"] in (12 - 4, 12 - 6)
    assert len(list(folder.glob(".onrecord/generations/*"))) == 2


def test_ctrl_c_while_the_program_loads_prints_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the third of a second in which modules are imported it ends as it would later on."""
    ordinary = builtins.__import__

    def stopped(name: str, *given: Any, **named: Any) -> Any:
        if name == "interface.commands":
            raise KeyboardInterrupt
        return ordinary(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", stopped)
    with pytest.raises(SystemExit, match="Aborted!"):  # Python prints it, and exits with 1
        main(["status"])


def test_of_two_builders_one_builds_and_the_other_says_who(
    onrecord: Command, start: Start, town: Path, folder: Path, write: Write
) -> None:
    """Started together, one process publishes, the other exits 2 and names it. In a log, the
    step that took longer than a second is a plain line."""
    write(DOZEN)
    both = [start("--corpus", town, "build") for _ in range(2)]
    ended = {
        process.pid: (*process.communicate(timeout=60), process.returncode) for process in both
    }

    (winner,) = [pid for pid, (_, _, code) in ended.items() if code == 0]
    ((out, err, code),) = [end for pid, end in ended.items() if pid != winner]
    assert (code, out) == (2, "")
    assert err == (
        f"onrecord: The index in {folder / '.onrecord'} is being built by process {winner}. "
        "Wait for it to end, or stop it, and try again.\n"
    )
    told, log, _ = ended[winner]
    assert told.startswith("Added 18, ")
    assert re.search(r"^Encoding passages: 18 in \d s$", log, re.MULTILINE)
    assert not {"\x1b", "\r"} & set(log)
    assert onrecord("verify").code == 0
    assert len(list(folder.glob(".onrecord/generations/*"))) == 1


READER = """
import json, sys
from pathlib import Path
from index import SearchIndex
from retrieval import answer_as_json, ask
from tests.interface.slow_onrecord import slow_encoder

question, index, stop = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
encoder, answers = slow_encoder("all-MiniLM-L6-v2"), []
while not stop.exists() or not answers:
    opened = SearchIndex(index)
    answer = answer_as_json(ask(question, opened, encoder))
    opened.close()
    answers.append([answer["index"]["generation"],
                    [[c["article"]["article_id"], c["text"]] for c in answer["citations"]]])
print(json.dumps(answers))
"""


def test_no_reader_fails_while_another_process_builds(
    onrecord: Command, built: Path, folder: Path, write: Write
) -> None:
    """Three processes open the index and ask, over and over, while a dozen generations are
    published; each answer is one of a published generation's."""
    write(DOZEN)
    assert onrecord("build").code == 0
    stop = folder / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, QUESTION, folder / ".onrecord", stop],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    published: dict[str, list[list[str]]] = {}

    def note() -> None:
        answer = onrecord("ask", QUESTION, "--json").json
        texts = {article.article_id: article.text for article in read_collection(built).articles}
        for cited in answer["citations"]:
            source = texts[cited["article"]["article_id"]]
            assert source[cited["start"] : cited["end"]] == cited["text"]
        published[answer["index"]["generation"]] = [
            [cited["article"]["article_id"], cited["text"]] for cited in answer["citations"]
        ]

    try:
        note()
        for hour in range(12):
            time.sleep(0.2)  # a real build takes longer
            write({"report-03.md": f"The library of Ostley opens at {hour} on Monday."})
            assert onrecord("build").code == 0
            note()
    finally:
        stop.touch()
        ended = [reader.communicate(timeout=60) for reader in readers]

    asked: set[str] = set()
    for reader, (out, err) in zip(readers, ended, strict=True):
        assert (reader.returncode, err) == (0, "")
        for generation, citations in json.loads(out):
            assert citations == published[generation]
            asked.add(generation)
    assert len(asked) > 3
