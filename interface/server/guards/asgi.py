"""What the guards share: reading a request's headers, whose it is, and answering in a sentence."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable

from starlette.types import Scope, Send

_READING = ("GET", "HEAD")


def header(scope: Scope, name: bytes) -> str | None:
    """The first header of this name, in small letters."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return None


def only_reads(scope: Scope) -> bool:
    return scope["method"] in _READING


def client_of(scope: Scope) -> str | None:
    """Who asks, as an address; None on this machine. An IPv6 address counts as its /64 network,
    which is what one client has."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return str(host)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return None if address.is_loopback else str(ipaddress.ip_network((address, 64), False))
        address = address.ipv4_mapped
    return None if address.is_loopback else str(address)


async def refuse(
    send: Send, status: int, sentence: str, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """Answer with `{"detail": sentence}`."""
    body = json.dumps({"detail": sentence}, ensure_ascii=False).encode()
    described = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": [*described, *headers]})
    await send({"type": "http.response.body", "body": body})
