"""Checking a text on the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Served, guard, opened, sideways

KEPT = "the lighthouse keeper retired after 41 years"


def check_on(page: Page, text: str) -> None:
    """Type a text, press “Check”, and wait for the outcome."""
    page.get_by_role("link", name="Check", exact=True).click()
    page.fill("#draft textarea", text)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#checked .answer").wait_for()


@pytest.mark.browser
def test_check_a_quotation_and_open_its_place(page: Page, served: Served) -> None:
    """The outcome stands below the draft, and its link opens the article at the words."""
    check_on(page, f"“{KEPT.replace('41', '40')}”")
    answer = page.locator("#checked .answer")
    # Gradio's own styles hide what has a class of theirs, and a hidden element has its text still.
    style = answer.evaluate("e => [getComputedStyle(e).opacity, getComputedStyle(e).position]")
    assert style == ["1", "static"]
    assert answer.locator(".verdict").text_content() == "1 quotation: 1 altered."
    assert answer.locator(".findings li").all_text_contents() == ["“40” for “41” (number)"]
    assert answer.locator("mark").all_text_contents() == [KEPT]
    answer.locator("a.cite").click()
    cited = page.locator("#reader mark.current")
    expect(cited).to_be_focused()
    assert cited.text_content() == KEPT


@pytest.mark.browser
def test_a_text_is_shown_and_never_run(page: Page, served: Served) -> None:
    """A draft is no markup."""
    check_on(page, "“pence <img src=x onerror=window.ran=1>”")
    assert page.locator("#checked .checked").text_content() == (
        "Joined from several places: “pence <img src=x onerror=window.ran=1>”"
    )
    assert page.evaluate("window.ran") is None
    assert served.outside == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1440])
def test_a_check_fits_its_window(browser: Browser, served: Served, width: int) -> None:
    """Nothing scrolls sideways."""
    context = browser.new_context(viewport={"width": width, "height": 740})
    guard(context, served)
    page = opened(context, served.address)
    check_on(page, f"“{KEPT}”")
    assert sideways(page) == 0
    context.close()


@pytest.mark.browser
def test_what_cannot_be_checked_is_said(page: Page) -> None:
    """Nothing to check, and more than is checked: a sentence each, and nothing is cut."""
    check_on(page, "?!")
    expect(page.locator("#checked .verdict")).to_have_text(re.compile("There is no word to check"))
    check_on(page, "x" * 20_001)
    expect(page.locator("#checked .verdict")).to_have_text(re.compile("20,000"))
