"""Headers of every response."""

from __future__ import annotations

import pytest
from starlette.types import Receive, Scope, Send

from interface.server.guards import SafeHeaders
from tests.web.asking import reply_of, scope_of
from tests.web.conftest import Served
from tests.web.http import request

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "", 200), ("GET", "config", 200), ("GET", "theme.css", 200), ("HEAD", "", 200),
        ("GET", "reading-room/page.js", 200), ("GET", "healthz", 200), ("GET", "readyz", 200),
        ("GET", "api", 200), ("GET", "api/openapi.json", 200), ("GET", "api/articles", 200),
        ("GET", "api/articles/none", 404), ("GET", "nowhere", 404), ("GET", "api/ask", 405),
        ("POST", "api/ask", 422), ("POST", "gradio_api/call/ask", 422),
        ("POST", "gradio_api/upload", 403), ("GET", "static/none", 404),
    ],
)  # fmt: skip
def test_every_response_is_closed(served: Served, method: str, path: str, status: int) -> None:
    """Errors too: no page may load from another host, be framed, have its type guessed, tell where
    a reader came from, share its window or be included elsewhere, or ask for a camera."""
    reply = request(served.address + path, method, b"{}" if method == "POST" else None)
    assert reply.status == status
    assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "default-src '" in reply.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert "http" not in reply.headers["content-security-policy"]
    for feature in ("camera", "microphone", "geolocation"):
        assert f"{feature}=()" in reply.headers["permissions-policy"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("", "no-store"), ("config", "no-store"), ("api/articles", "no-store"),
        ("api/articles/bridge", "no-store"), ("page/start", "no-store"), ("readyz", "no-store"),
        ("reading-room/none.js", "no-store"), ("reading-room/page.js", "no-cache"),
    ],
)  # fmt: skip
def test_only_files_of_the_program_are_kept(served: Served, path: str, kept: str) -> None:
    """Nothing with articles or answers stays in a cache; a file is asked for again."""
    assert request(served.address + path).headers["cache-control"] == kept


def test_a_policy_of_its_own_stays() -> None:
    """A page that is closed further keeps its policy. One in a sandbox cannot be apart from its
    opener too, or a browser would not show it."""

    async def sandboxed(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-security-policy", b"default-src 'none'; sandbox"),
            (b"cache-control", b"private"),
            (b"access-control-allow-origin", b"https://evil.example"),
            (b"access-control-allow-credentials", b"true"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body"})

    reply = reply_of(SafeHeaders(sandboxed), scope_of())
    assert reply.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert reply.headers["cross-origin-opener-policy"] == "unsafe-none"
    assert reply.headers["cache-control"] == "private"
    assert [name for name in reply.headers if name.startswith("access-control")] == []


def test_the_kind_of_server_is_not_told(served: Served) -> None:
    """No header has a version."""
    assert not any(
        character.isdigit() for character in request(served.address).headers.get("server", "")
    )
