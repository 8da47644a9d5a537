"""What `serve` was told about how to answer."""

from __future__ import annotations

from dataclasses import dataclass

from interface.credentials import Credentials


@dataclass(frozen=True, slots=True)
class Settings:
    """credentials: who may ask; None lets everybody.
    root_path: the path below which a reverse proxy shows the server, such as `/news`; else empty.
    mcp: whether tools are offered on `/mcp`, for which the extra `mcp` must be installed.
    """

    credentials: Credentials | None = None
    root_path: str = ""
    mcp: bool = False
