"""kill -9 at moments spread evenly over a process that says what it is doing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

_REPOSITORY = Path(__file__).parents[2]
# Kills after which the length of a whole build is measured again, as a busy machine gets slower
# and faster.
_MEASURED_EVERY = 25


def kill_at_even_moments(
    given: Sequence[str | Path],
    kills: int,
    prepare: Callable[[], object],
    require: Callable[[], str],
) -> list[tuple[str, str]]:
    """(phase, what `require` said) for a kill at a moment in each of as many equal parts of a
    slow builder; the moments lie in the middle of the parts.

    given: to the slow builder. prepare: makes the index as it is before. require: is called after
    each kill, and raises where that has cost anything.
    """
    hit: list[tuple[str, str]] = []
    took = 0.0
    while len(hit) < kills:
        if len(hit) % _MEASURED_EVERY == 0:
            prepare()
            last, took = _killed_after(given, None)
            assert last == "done"
        prepare()
        phase, _ = _killed_after(given, took * (len(hit) + 0.5) / kills)
        said = require()
        if phase == "done":  # faster than the one that was measured
            took *= 0.98
        else:
            hit.append((phase, said))
    return hit


def _killed_after(given: Sequence[str | Path], moment: float | None) -> tuple[str, float]:
    """Let the slow builder work for `moment` seconds from the first phase on, kill -9; None waits
    for its end. Gives the phase that was killed, and how long it all took."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.index.slow_builder", *given],
        cwd=_REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            began = time.monotonic()
            if moment is not None:
                time.sleep(moment)
                process.kill()
            said += process.stdout.read()
            return said.splitlines()[-1], time.monotonic() - began
        finally:
            process.kill()


def table(hit: Sequence[tuple[str, str]]) -> str:
    """How often each phase was killed, by what was found afterwards."""
    counts = Counter(hit)
    found = dict.fromkeys(said for _, said in hit)
    return "\n".join(
        f"{phase:26} "
        + "  ".join(f"{said} {counts[phase, said]:3}" for said in found if counts[phase, said])
        for phase in dict.fromkeys(phase for phase, _ in hit)
    )
