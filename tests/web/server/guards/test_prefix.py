"""Below a path of a reverse proxy: page, files and routes work as they do at the root."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from interface.live import LiveIndex
from interface.server import Settings
from retrieval import answer_as_json, ask
from tests.web.conftest import Served, running
from tests.web.http import request


@contextmanager
def proxy(server: str, *, strips: bool) -> Iterator[str]:
    """A reverse proxy that shows `server` below /news, and takes the prefix off or does not; gives
    the address below it. It names itself in X-Forwarded-Host, as proxies do."""
    inner = urlsplit(server)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith("/news/"):
                self.send_error(404)
                return
            path = self.path.removeprefix("/news") if strips else self.path
            body = self.rfile.read(int(self.headers.get("content-length", 0))) or None
            headers = {name: value for name, value in self.headers.items() if name != "Host"}
            headers |= {"X-Forwarded-Host": self.headers["Host"], "X-Forwarded-For": "192.0.2.7"}
            inside = http.client.HTTPConnection(inner.hostname or "", inner.port, timeout=30)
            inside.request(self.command, path, body, headers)
            reply = inside.getresponse()
            content = reply.read()
            inside.close()
            self.send_response(reply.status)
            for name, value in reply.getheaders():
                if name not in ("transfer-encoding", "content-length", "connection"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/news/"
        listening.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def below_a_path(served: Served) -> Iterator[str]:
    """A server that was told of the path."""
    settings = Settings(root_path="/news")
    with running(LiveIndex(served.index, served.encoder), settings=settings) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["prefix-taken-off", "prefix-left"])
def address(below_a_path: str, request: pytest.FixtureRequest) -> Iterator[str]:
    with proxy(below_a_path, strips=request.param) as shown:
        yield shown


def test_the_page_and_all_it_names_is_found_below_the_path(address: str) -> None:
    """Every file that the page's HTML names, and the root that it asks further from."""
    page = request(address)
    html = page.body.decode()
    assert page.status == 200
    root = re.search(r'"root":\s*"([^"]*)"', html)
    assert root is not None
    assert root[1].replace("\\/", "/") == address[:-1]
    named = re.findall(r"(?:reading-room|assets|static)/[\w./-]+\.(?:js|css)", html)
    assert "reading-room/page.css" in named
    for path in (*named, "theme.css"):
        assert request(address + path).status == 200, path
    assert json.loads(request(f"{address}config").body)["root"] == address[:-1]


def test_the_routes_answer_below_the_path(address: str, served: Served) -> None:
    """Also to the page's own scripts, whose origin is the proxy's; not to another site."""
    question = "Engineers found how many cracks in the northern arch?"
    own = {"origin": address.removesuffix("/news/")}
    reply = request(f"{address}api/ask", "POST", {"question": question}, own)
    assert reply.status == 200
    assert json.loads(reply.body) == answer_as_json(ask(question, served.index, served.encoder))
    assert request(f"{address}healthz").status == 200
    assert request(f"{address}page/start", headers=own).status == 200
    foreign = {"origin": "https://evil.example"}
    assert request(f"{address}api/ask", "POST", {"question": question}, foreign).status == 403


def test_the_description_names_the_path(address: str) -> None:
    """Examples can be copied as they are, and OpenAPI says where the routes are."""
    page = request(f"{address}api").body.decode()
    assert f"curl {address}api/ask" in page
    schema = json.loads(request(f"{address}api/openapi.json").body)
    assert schema["servers"] == [{"url": "/news"}]
