"""One measure of one contender, as JSON on stdout.

`python -m tests.benchmarks.peers.run_one CONTENDER TASK FOLDER`, from the root of the project,
with the Python of the environment that the contender is installed in.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from tests.benchmarks.peers.contract import ENTRIES, Inputs


def main(name: str, task: str, folder: Path) -> None:
    module = next(entry.module for entry in ENTRIES if entry.name == name)
    with redirect_stdout(sys.stderr):  # for whatever a library prints
        contender = import_module(f"tests.benchmarks.peers.contenders.{module}").contender()
        result = getattr(contender, task)(Inputs(folder))
    print(json.dumps(asdict(result) if result else None))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
