"""What all tests share: nothing reaches a network, and shared data is found by environment only."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.hash_encoder import HashEncoder

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

WriteCollection = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def encoder() -> HashEncoder:
    """A fresh fake encoder that has encoded nothing."""
    return HashEncoder()


@pytest.fixture
def write_collection(tmp_path: Path) -> WriteCollection:
    """Write files (path to content) into a collection folder; gives the folder."""

    def write(files: Mapping[str, str | bytes], folder: str = "collection") -> Path:
        root = tmp_path / folder
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of two real articles, named by ONRECORD_SEEDS; they are in no commit."""
    return _shared("ONRECORD_SEEDS")


@pytest.fixture(scope="session")
def evaluation_data() -> Path:
    """The folder of judged collections, named by ONRECORD_EVAL; they are in no commit."""
    return _shared("ONRECORD_EVAL")


def _shared(variable: str) -> Path:
    folder = os.environ.get(variable)
    if not folder:
        pytest.skip(f"{variable} names no folder")
    if not Path(folder).is_dir():
        pytest.fail(f"{variable} is {folder}, which is no folder")
    return Path(folder)
