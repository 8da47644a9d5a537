"""The environment that the peers are installed in, apart from the project's."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

_REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def peers_python(folder: Path) -> Path:
    """The Python of an environment in `folder` that has what requirements.txt names.

    Where the usual torch brings CUDA, PIP_EXTRA_INDEX_URL names an index with CPU builds, which
    pip itself reads.
    """
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    installed = folder / "installed.txt"
    wanted = _REQUIREMENTS.read_text(encoding="utf-8")
    if installed.exists() and installed.read_text(encoding="utf-8") == wanted:
        return python
    print(f"Installing the peers into {folder}", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(_REQUIREMENTS)], check=True)
    installed.write_text(wanted, encoding="utf-8")
    return python
