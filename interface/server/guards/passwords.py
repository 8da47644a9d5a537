"""A name and a password for every route, as HTTP Basic authentication (RFC 7617)."""

from __future__ import annotations

import base64
import binascii
import time
from collections import OrderedDict

from starlette.types import ASGIApp, Receive, Scope, Send

from interface.credentials import Credentials
from interface.server.guards.asgi import client_of, header, refuse
from interface.server.wording import LOCKED, TOO_MANY_WRONG

# What a supervisor asks to see whether the process lives; it tells nothing of the articles.
_OPEN = ("/healthz",)
_CHALLENGE = (b"www-authenticate", b'Basic realm="On the Record", charset="UTF-8"')
# Wrong passwords in a minute from one address: a person who mistypes needs two or three, and at ten
# a minute guessing even a short random password takes years.
_MOST_WRONG = 10
_MINUTE = 60.0
# Addresses that are remembered; beyond, the one that failed first is forgotten. About 2 MB.
_REMEMBERED = 10_000


class PasswordRequired:
    """Lets through who gives the credentials."""

    def __init__(self, app: ASGIApp, credentials: Credentials) -> None:
        self.app = app
        self.credentials = credentials
        self.wrong = WrongPasswords()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _OPEN:
            await self.app(scope, receive, send)
            return
        client, now = client_of(scope) or "this machine", time.monotonic()
        given = header(scope, b"authorization")
        if given is not None and (wait := self.wrong.wait(client, now)):
            retry = (b"retry-after", str(wait).encode())
            await refuse(send, 429, TOO_MANY_WRONG, [retry])
        elif given is not None and self.credentials.are(_basic(given)):
            await self.app(scope, receive, send)
        else:
            if given is not None:
                self.wrong.count(client, now)
            await refuse(send, 401, LOCKED, [_CHALLENGE])


class WrongPasswords:
    """How many came from which address in the minute that began with the first of them."""

    def __init__(self) -> None:
        self._counted: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def count(self, client: str, now: float) -> None:
        """now: in seconds."""
        count, since = self._counted.get(client, (0, now))
        self._counted[client] = (1, now) if now - since >= _MINUTE else (count + 1, since)
        if len(self._counted) > _REMEMBERED:
            self._counted.popitem(last=False)

    def wait(self, client: str, now: float) -> int:
        """Seconds until this address may try again; 0 where it may now."""
        count, since = self._counted.get(client, (0, now))
        left = since + _MINUTE - now
        return max(1, round(left)) if count >= _MOST_WRONG and left > 0 else 0


def _basic(authorization: str) -> bytes:
    """`name:password` of the header; nothing where it is another one."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return b""
