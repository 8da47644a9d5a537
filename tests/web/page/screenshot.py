"""Take the README's screenshots anew: `make screenshots`.

It serves the starter collection itself, with the real encoder, and writes into `docs/`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from index import SearchIndex, SentenceEncoder, build_index
from interface.live import LiveIndex
from interface.workspace import STARTER_COLLECTION
from tests.web.conftest import CHROMIUM, ask_on, opened, running

DOCS = Path(__file__).parents[3] / "docs"
DESKTOP, PHONE = (1280, 800), (360, 740)
QUESTION = "How many arrests in Nottinghamshire came from hunter groups?"


def answer(page: Page) -> None:
    ask_on(page, QUESTION)
    page.locator("#thread a.cite").first.click()
    page.locator("#reader mark.current").wait_for()
    page.locator(".turn").first.evaluate("turn => turn.scrollIntoView()")


def phone(page: Page) -> None:
    ask_on(page, QUESTION)
    page.locator(".turn").first.evaluate("turn => turn.scrollIntoView()")


def voices(page: Page) -> None:
    page.get_by_role("link", name="Voices").click()
    page.fill("#subject textarea", "working with hunter groups")
    page.press("#subject textarea", "Enter")
    page.locator("#heard .voices").wait_for()


def articles(page: Page) -> None:
    page.get_by_role("link", name="Articles").click()
    page.locator("#listed table").wait_for()


def check(page: Page) -> None:
    page.get_by_role("link", name="Check", exact=True).click()
    page.fill("#draft textarea", "Paddy Tipping said: “We take a very different view.”")
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#checked .answer").wait_for()


PICTURES: tuple[tuple[Callable[[Page], None], tuple[int, int]], ...] = (
    (answer, DESKTOP),
    (voices, DESKTOP),
    (articles, DESKTOP),
    (check, DESKTOP),
    (phone, PHONE),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        encoder = SentenceEncoder()
        build_index(STARTER_COLLECTION, Path(folder), encoder)
        live = LiveIndex(SearchIndex(Path(folder)), encoder)
        with running(live) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=str(CHROMIUM),
                args=["--no-sandbox", "--disable-background-networking"],
            )
            for view, (width, height) in PICTURES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme="light"
                )
                page = opened(context, address)
                view(page)
                page.screenshot(path=str(DOCS / f"{view.__name__}.png"))
                context.close()
            browser.close()
        live.close()


if __name__ == "__main__":
    main()
