"""Importing a library without what it would load if it found it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(package: str) -> Iterator[None]:
    """Until the end `import package` fails as where it is not installed, unless it was imported
    before."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # what Python says of such an entry
    try:
        yield
    finally:
        del sys.modules[package]
