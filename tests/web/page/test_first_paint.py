"""What a reader sees and can do before Gradio's scripts are loaded."""

from __future__ import annotations

import re
import urllib.request

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.web.conftest import Served

pytestmark = pytest.mark.browser

CRACKS = "Engineers found how many cracks in the northern arch?"


class Held:
    """Gradio's script, held back until it is let through."""

    def __init__(self, context: BrowserContext) -> None:
        self.routes: list[Route] = []
        self.is_open = False
        context.route("**/assets/index-*.js", self._decide)

    def _decide(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.routes.append(route)

    def let_through(self) -> None:
        self.is_open = True
        for route in self.routes:
            route.continue_()


@pytest.fixture
def held(context: BrowserContext) -> Held:
    return Held(context)


@pytest.fixture
def waiting(context: BrowserContext, served: Served, held: Held) -> Page:
    """The page while Gradio's script is on its way."""
    page = context.new_page()
    page.goto(served.address, wait_until="commit")
    return page


def test_the_name_and_a_box_are_there_at_once(waiting: Page, held: Held) -> None:
    """Without Gradio, with a title, a heading, a labelled box that has the focus, and a word on
    what goes on; and gone when the page is there."""
    expect(waiting).to_have_title("On the Record")
    expect(waiting.get_by_role("heading", name="On the Record")).to_be_visible()
    expect(waiting.get_by_label("Question or words")).to_be_focused()
    expect(waiting.get_by_role("status")).to_have_text("Opening…")

    held.let_through()

    waiting.wait_for_selector("body[data-view]")
    expect(waiting.locator("#waiting")).to_have_count(0)
    expect(waiting.get_by_role("heading", name="On the Record")).to_have_count(1)


def test_a_question_that_is_asked_early_is_answered(waiting: Page, held: Held) -> None:
    """It is asked when the page is open, and the reader is told that."""
    waiting.get_by_label("Question or words").fill(CRACKS)
    waiting.wait_for_function(
        "performance.getEntriesByName(location.href + 'reading-room/waiting.js').length"
    )
    waiting.get_by_role("button", name="Ask").click()
    expect(waiting.get_by_role("status")).to_have_text(
        "Your question is asked as soon as the page is open."
    )

    held.let_through()

    expect(waiting.locator("#thread .answer mark").first).to_have_text(
        re.compile("Engineers found 32 cracks")
    )


def test_what_was_typed_early_is_kept(waiting: Page, held: Held) -> None:
    """Words that were not sent off stand in the box of the page, which has the focus."""
    waiting.get_by_label("Question or words").fill("How many cra")

    held.let_through()

    box = waiting.locator("#question textarea")
    expect(box).to_have_value("How many cra")
    expect(box).to_be_focused()


def test_only_the_page_gets_the_box(served: Served) -> None:
    """Other files of Gradio are what they were, and the page says its own length."""
    with urllib.request.urlopen(served.address) as page:
        content = page.read()
        assert int(page.headers["Content-Length"]) == len(content)
    assert content.count(b'<form id="waiting"') == 1
    with urllib.request.urlopen(f"{served.address}config") as configuration:
        assert b"waiting" not in configuration.read()
