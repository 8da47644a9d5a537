"""Which requests are work: those that search, read or check articles."""

from __future__ import annotations

from starlette.types import Scope

_WORK = ("/api/", "/page/", "/source", "/article", "/neighbours", "/mcp")


def is_work(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith(_WORK)
