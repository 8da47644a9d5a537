"""How far a build is with the vectors of a generation that it published without them."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_FILE = "encoding"
# A build notes its progress every two or three seconds. What is older is that of a build that was
# stopped.
_STALE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Encoding:
    """share: of the passages that have a vector by now, 0 to 1. is_going_on: whether a build is at
    work on the others, as far as can be told."""

    share: float
    is_going_on: bool


def note_encoding(index: Path, generation: str, encoded: int, passages: int) -> None:
    """Say how many passages of a generation have a vector by now. Not flushed to the disk: nothing
    follows from it."""
    content = json.dumps({"generation": generation, "encoded": encoded, "passages": passages})
    beside = index / f".{_FILE}.{os.getpid()}.new"
    beside.write_text(content, encoding="utf-8")
    beside.replace(index / _FILE)


def forget_encoding(index: Path) -> None:
    """Nothing is being encoded any more."""
    (index / _FILE).unlink(missing_ok=True)


def encoding_of(index: Path, generation: str) -> Encoding:
    """What is known of the vectors of a generation that has none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        path = index / _FILE
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["generation"] == generation:
            share = min(max(float(told["encoded"]) / max(int(told["passages"]), 1), 0.0), 1.0)
            return Encoding(share, time.time() - path.stat().st_mtime < _STALE_SECONDS)
    return Encoding(0.0, is_going_on=False)
