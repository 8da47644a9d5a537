"""Checking a text on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from index import SearchIndex
from interface.page.check import checked
from tests.web.conftest import Served, guard, opened

KEPT = "the lighthouse keeper retired after 41 years"


def check_on(page: Page, text: str) -> None:
    """Type a text, press “Check”, and wait for the outcome."""
    turns = page.locator("#conversation .answer").count()
    page.fill("#question textarea", text)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#conversation .answer").nth(turns).wait_for()


@pytest.mark.browser
def test_check_a_quotation_and_open_its_place(page: Page, served: Served) -> None:
    """The outcome stands in the conversation, and its link opens the article at the words."""
    check_on(page, f"“{KEPT.replace('41', '40')}”")
    expect(page.locator("#question textarea")).to_have_value("")
    assert page.locator(".asked").text_content() == f"Check: “{KEPT.replace('41', '40')}”"
    answer = page.locator(".answer").last
    # Gradio's own styles hide what has a class of theirs, and a hidden element has its text still.
    style = answer.evaluate("e => [getComputedStyle(e).opacity, getComputedStyle(e).position]")
    assert style == ["1", "static"]
    assert answer.locator(".verdict").text_content() == "1 quotation: 1 altered."
    assert answer.locator(".findings li").all_text_contents() == ["“40” for “41” (number)"]
    assert answer.locator("mark").all_text_contents() == [KEPT]
    answer.locator("a.cite").click()
    cited = page.locator("#reader mark")
    expect(cited).to_be_focused()
    assert cited.text_content() == KEPT


@pytest.mark.browser
def test_a_text_is_shown_and_never_run(page: Page, served: Served) -> None:
    """A draft is no markup."""
    check_on(page, "“pence <img src=x onerror=window.ran=1>”")
    assert page.locator(".asked").text_content() == (
        "Check: “pence <img src=x onerror=window.ran=1>”"
    )
    assert page.evaluate("window.ran") is None
    assert served.outside == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1440])
def test_the_buttons_fit_their_window(browser: Browser, served: Served, width: int) -> None:
    """Nothing scrolls sideways, and no button lies over another or the label of the box."""
    context = browser.new_context(viewport={"width": width, "height": 740})
    guard(context, served)
    page = opened(context, served.address)
    check_on(page, f"“{KEPT}”")
    assert page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    ) == 0  # fmt: skip
    boxes = [
        page.get_by_role("button", name="Every mention").bounding_box(),
        page.get_by_role("button", name="Check", exact=True).bounding_box(),
        page.locator("#question [data-testid='block-info']").bounding_box(),
        page.locator("#question textarea").bounding_box(),
    ]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert one
            assert other
            assert (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            ), (one, other)
    context.close()


def test_what_cannot_be_checked_is_said(damaged_index: SearchIndex) -> None:
    """Nothing to check, and an index that is damaged."""
    assert "There is no word to check." in checked("?!", damaged_index, None)
    assert "has 20,001 characters; on this page at most 20,000" in checked(
        "x" * 20_001, damaged_index, None
    )
    assert checked("“The pier opens”", damaged_index, None) == (
        '<div class="answer notice"><p class="verdict">'
        "The index is damaged, so nothing can be quoted from it.</p></div>"
    )
