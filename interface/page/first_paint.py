"""What a browser shows before Gradio's scripts are loaded: the name, and a box to ask in."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEAD = (
    "<title>On the Record</title>"
    '<link rel="stylesheet" href="reading-room/page.css">'
    '<script type="module" async src="reading-room/waiting.js"></script>'
)
_BODY = (Path(__file__).parent / "markup" / "waiting.html").read_text(encoding="utf-8")


class FirstPaint:
    """Puts the box into Gradio's page, in front of where its scripts will draw."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_page(scope):
            await self._application(scope, receive, send)
            return
        started: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            content = _with_box(bytes(body)) if started["status"] == 200 else bytes(body)
            MutableHeaders(raw=started["headers"])["Content-Length"] = str(len(content))
            await send(started)
            await send({"type": "http.response.body", "body": content})

        await self._application(scope, receive, collect)


def _is_page(scope: Scope) -> bool:
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return path in ("", "/")


def _with_box(page: bytes) -> bytes:
    head, body = page.find(b"</head>"), page.find(b"<gradio-app")
    if not 0 < head < body:
        return page
    return b"".join((page[:head], _HEAD.encode(), page[head:body], _BODY.encode(), page[body:]))
