"""A running page over a small collection of our own, and a real browser that reaches only it."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from index import SearchIndex, build_index
from tests.hash_encoder import HashEncoder

if TYPE_CHECKING:
    from interface.live import LiveIndex
    from interface.server import Settings

CHROMIUM = Path("/usr/bin/chromium")

# Three articles about an invented bridge. The second tries to run and to load things.
ARTICLES = {
    "bridge.txt": (
        "‘Close the bridge’, says council leader\n"
        "\n"
        "Tue, 03/06/2019 - 09:15 -- webmaster\n"
        "\n"
        "Council leader Mira Holt said the old bridge at Ashford must close for 14 weeks.\n"
        "\n"
        "“Engineers found 32 cracks in the northern arch,”\u00a0she told the Ashford Courier. "
        "“We cannot keep lorries on it.”\n"
        "\n"
        + "\n\n".join(
            f"In ward {n} residents asked for a bus across the river while the works last."
            for n in range(1, 30)
        )
        + "\n\nThe ferry company offered free crossings for school children.\n"
        "\n"
        "Source: Ashford Courier\n"
        "\n"
        "https://courier.example/bridge"
    ),
    "hostile.md": (
        "---\n"
        'title: "Ferry <script>window.ran=1</script> fares"\n'
        'publisher: "<img src=x onerror=window.ran=1>"\n'
        'url: "javascript:window.ran=1"\n'
        "published: 2020-02\n"
        "---\n"
        "The ferry fare is <b>5*3*2</b> pence & rising.\n"
        "\n"
        '<img src="http://outside.example/x.png" onerror="window.ran=1"> The ferry master said '
        "{{value}} ${value} __x__ $$y$$ # fares.\n"
    ),
    "tides.txt": "The tide table of the harbour:\thigh  water\n    at\tnoon\tand at midnight.\n",
    "brief.md": (
        "---\n"
        "kind: brief\n"
        'title: "Lighthouse keeper retires"\n'
        'publisher: "On the Record (brief)"\n'
        "original:\n"
        '  title: "Last keeper leaves the lighthouse"\n'
        '  publisher: "Harbour Gazette"\n'
        "  published: 2018-04-10\n"
        '  url: "https://gazette.example/keeper"\n'
        "---\n"
        "The Harbour Gazette reported that the lighthouse keeper retired after 41 years.\n"
    ),
}


@dataclass(frozen=True)
class Served:
    """A running page. outside: requests that left it, which the tests refuse and count."""

    address: str
    index: SearchIndex
    encoder: HashEncoder
    outside: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    from interface.live import LiveIndex

    folder = tmp_path_factory.mktemp("page")
    collection = folder / "collection"
    collection.mkdir()
    for name, content in ARTICLES.items():
        (collection / name).write_text(content, encoding="utf-8")
    encoder = HashEncoder()
    build_index(collection, folder / "index", encoder)
    index = SearchIndex(folder / "index")
    with running(LiveIndex(index, encoder)) as address:
        yield Served(address, index, encoder)
    index.close()


@contextmanager
def running(live: LiveIndex, *, port: int = 0, settings: Settings | None = None) -> Iterator[str]:
    """Serve the application over an index in a thread; gives its address. port: 0 for any."""
    from interface.server import make_application

    listening = socket.create_server(("127.0.0.1", port))
    servers: list[uvicorn.Server] = []

    async def serve() -> None:
        # Made while a loop runs: gradio makes some where none does, and leaves them open.
        application = make_application(live, settings)
        servers.append(
            uvicorn.Server(uvicorn.Config(application, log_level="warning", access_log=False))
        )
        await servers[0].serve(sockets=[listening])

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not (servers and servers[0].started):
        if time.monotonic() > deadline:
            pytest.fail("the server did not start within a minute")
        threading.Event().wait(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    servers[0].should_exit = True
    thread.join(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A new browser profile at desktop width; every request to another host fails and counts."""
    made = browser.new_context(viewport={"width": 1440, "height": 900})
    guard(made, served)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, served: Served) -> Page:
    """The page, opened and drawn."""
    return opened(context, served.address)


def guard(context: BrowserContext, served: Served) -> None:
    def decide(route: Route) -> None:
        if urlsplit(route.request.url).hostname in ("127.0.0.1", None):
            route.continue_()
        else:
            served.outside.append(route.request.url)
            route.abort()

    context.route("**/*", decide)


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("body[data-view]")
    page.wait_for_selector("#about-collection .collection", state="attached")
    return page


def ask_on(page: Page, question: str) -> None:
    """Type a question, send it with Enter, and wait for its answer."""
    turns = page.locator("#thread .answer").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.locator("#thread .answer").nth(turns).wait_for()


def sideways(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


@pytest.fixture
def damaged_index(tmp_path: Path) -> Iterator[SearchIndex]:
    """An open index of one article about a pier, whose text was altered."""
    (tmp_path / "pier.txt").write_text("The pier opens on Friday.")
    build_index(tmp_path, tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    with sqlite3.connect(tmp_path / "index" / "articles.db") as texts:
        texts.execute("UPDATE text SET content = 'The pier opens on Monday.'")
    texts.close()
    yield index
    index.close()


def call_endpoint(address: str, argument: str) -> dict[str, Any]:
    """Call a Gradio endpoint as its documentation says: send the data, then read the event."""
    body = json.dumps({"data": [argument]}).encode()
    request = urllib.request.Request(
        address, data=body, headers={"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        event = json.load(response)["event_id"]
    with urllib.request.urlopen(f"{address}/{event}", timeout=20) as events:
        lines = events.read().decode().splitlines()
    assert lines[0] == "event: complete", lines
    result: dict[str, Any] = json.loads(lines[1].removeprefix("data: "))[0]
    return result
