"""Bodies of requests: bounded, and read before any work begins."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interface.server.guards.asgi import header, only_reads, refuse
from interface.server.wording import BODY_TOO_LARGE, BODY_TOO_SLOW

# Bytes. The most that the page sends is an export of 50 questions, each with ten before it: 60 kB
# for questions of a hundred characters. A whole draft to check has 20 kB.
LARGEST_BODY = 1_000_000
# Seconds for the whole body: 1 MB over a bad line. Slower is held back on purpose.
PATIENCE = 30.0
# Bytes that are read and thrown away, so that a client which sends all before it listens gets the
# sentence rather than a broken connection.
_DISCARDED = 16_000_000
_CLOSE = (b"connection", b"close")


class BoundedBodies:
    """Gives the application a whole body that is small enough, however it was sent: what waits for
    its turn then waits for nobody's line."""

    def __init__(
        self, app: ASGIApp, largest: int = LARGEST_BODY, patience: float = PATIENCE
    ) -> None:
        self.app = app
        self.largest = largest
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (only_reads(scope) and not _has_body(scope)):
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.patience):
                body = await self._read(scope, receive)
        except TimeoutError:
            await refuse(send, 408, BODY_TOO_SLOW.format(self.patience), [_CLOSE])
            return
        except _GoneError:
            return
        if body is None:
            await refuse(send, 413, BODY_TOO_LARGE.format(self.largest), [_CLOSE])
            return
        await self.app(scope, _then(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """The body; None where it is too large."""
        declared = header(scope, b"content-length") or ""
        if declared.isdecimal() and int(declared) > _DISCARDED:
            return None
        chunks: list[bytes] = []
        size, is_over = 0, False
        while not is_over and size <= _DISCARDED:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _GoneError
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            if size > self.largest:
                chunks.clear()
            else:
                chunks.append(chunk)
            is_over = not message.get("more_body", False)
        return None if size > self.largest else b"".join(chunks)


class _GoneError(Exception):
    """The client left before it had sent all."""


def _has_body(scope: Scope) -> bool:
    return any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])


def _then(body: bytes, receive: Receive) -> Receive:
    """The body as one message, then whatever comes."""
    is_given = False

    async def receive_whole() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_whole
