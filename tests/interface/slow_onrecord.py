"""`onrecord` as a process of its own with the fake encoder, which takes its time.

python -m tests.interface.slow_onrecord ARGUMENT…
"""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Sequence

import pytest

from corpus import Span
from index import Encoded
from index.dense import encoding
from interface import main
from interface.workspace import Workspace
from tests.hash_encoder import HashEncoder

# Seconds for a string, one to a call and two to a segment.
PACE = 0.2


class SlowEncoder(HashEncoder):
    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        time.sleep(PACE * len(strings))
        return super().encode_words(strings, words)


def slow_encoder(name: str, *_: str | None) -> SlowEncoder:
    return SlowEncoder(name, weights=hashlib.sha256(name.encode()).hexdigest())


if __name__ == "__main__":
    patch = pytest.MonkeyPatch()
    patch.setattr(encoding, "_WINDOW", 2)
    patch.setattr(encoding, "_CHUNK", 1)
    patch.setattr(
        "interface.commands.group.Workspace",
        functools.partial(Workspace, make_encoder=slow_encoder),
    )
    main()
