"""A small collection and an index of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from index import BuildReport, build_index
from tests.hash_encoder import HashEncoder
from tests.index.invented import TOWN, write_files

# A build flushes dozens of times, which costs seconds on a busy disk; a test's folder need not
# survive the machine, so it lies in memory where Linux has a place for that.
_MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def new_folder() -> Iterator[Callable[[], Path]]:
    """Gives an empty folder at each call, for tests that need one for every example."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        numbers = count()

        def make() -> Path:
            made = Path(folder, str(next(numbers)))
            made.mkdir()
            return made

        yield make


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """As pytest's own, but in memory."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@dataclass(frozen=True)
class Town:
    """A folder of invented articles and the index of it."""

    collection: Path
    index: Path

    def write(self, name: str, content: str) -> None:
        write_files(self.collection, {name: content})

    def remove(self, name: str) -> None:
        (self.collection / name).unlink()

    def build(self, encoder: HashEncoder | None = None) -> BuildReport:
        return build_index(self.collection, self.index, encoder or HashEncoder())

    def fresh(self) -> Path:
        """A new index of the same folder, built from nothing."""
        index = self.index.with_name("fresh")
        build_index(self.collection, index, HashEncoder())
        return index


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Four articles, not indexed yet."""
    return Town(write_files(tmp_path / "collection", TOWN), tmp_path / "index")


@pytest.fixture
def built(town: Town) -> Town:
    """Four articles and their index."""
    town.build()
    return town


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty file system of two megabytes, where this machine lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux"):
        pytest.skip("a file system in memory is mounted on Linux only")
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
    except OSError as error:
        pytest.skip(f"mount cannot be run: {error}")
    if mounted.returncode != 0:
        pytest.skip(f"mounting a file system is not permitted: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
