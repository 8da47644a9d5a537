"""Progress for people."""

from __future__ import annotations

import io
import time
from types import SimpleNamespace

import pytest
from rich.console import Console

from interface.progress import ShownProgress


class Clock:
    """A clock that tests move."""

    now = 100.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("interface.progress.time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def log() -> tuple[ShownProgress, io.StringIO]:
    written = io.StringIO()
    return ShownProgress(Console(file=written, force_terminal=False)), written


def test_a_quick_step_is_not_told(clock: Clock) -> None:
    """In a log, what takes less than a second is no line."""
    progress, written = log()
    with progress.step("Reading articles", 10) as advance:
        clock.now += 0.9
        advance(10)
    assert written.getvalue() == ""


def test_a_long_step_tells_how_far_it_is(clock: Clock) -> None:
    """A line every ten seconds with the pace and the time left, and one at the end."""
    progress, written = log()
    with progress.step("Encoding passages", 2400) as advance:
        for _ in range(6):
            clock.now += 4
            advance(400)
    assert written.getvalue() == (
        "Encoding passages: 1,200 of 2,400, 100/s, 12 s left\nEncoding passages: 2,400 in 24 s\n"
    )


def test_a_unit_that_takes_long_is_told_too(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line comes every ten seconds though no unit is done, and nothing comes twice."""
    monkeypatch.setattr("interface.progress._LOOK_EVERY", 0.001)
    progress, written = log()
    lines = []
    with progress.step("Preparing the encoder", 1) as advance:
        for _ in range(2):
            clock.now += 10
            until = time.monotonic() + 10
            while len(written.getvalue().splitlines()) == len(lines):
                assert time.monotonic() < until, "no line came"
                time.sleep(0.001)
            time.sleep(0.01)
            lines = written.getvalue().splitlines()
        advance(1)
    assert written.getvalue().splitlines() == [
        "Preparing the encoder: 0 of 1, 10 s so far",
        "Preparing the encoder: 0 of 1, 20 s so far",
        "Preparing the encoder: 1 in 20 s",
    ]


def test_labels_are_no_markup(clock: Clock) -> None:
    """Brackets in a label are printed as they are, however long the line."""
    progress, written = log()
    label = "[red]Reading[/red] " + "long " * 40
    with progress.step(label, 1) as advance:
        clock.now += 2
        advance(1)
    assert written.getvalue() == f"{label}: 1 in 2 s\n"


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "log"])
def test_a_step_of_nothing_shows_nothing(clock: Clock, terminal: bool) -> None:
    """Where nothing is to be done, nothing is said."""
    written = io.StringIO()
    progress = ShownProgress(Console(file=written, force_terminal=terminal))
    with progress.step("Encoding passages", 0) as advance:
        clock.now += 60
        advance(0)
    assert written.getvalue() == ""


def test_a_terminal_gets_a_bar() -> None:
    """On a terminal the label stands beside what is done of how many."""
    written = io.StringIO()
    progress = ShownProgress(Console(file=written, force_terminal=True, width=100))
    with progress.step("Encoding passages", 3) as advance:
        advance(3)
    assert "Encoding passages" in written.getvalue()
    assert "3/3" in written.getvalue()


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "log"])
def test_an_error_inside_a_step_gets_out(terminal: bool) -> None:
    """Showing progress hides no failure."""
    progress = ShownProgress(Console(file=io.StringIO(), force_terminal=terminal))

    def fail() -> None:
        with progress.step("Reading", 2) as advance:
            advance(1)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
