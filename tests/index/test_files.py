"""Writing durably: the old content or the new, never a mixture."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from corpus import sha256_of
from index.store.files import write_durably


def test_new_content_replaces_the_old(tmp_path: Path) -> None:
    """Afterwards the file holds the new bytes, and nothing lies beside it."""
    path = tmp_path / "CURRENT"
    write_durably(path, b"first")

    write_durably(path, b"second")

    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("primitive", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, primitive: str
) -> None:
    """When the disk fails before the rename, the old bytes stay, and no half file."""
    path = tmp_path / "CURRENT"
    write_durably(path, b"first")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if primitive == "fsync" else Path, primitive, fail)

    with pytest.raises(OSError, match="No space left"):
        write_durably(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_content_is_on_the_disk_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File flushed, then renamed, then the folder flushed: any other order can lose both."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        done.append(f"flush {Path(f'/proc/self/fd/{handle}').resolve().name}")
        fsync(handle)

    def renamed(path: Path, target: Path) -> Path:
        done.append(f"rename {path.name} to {target.name}")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", renamed)

    write_durably(tmp_path / "CURRENT", b"content")

    beside = f".CURRENT.{os.getpid()}.new"
    assert done == [f"flush {beside}", f"rename {beside} to CURRENT", f"flush {tmp_path.name}"]


def test_a_file_is_named_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    """sha256_of is SHA-256 in hexadecimal, for an empty file too."""
    for content in (b"", b"park" * 100_000):
        (tmp_path / "file").write_bytes(content)
        assert sha256_of(tmp_path / "file") == hashlib.sha256(content).hexdigest()
