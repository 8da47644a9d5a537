"""kill -9 at moments spread evenly over a process that says what it is doing."""

from __future__ import annotations

import subprocess
import sys
import time
from bisect import bisect_right
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
    begins, sooner = _begins(given, prepare), 1.0
    while len(hit) < kills:
        prepare()
        phase = _killed_at(given, sooner * begins[-1] * (len(hit) + 0.5) / kills, begins)
        said = require()
        if phase != "done":
            hit.append((phase, said))
        else:  # faster than the one that was measured
            sooner *= 0.98
        if phase == "done" or len(hit) % _MEASURED_EVERY == 0:
            begins = _begins(given, prepare)
    return hit


def _begins(given: Sequence[str | Path], prepare: Callable[[], object]) -> list[float]:
    """At how many seconds each phase of a whole build begins; the last is its end."""
    prepare()
    with _started(given) as process:
        assert process.stdout is not None
        moments = [(said.strip(), time.monotonic()) for said in process.stdout]
    assert moments[-1][0] == "done"
    return [moment - moments[0][1] for _, moment in moments]


def _killed_at(given: Sequence[str | Path], moment: float, begins: Sequence[float]) -> str:
    """Let the slow builder come to where the measured one was after `moment` seconds, and kill -9;
    gives the phase that was killed.

    Counted is from the beginning of the phase: however much slower the machine has become, the
    kill is not before it.
    """
    phases = bisect_right(begins, moment)
    with _started(given) as process:
        assert process.stdout is not None
        try:
            said = [process.stdout.readline() for _ in range(phases)]
            time.sleep(moment - begins[phases - 1])
            process.kill()
            said += process.stdout.readlines()
        finally:
            process.kill()
    return next(line.strip() for line in reversed(said) if line)


def _started(given: Sequence[str | Path]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.index.slow_builder", *map(str, given)]
    return subprocess.Popen(command, cwd=_REPOSITORY, stdout=subprocess.PIPE, text=True)


def table(hit: Sequence[tuple[str, str]]) -> str:
    """How often each phase was killed, by what was found afterwards."""
    counts = Counter(hit)
    found = dict.fromkeys(said for _, said in hit)
    return "\n".join(
        f"{phase:26} "
        + "  ".join(f"{said} {counts[phase, said]:3}" for said in found if counts[phase, said])
        for phase in dict.fromkeys(phase for phase, _ in hit)
    )
