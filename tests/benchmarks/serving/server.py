"""`onrecord serve` as a process of its own, and what it holds."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from tests.benchmarks.serving.publishing import ROOT

_MOST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Sample:
    """resident: megabytes of memory. own: those of them that are no mapped file.
    files: open files and sockets. threads: of the process."""

    resident: float
    own: float
    files: float
    threads: float


@dataclass(frozen=True, slots=True)
class Server:
    """address: with a slash at its end. log: what it wrote to stderr."""

    address: str
    process: int
    log: Path

    def sample(self) -> Sample:
        state = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        told = dict(line.split(":", 1) for line in state.splitlines())
        resident, own = (int(told[name].split()[0]) / 1000 for name in ("VmRSS", "RssAnon"))
        files = sum(1 for _ in Path(f"/proc/{self.process}/fd").iterdir())
        return Sample(resident, own, files, int(told["Threads"]))


@contextmanager
def serving(index: Path, log: Path) -> Iterator[Server]:
    """Serve until the end of the block, from when the next question is answered at once."""
    command = [sys.executable, str(ROOT / "app.py"), "--index", str(index)]
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen([*command, "serve", "--port", "0"], stderr=errors, stdout=errors)
    try:
        deadline = time.monotonic() + _MOST_SECONDS
        address = ""
        while not (address and _is_ready(address)):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"The server did not start: {log.read_text(encoding='utf-8')}")
            time.sleep(0.2)
            address = next((w for w in log.read_text(encoding="utf-8").split() if "://" in w), "")
        yield Server(address, process.pid, log)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}readyz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def middle(samples: list[Sample]) -> Sample:
    """The median of each."""
    return Sample(
        median(sample.resident for sample in samples),
        median(sample.own for sample in samples),
        median(sample.files for sample in samples),
        median(sample.threads for sample in samples),
    )
