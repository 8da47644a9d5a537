"""Of Gradio's routes only those in use; the rest of them are closed, and errors are sentences.

Gradio has routes for uploads, files of the server, a proxy, streams, recordings, monitoring, links
that are written to disk, and more with each version. So what is open is listed here, not what is
closed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interface.server.guards.asgi import only_reads, refuse
from interface.server.wording import (
    BUSY,
    NO_UPLOADS,
    NOT_UNDERSTOOD,
    NOTHING_HERE,
    WENT_WRONG,
    WRONG_METHOD,
)

# The page, its files, and what Gradio's own clients need to call the endpoint `ask`.
_READ = re.compile(
    r"/|/(assets|static|svelte)/.+|/(theme\.css|favicon\.ico|manifest\.json|robots\.txt|config)"
    r"|/gradio_api/(theme\.css|info|startup-events|queue/data|heartbeat/[^/]+|call/ask/[^/]+)"
)
_SENT = re.compile(r"/gradio_api/(call/ask|queue/join)")
_METHODS = ("GET", "HEAD", "POST")
_UPLOAD = "/gradio_api/upload"
_SENTENCES = {
    400: NOT_UNDERSTOOD,
    404: NOTHING_HERE,
    405: NOTHING_HERE,
    422: NOT_UNDERSTOOD,
    429: BUSY.format(2),
    503: BUSY.format(2),
}


class OnlyGradioRoutesInUse:
    """Stands before Gradio's application, which is asked last, and so answers for all that nothing
    else does: 405 with the methods that one of our routes has, or 404."""

    def __init__(self, app: ASGIApp, ours: Sequence[BaseRoute]) -> None:
        """ours: the routes that are tried before Gradio's."""
        self.app = app
        self.ours = ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        is_open = (_READ if only_reads(scope) else _SENT).fullmatch(path)
        if is_open and scope["method"] in _METHODS and ".." not in path:
            await self.app(scope, receive, _in_sentences(send))
        elif path == _UPLOAD:
            await refuse(send, 403, NO_UPLOADS)
        elif methods := self._methods(scope):
            allowed = ", ".join(methods)
            allow = (b"allow", allowed.encode())
            await refuse(send, 405, WRONG_METHOD.format(allowed), [allow])
        else:
            await refuse(send, 404, NOTHING_HERE)

    def _methods(self, scope: Scope) -> list[str]:
        found: set[str] = set()
        for route in self.ours:
            if route.matches(scope)[0] is Match.PARTIAL:
                found.update(getattr(route, "methods", None) or ())
        return sorted(found)


def _in_sentences(send: Send) -> Send:
    """Gradio's errors repeat what was sent, or tell of paths."""
    is_replaced = False

    async def send_sentence(message: Message) -> None:
        nonlocal is_replaced
        if message["type"] == "http.response.start" and message["status"] >= 400:
            is_replaced = True
            status = message["status"]
            await refuse(send, status, _SENTENCES.get(status, WENT_WRONG))
        elif not is_replaced:
            await send(message)

    return send_sentence
