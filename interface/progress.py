"""A build's progress for people: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

# Seconds between two lines in a log, and what a step must last to be worth one.
_LOG_EVERY = 10.0
# Seconds between two looks at whether a line is due.
_LOOK_EVERY = 1.0


class _Rate(ProgressColumn):
    """Units a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s")


class ShownProgress:
    """Shows each step on `console`, which is stderr."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def step(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """See `index.Progress`."""
        if not total:
            yield lambda done: None
        elif self._console.is_terminal:
            yield from self._bar(label, total)
        else:
            yield from self._lines(label, total)

    def _bar(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=self._console,
            transient=False,
        ) as bars:
            task = bars.add_task(label, total=total)
            yield lambda done: bars.advance(task, done)

    def _lines(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        started = told = time.monotonic()
        finished = 0
        telling, ended = threading.Lock(), threading.Event()

        def advance(done: int) -> None:
            nonlocal finished, told
            with telling:
                finished += done
                now = time.monotonic()
                if now - told < _LOG_EVERY or finished >= total:
                    return
                told = now
                so_far = f"{label}: {finished:,} of {total:,}, "
                if finished:
                    rate = finished / (now - started)
                    left = (total - finished) / rate
                    self._say(f"{so_far}{rate:,.0f}/s, {left:,.0f} s left")
                else:
                    self._say(f"{so_far}{now - started:,.0f} s so far")

        def watch() -> None:  # a unit may take longer than the time between two lines
            while not ended.wait(_LOOK_EVERY):
                advance(0)

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield advance
        finally:
            ended.set()
            watching.join()
        if (took := time.monotonic() - started) >= 1:
            self._say(f"{label}: {finished:,} in {took:,.0f} s")

    def _say(self, line: str) -> None:
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)
