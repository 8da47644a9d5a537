"""A path below which a reverse proxy shows the server."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class WithoutPrefix:
    """Takes the prefix off a path that still has it, so that it does not matter whether the proxy
    does: nginx, for one, does with a slash behind its `proxy_pass` and does not without."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        """prefix: such as `/news`, without a slash at the end."""
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(f"{self.prefix}/"):
            raw = scope.get("raw_path") or b""
            scope = {
                **scope,
                "path": scope["path"].removeprefix(self.prefix),
                "raw_path": raw.removeprefix(self.prefix.encode()),
            }
        await self.app(scope, receive, send)
