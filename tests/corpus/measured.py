"""Reads each file of a folder within limits, and tells what it cost.

python -m tests.corpus.measured FOLDER

Each line of the output is the JSON of one file: its name, the articles and skips that it gave, the
seconds that it took, and the most megabytes that this process and the extracting one held.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from contextlib import suppress
from pathlib import Path

from corpus import Skip, nothing_known
from corpus.collection.files import read_file
from corpus.extraction import Extractor, isolated

MEMORY_BYTES = 3 << 30


def main(folder):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    isolated.SECONDS = 3  # what takes longer takes the tests as long
    with Extractor() as extractor:
        with suppress(Exception):
            extractor.extract("html", b"<p>Starts it.</p>")
        for path in sorted(Path(folder).iterdir()):
            processes = ["self", *([extractor._process.pid] if extractor._process else [])]
            for process in processes:
                _forget_peak(process)
            start = time.monotonic()
            found = list(
                read_file(path, path.name, [], nothing_known, extractor, lambda done: None)
            )
            seconds = time.monotonic() - start
            if extractor._process:
                processes[1:] = [extractor._process.pid]
            told = {
                "name": path.name,
                "articles": [item.text[:1000] for item in found if not isinstance(item, Skip)][:3],
                "number": sum(not isinstance(item, Skip) for item in found),
                "skips": [str(item) for item in found if isinstance(item, Skip)],
                "seconds": round(seconds, 2),
                "megabytes": [_peak(process) for process in processes],
            }
            print(json.dumps(told), flush=True)


def _forget_peak(process):
    with suppress(OSError):
        Path(f"/proc/{process}/clear_refs").write_text("5")


def _peak(process):
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:  # a system without /proc, or a process that has ended
        return 0
    return round(int(status.partition("VmHWM:")[2].split()[0]) / 1000)


if __name__ == "__main__":
    main(sys.argv[1])
