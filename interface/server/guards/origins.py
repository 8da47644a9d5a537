"""Pages of other sites cannot ask in the name of whoever has this one open."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from interface.server.guards.asgi import header, only_reads, refuse
from interface.server.wording import OTHER_NAME, OTHER_SITE

_PORTS = {"http": 80, "https": 443}
# A form of the page, whose origin a browser hides since the page sends no referrer. Only browsers
# that are asked over plain HTTP tell nothing else of it; and it changes nothing here.
_FORM = "/page/print"


class OwnOriginOnly:
    """Refuses what a page of another origin sends, with or without a browser's question whether it
    may. Reading is not refused: a browser keeps the response from such a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if is_rebound(scope):
                port = scope["server"][1]
                await refuse(send, 421, OTHER_NAME.format(port))
                return
            if is_foreign(scope):
                await refuse(send, 403, OTHER_SITE)
                return
        await self.app(scope, receive, send)


def is_foreign(scope: Scope) -> bool:
    """Whether a page of another origin sends this, as browsers tell. What names no origin is no
    page: programs may ask."""
    if only_reads(scope):
        return False
    site = header(scope, b"sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = header(scope, b"origin")
    if origin is None or (origin == "null" and scope["path"] == _FORM):
        return False
    # A page cannot set X-Forwarded-Host without being asked first, so what is there is a proxy's.
    named = (header(scope, b"x-forwarded-host") or "").split(",")
    hosts = [header(scope, b"host") or "", *(name.strip() for name in named)]
    scheme, _, host = origin.partition("://")
    return _place(host, scheme) not in {_place(name, scheme) for name in hosts if name}


def is_rebound(scope: Scope) -> bool:
    """Whether a page of another site reached this machine by giving its own name the address
    127.0.0.1 (DNS rebinding).

    The browser then connects to our port itself and says so in the Host header, which a reverse
    proxy, having a port of its own, does not. A name for this machine itself is no other site.
    """
    server = scope.get("server")
    host = header(scope, b"host")
    if not server or host is None or not _is_loopback(server[0]):
        return False
    name, port = _place(host, "http") or ("", None)
    if port != server[1] or name == "localhost" or name.endswith(".localhost"):
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return True
    return False


def _place(host: str, scheme: str) -> tuple[str, int | None] | None:
    """The name and the port of `host` or `host:port`; None where it is neither."""
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "", parts.port or _PORTS.get(scheme)) if host else None
    except ValueError:
        return None


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
