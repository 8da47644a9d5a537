"""A failure that nobody foresaw becomes a sentence, and its kind and place go to the log."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interface.server.guards.asgi import refuse
from interface.server.wording import WENT_WRONG

_log = logging.getLogger(__name__)


class FailuresInWords:
    """The message of an error may hold a question, so it reaches neither the client nor the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_answered = False

        async def send_noted(message: Message) -> None:
            nonlocal is_answered
            is_answered = is_answered or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except Exception as error:  # noqa: BLE001 (whatever it is, the server goes on)
            _log.error("A request failed: %s", _place(error))
            if not is_answered:
                await refuse(send, 500, WENT_WRONG)


def _place(error: Exception) -> str:
    """`KeyError in citing.py, line 12`."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
