"""Pages of other sites cannot ask, and cannot read what they ask for."""

from __future__ import annotations

import pytest

from interface.server.guards import OwnOriginOnly
from tests.web.asking import echo, reply_of, scope_of
from tests.web.conftest import Served
from tests.web.http import request

NAMED = {"host": "news.example"}
ELSEWHERE = "A page of another site cannot ask here. Open this server's own page."


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:7860"},
        {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        NAMED | {"origin": "https://news.example"},
        NAMED | {"origin": "https://news.example:443"},
        {"host": "news.example:443", "origin": "https://NEWS.example"},
        {"host": "[::1]:7860", "origin": "http://[::1]:7860"},
        {"origin": "https://news.example", "x-forwarded-host": "news.example"},
        {"origin": "https://news.example", "x-forwarded-host": "inner.example, news.example"},
        {"origin": "https://news.example", "sec-fetch-site": "same-origin"},
    ],
    ids=str,
)
def test_the_own_page_and_programs_may_ask(headers: dict[str, str]) -> None:
    """A request without an origin is no page's; behind a proxy the origin is the proxy's."""
    assert reply_of(OwnOriginOnly(echo), scope_of("POST", "/api/ask", headers)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://[bad"},
        {"origin": "http://127.0.0.1:7860.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "cross-site"},
        NAMED | {"origin": "https://news.example:8443"},
        NAMED | {"origin": "https://news.example.evil.example"},
        {"origin": "https://evil.example", "x-forwarded-host": "news.example"},
        {"host": "", "origin": "http://"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_page_of_another_origin_may_not(headers: dict[str, str], method: str) -> None:
    """Whatever it sends, and a browser's question whether it may, gets 403 and a sentence."""
    for path in ("/api/ask", "/page/answer", "/gradio_api/call/ask"):
        reply = reply_of(OwnOriginOnly(echo), scope_of(method, path, headers))
        assert (reply.status, reply.detail) == (403, ELSEWHERE)


def test_the_form_that_opens_a_page_to_print_may_hide_its_origin() -> None:
    """Over plain HTTP browsers say "null" of it; of any other page they still say whose it is."""
    guard = OwnOriginOnly(echo)
    assert reply_of(guard, scope_of("POST", "/page/print", {"origin": "null"})).status == 200
    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ):
        assert reply_of(guard, scope_of("POST", "/page/print", headers)).status == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200), ("localhost:7860", 200), ("[::1]:7860", 200),
        ("room.localhost:7860", 200), ("10.0.0.3:7860", 200), ("LOCALHOST:7860", 200),
        ("news.example", 200), ("news.example:443", 200), ("bad:port", 200),
        ("evil.example:7860", 421), ("localhost.evil.example:7860", 421),
    ],
)  # fmt: skip
def test_another_sites_name_for_this_machine_is_refused(host: str, status: int) -> None:
    """A page that gives its name the address 127.0.0.1 is told where this server is. A proxy on
    this machine, which has a port of its own, may have any name."""
    for method in ("GET", "POST"):
        reply = reply_of(OwnOriginOnly(echo), scope_of(method, "/api/articles", {"host": host}))
        assert reply.status == status
    if status == 421:
        assert reply.detail == (
            "This server is on this machine only. Open it at http://127.0.0.1:7860/."
        )


def test_a_server_on_a_network_has_any_name() -> None:
    """Who listens on an address of a network is reached by the names that others gave it."""
    reached = scope_of("GET", "/", {"host": "desk.example:7860"}, server=("10.0.0.3", 7860))
    assert reply_of(OwnOriginOnly(echo), reached).status == 200


@pytest.mark.parametrize("host", [None, "news.example"])
def test_no_answer_may_be_read_by_another_origin(served: Served, host: str | None) -> None:
    """Gradio allows every origin to read, with credentials; no response that leaves does, not to a
    browser's question either."""
    foreign = {"origin": "https://evil.example"} | ({"host": host} if host else {})
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "x"}
    for method, path, headers in (
        ("GET", "", {}), ("GET", "config", {}), ("GET", "gradio_api/info", {}),
        ("GET", "api/articles", {}), ("GET", "healthz", {}), ("GET", "nowhere", {}),
        ("POST", "api/ask", {}), ("POST", "gradio_api/call/ask", {}),
        ("OPTIONS", "api/ask", asks), ("OPTIONS", "gradio_api/call/ask", asks),
        ("OPTIONS", "", asks),
    ):  # fmt: skip
        reply = request(served.address + path, method, headers=foreign | headers)
        assert [name for name in reply.headers if name.startswith("access-control")] == []
        assert reply.status == 403 if method != "GET" else reply.status in (200, 404)
