"""Extraction in a process of its own: what goes wrong with a file costs that file and no more.

Feeds are read by feedparser, so a stand-in for it on PYTHONPATH does in the extracting process
whatever a test wants done.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import UnreadableFile
from corpus.extraction import Extracted, Extractor, isolated
from corpus.extraction.docx import extract_docx
from corpus.extraction.feed import extract_feed
from corpus.extraction.html import extract_html
from corpus.extraction.pdf import extract_pdf
from tests.corpus.samples import SAMPLES, TEXT, page

FEED = b"<rss/>"
FUNCTIONS = {
    ("html", ".html"): lambda data: [extract_html(data)],
    ("pdf", ".pdf"): lambda data: [extract_pdf(data)],
    ("docx", ".docx"): lambda data: [extract_docx(data)],
    ("feed", ".rss"): extract_feed,
    ("feed", ".atom"): extract_feed,
}


@pytest.fixture
def extractor():
    with Extractor() as opened:
        yield opened


@pytest.fixture
def feeds_do(tmp_path, monkeypatch):
    """Has the extracting process do something when it reads a feed, and find no feed in it."""

    def do(statements):
        folder = tmp_path / "stand-in"
        folder.mkdir(exist_ok=True)
        body = "".join(f"    {line}\n" for line in statements.splitlines())
        (folder / "feedparser.py").write_text(
            f"import os, sys, time\ndef parse(stream, **_):\n{body}    return {{}}\n"
        )
        monkeypatch.setenv("PYTHONPATH", str(folder))

    return do


def reason(extractor, kind, data):
    with pytest.raises(UnreadableFile) as refused:
        extractor.extract(kind, data)
    return str(refused.value)


def is_running(process):
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def require_end(process):
    deadline = time.monotonic() + 10
    while is_running(process):
        assert time.monotonic() < deadline, "it still runs"
        time.sleep(0.02)


only_on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems limit and tell the memory of a process otherwise"
)


# -- what it gives ------------------------------------------------------------------------------


def test_it_gives_what_the_functions_give(extractor):
    """One file after the other, in one process."""
    for (kind, end), function in FUNCTIONS.items():
        assert extractor.extract(kind, SAMPLES[end]) == function(SAMPLES[end])
        process = extractor._process.pid
    assert extractor._process.pid == process


def test_it_refuses_what_the_functions_refuse(extractor):
    """In their words."""
    for kind, function in ((kind, function) for (kind, _), function in FUNCTIONS.items()):
        with pytest.raises(UnreadableFile) as refused:
            function(b"\x89PNG")
        assert reason(extractor, kind, b"\x89PNG") == str(refused.value)


def test_characters_come_through_as_they_are(extractor):
    """Beyond the basic plane, from right to left, combined, and none at all."""
    words = "\u202e\u05d0\u05d1 e\u0301 \U0001f986\u2028 \ufffd \u00a0|" * 3
    (found,) = extractor.extract("html", page(f"<article><p>{words}{TEXT}</p></article>"))
    assert found == extract_html(page(f"<article><p>{words}{TEXT}</p></article>"))
    assert "\U0001f986" in found.text


def test_no_process_is_started_before_a_file_needs_it():
    with Extractor() as extractor:
        assert extractor._process is None


# -- what goes wrong ----------------------------------------------------------------------------


def test_a_file_that_hangs_is_ended_and_named(extractor, feeds_do, monkeypatch):
    """And the next file is read."""
    feeds_do("time.sleep(60)")
    extractor.extract("html", SAMPLES[".html"])
    monkeypatch.setattr(isolated, "SECONDS", 0.5)
    process = extractor._process.pid
    assert reason(extractor, "feed", FEED) == (
        "took longer than 0 seconds to read; it may be damaged"
    )
    assert not is_running(process)
    monkeypatch.undo()
    assert extractor.extract("html", SAMPLES[".html"])[0].text == TEXT


def test_a_file_that_crashes_its_reader_costs_itself(extractor, feeds_do):
    """However the process ends: by itself or by the system."""
    for end in ("os._exit(1)", "os.kill(os.getpid(), 9)", "os.kill(os.getpid(), 11)"):
        feeds_do(end)
        assert reason(extractor, "feed", FEED) == "made its reader crash; it may be damaged"
        assert extractor.extract("html", SAMPLES[".html"])[0].text == TEXT
        extractor.close()


def test_a_process_that_is_killed_between_two_files_costs_one_at_most(extractor):
    extractor.extract("html", SAMPLES[".html"])
    os.kill(extractor._process.pid, signal.SIGKILL)
    assert reason(extractor, "html", SAMPLES[".html"] * 1000) == (
        "made its reader crash; it may be damaged"
    )
    assert extractor.extract("html", SAMPLES[".html"])[0].text == TEXT


@only_on_linux
def test_a_file_that_needs_too_much_memory_is_named(extractor, feeds_do):
    """Half as much again as there may be."""
    feeds_do("bytearray(3 << 30)")
    extractor.extract("html", SAMPLES[".html"])
    assert reason(extractor, "feed", FEED) == "needs more than 2 GB of memory to be read"
    assert extractor.extract("html", SAMPLES[".html"])[0].text == TEXT


@only_on_linux
def test_memory_that_the_files_before_it_took_is_not_held_against_a_file(extractor, feeds_do):
    """It is read again in a fresh process."""
    feeds_do("sys.kept = getattr(sys, 'kept', []) + [bytearray(1 << 30)]")
    for _ in range(3):
        assert reason(extractor, "feed", FEED) == "is no RSS or Atom feed"


def test_an_answer_that_would_fill_the_memory_is_not_taken(extractor, monkeypatch):
    """A page may hold more text than an article may have."""
    monkeypatch.setattr(isolated, "LARGEST_ANSWER_BYTES", 2000)
    extractor.extract("html", SAMPLES[".html"])
    many = page(f"<article>{'<p>The ferry is late again, they said.</p>' * 100}</article>")
    assert reason(extractor, "html", many) == "holds more than 8 MB of text; split it"
    assert extractor.extract("html", SAMPLES[".html"])[0].text == TEXT


def test_what_a_library_prints_is_no_answer_and_reaches_nobody(extractor, feeds_do, capfd):
    feeds_do("print('{}', flush=True)\nprint('oh', file=sys.stderr)\nos.write(2, b'oh')")
    assert reason(extractor, "feed", FEED) == "is no RSS or Atom feed"
    assert extractor.extract("html", SAMPLES[".html"])[0].text == TEXT
    assert capfd.readouterr() == ("", "")


def test_any_error_of_a_library_is_named(extractor, feeds_do):
    feeds_do("raise RecursionError")
    assert reason(extractor, "feed", FEED) == ("cannot be read (RecursionError); it may be damaged")


def test_nothing_in_the_current_folder_is_run(extractor, tmp_path, monkeypatch):
    """Somebody may have saved a file there under the name of a module."""
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert extractor.extract("html", SAMPLES[".html"])[0].text == TEXT


# -- what is left -------------------------------------------------------------------------------


def test_nothing_runs_after_it_is_closed():
    """No zombie either."""
    extractor = Extractor()
    extractor.extract("html", SAMPLES[".html"])
    process = extractor._process.pid
    extractor.close()
    assert not Path(f"/proc/{process}").exists()
    extractor.close()


def test_nothing_runs_after_an_error_of_whoever_uses_it():
    started = []

    def use():
        with Extractor() as extractor:
            extractor.extract("html", SAMPLES[".html"])
            started.append(extractor._process.pid)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        use()
    (process,) = started
    assert not Path(f"/proc/{process}").exists()


def test_an_interrupted_file_leaves_no_answer_to_the_next(extractor, monkeypatch):
    """Whoever catches the interruption and goes on reads what each file holds."""
    extractor.extract("html", SAMPLES[".html"])

    def interrupted(process):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(extractor, "_line", interrupted)
        with pytest.raises(KeyboardInterrupt):
            extractor.extract("pdf", SAMPLES[".pdf"])
    found = extractor.extract("html", SAMPLES[".html"])
    assert [type(item) for item in found] == [Extracted]
    assert found[0].text == TEXT


# Reads a page, prints the extracting process, reads a feed.
READING = """
import sys
from corpus.extraction import Extractor
with Extractor() as extractor:
    extractor.extract("html", open(sys.argv[1], "rb").read())
    print(extractor._process.pid, flush=True)
    extractor.extract("feed", b"<rss/>")
"""


@pytest.fixture
def reading(tmp_path, feeds_do):
    """A process that reads with a process, which does something and hangs; both of them."""
    started = []

    def start(statements="time.sleep(100)"):
        feeds_do(statements)
        file = tmp_path / "page.html"
        file.write_bytes(SAMPLES[".html"])
        home = str(Path(isolated.__file__).parents[2])
        paths = os.pathsep.join([home, os.environ["PYTHONPATH"]])
        process = subprocess.Popen(
            [sys.executable, "-c", READING, str(file)],
            env={**os.environ, "PYTHONPATH": paths},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process, int(process.stdout.readline())

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_ctrl_c_ends_both_processes(reading):
    """It reaches both, as it does in a terminal."""
    process, extracting = reading()
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(10) == -signal.SIGINT
    require_end(extracting)


def test_a_reader_that_is_killed_leaves_no_process(reading):
    """The extracting process ends with its input."""
    process, extracting = reading("time.sleep(0.5)")
    process.kill()
    process.wait()
    require_end(extracting)


def test_a_hanging_file_of_a_reader_that_is_killed_ends_too(reading):
    """By the system, some seconds after it should have been read."""
    alarm = "import signal\nassert 60 < signal.alarm(1) <= 70\ntime.sleep(100)"
    process, extracting = reading(alarm)
    time.sleep(0.2)
    process.kill()
    process.wait()
    require_end(extracting)


@only_on_linux
def test_many_files_take_no_more_memory_than_some(extractor):
    """300 pages and 100 PDFs after the first of them."""

    def held():
        status = Path(f"/proc/{extractor._process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1000

    def read(number):
        for at in range(number):
            changed = SAMPLES[".html"].replace(b"Osmer", b"Osmer %d" % at)
            extractor.extract("html", changed * 3)
            if at % 3 == 0:
                extractor.extract("pdf", SAMPLES[".pdf"])

    read(30)
    before = held()
    read(300)
    assert held() - before < 30  # MB
