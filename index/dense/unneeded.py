"""Libraries that sentence-transformers imports for what is never asked of it here."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class _StandIn(ModuleType):
    """A module that has every function, none of which can be called."""

    __path__: list[str] = []  # noqa: RUF012 (what makes a module a package)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def cannot_be_called(*_arguments: Any, **_named: Any) -> None:
            raise NotImplementedError(f"{self.__name__}.{name} is not loaded in this process")

        return cannot_be_called


def leave_out_scikit_learn() -> None:
    """For a process that only encodes: sentence-transformers then loads in 3.8 s for 5.2 on one
    busy processor. It takes from it the distances of one function, which encoding does not call."""
    for name in ("sklearn", "sklearn.metrics"):
        if name not in sys.modules:
            module = _StandIn(name)
            module.__spec__ = ModuleSpec(name, None)
            sys.modules[name] = module
