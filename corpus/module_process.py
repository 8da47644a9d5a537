"""A module of this program run in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def start_module(
    module: str,
    *arguments: str,
    stdin: int | None = None,
    stdout: int | None = None,
    stderr: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start `python -m MODULE ARGUMENT…` with this Python. stdin, stdout, stderr: as Popen takes
    them."""
    # By path, so that it also works where the program was never installed.
    home = str(Path(__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 (this Python, a module of ours, and no shell)
        # -P: what lies in the current folder, perhaps a json.py, must not be run.
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
