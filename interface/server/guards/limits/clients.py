"""No client keeps the others waiting."""

from __future__ import annotations

from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from interface.server.guards.asgi import client_of, only_reads, refuse
from interface.server.guards.limits.work import is_work
from interface.server.wording import CLIENT_BUSY

# Requests of one address that are read, wait or run at the same time. The page sends one or two at
# once; 8 leave room for some people behind one address. Two such clients cannot fill the queue.
MOST_OF_A_CLIENT = 8


class FairShare:
    """Refuses the requests of an address that has enough of them under way, while their bodies
    arrive too. This machine is exempt: a program on it, or a proxy that does not tell for whom."""

    def __init__(self, app: ASGIApp, most: int = MOST_OF_A_CLIENT) -> None:
        self.app = app
        self.most = most
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_of(scope) if scope["type"] == "http" else None
        if client is None or (only_reads(scope) and not is_work(scope)):
            await self.app(scope, receive, send)
            return
        if self._under_way[client] >= self.most:
            await refuse(send, 429, CLIENT_BUSY.format(self.most), [(b"retry-after", b"1")])
            return
        self._under_way[client] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]
