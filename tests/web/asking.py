"""Asking an ASGI application without a server, so that a test can choose who asks and how."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NEIGHBOUR = "203.0.113.5"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def detail(self) -> str:
        told: dict[str, str] = json.loads(self.body)
        assert list(told) == ["detail"]
        return told["detail"]


def scope_of(
    method: str = "GET",
    path: str = "/",
    headers: Mapping[str, str] | None = None,
    client: str = "127.0.0.1",
    server: tuple[str, int] = ("127.0.0.1", 7860),
) -> dict[str, Any]:
    named = {"host": "127.0.0.1:7860"} | dict(headers or {})
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "client": (client, 50_000), "server": server,
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }  # fmt: skip


async def ask_app(app: ASGIApp, scope: Scope, chunks: Sequence[bytes] = (b"",)) -> Reply:
    """Sends the body in chunks."""
    sent = [
        {"type": "http.request", "body": chunk, "more_body": number < len(chunks) - 1}
        for number, chunk in enumerate(chunks)
    ]
    got: list[Message] = []

    async def receive() -> Message:
        return sent.pop(0) if sent else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        got.append(message)

    await app(scope, receive, send)
    headers = {name.decode().lower(): value.decode() for name, value in got[0]["headers"]}
    return Reply(got[0]["status"], headers, b"".join(m.get("body", b"") for m in got[1:]))


def reply_of(app: ASGIApp, scope: Scope, chunks: Sequence[bytes] = (b"",)) -> Reply:
    reply: Reply = run_apart(ask_app(app, scope, chunks))
    return reply


def run_apart(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What the coroutine gives, from a loop of a thread of its own: where a browser is open, this
    thread has one already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers 200 with the body that it gets."""
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})
