"""The collection as a table, and the list of speakers, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Served, guard, opened, sideways

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1440])
def test_search_sort_and_open_an_article(browser: Browser, served: Served, width: int) -> None:
    """What is typed narrows the table, a heading turns its order with the keyboard, a title opens
    the whole article, and closing it gives the table back."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    guard(context, served)
    page = opened(context, served.address)
    page.get_by_role("link", name="Articles").click()
    titles = page.locator("#listed tbody a.cite")
    expect(titles).to_have_count(4)
    expect(page.locator("#listed .verdict")).to_have_text(re.compile("^4 articles"))
    assert page.locator("#listed svg").count() == 1

    page.locator("#listed thead a", has_text="Title").focus()
    page.keyboard.press("Enter")
    expect(titles.first).to_have_text("‘Close the bridge’, says council leader")
    expect(page.locator("#listed thead a", has_text="Title")).to_be_focused()
    assert "by=title" in page.url

    page.fill("#article-words", "gazette keeper")
    expect(titles).to_have_text(["Lighthouse keeper retires"])
    assert "words=gazette+keeper" in page.url
    assert sideways(page) == 0
    titles.first.click()
    expect(page.locator("#reader h2")).to_have_text("Lighthouse keeper retires")
    assert page.locator(".reader-text").text_content() == served.index.article("brief").text
    page.keyboard.press("Escape")
    expect(titles.first).to_be_focused()
    assert "words=gazette+keeper" in page.url

    page.reload()
    expect(titles).to_have_text(["Lighthouse keeper retires"])
    page.fill("#article-words", "zeppelin")
    expect(titles).to_have_count(0)
    context.close()


def test_a_speaker_is_found_by_name_and_becomes_a_filter(page: Page) -> None:
    """The list of speakers narrows, and a name leads to a question about whoever bears it."""
    page.get_by_role("link", name="Voices").click()
    name = page.locator("#heard table a", has_text="Mira Holt")
    expect(name).to_be_visible()
    page.fill("#speaker-name", "mira")
    expect(page.locator("#heard tbody tr")).to_have_count(1)
    name.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    expect(page.locator("#question-filters .chip")).to_contain_text("Speaker: Mira Holt")


def test_the_views_have_addresses_and_a_history(page: Page, served: Served) -> None:
    """Back and Forward go through the views; each is marked as the one that is shown."""
    page.get_by_role("link", name="Articles").click()
    page.get_by_role("link", name="Check", exact=True).click()
    expect(page.locator("#draft textarea")).to_be_visible()
    page.go_back()
    expect(page.locator("#views [aria-current]")).to_have_text("Articles")
    expect(page.locator("#listed table")).to_be_visible()
    expect(page.locator("#draft textarea")).to_be_hidden()
    page.go_forward()
    expect(page.locator("#views [aria-current]")).to_have_text("Check")
    page.reload()
    expect(page.locator("#views [aria-current]")).to_have_text("Check")
