"""How a long step tells how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Progress(Protocol):
    """Shows the steps of a build to a person."""

    def step(self, label: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Open a step of `total` units; call what it gives with the units done since."""
        ...


class Silent:
    """Shows nothing."""

    @contextmanager
    def step(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        yield lambda done: None
