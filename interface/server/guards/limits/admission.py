"""Admission control: so much work at once, so much waiting, and a clear answer to the rest."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from interface.server.guards.asgi import refuse
from interface.server.guards.limits.work import is_work
from interface.server.wording import BUSY

# Each request that works keeps a core busy for some tens of milliseconds; four use two to four
# cores, and more at once would only make all of them slower.
AT_ONCE = 4
# The last of 64 waits for about a second, as long as a person does without wondering. More would
# wait for an answer that its asker has given up.
WAITING = 64
_AGAIN = 2  # seconds, until which such a queue is worked off


class AdmissionControl:
    """First come, first served. A request is admitted once its body is here; see BoundedBodies."""

    def __init__(self, app: ASGIApp, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self.app = app
        self._most = at_once + waiting
        self._admitted = 0
        self._running = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_work(scope):
            await self.app(scope, receive, send)
            return
        if self._admitted >= self._most:
            retry = (b"retry-after", str(_AGAIN).encode())
            await refuse(send, 503, BUSY.format(_AGAIN), [retry])
            return
        self._admitted += 1
        try:
            async with self._running:
                await self.app(scope, receive, send)
        finally:
            self._admitted -= 1
