"""Every mention on the page, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Served, guard, opened, sideways

WARDS = [f"In ward {n} residents asked for a bus across the river while the works last."
         for n in range(1, 30)]  # fmt: skip


def find_on(page: Page, terms: str) -> None:
    """Type words, press “Every mention”, and wait for the list."""
    turns = page.locator("#thread .answer").count()
    page.fill("#question textarea", terms)
    page.locator("#every-mention").click()
    page.locator("#thread .answer").nth(turns).wait_for()


@pytest.mark.browser
def test_list_every_mention_open_one_and_turn_the_page(page: Page, served: Served) -> None:
    """The count stands above the sentences, a link opens the article at its sentence, and the
    next page, in the same place, goes on where this one ended."""
    find_on(page, 'wards "asked for a bus"')
    expect(page.locator("#question textarea")).to_have_value("")
    assert page.locator(".asked").text_content() == 'Every mention: wards "asked for a bus"'
    answer = page.locator("#thread .answer").last
    assert answer.locator(".verdict").text_content() == (
        "29 sentences in 1 article hold “wards” and exactly “asked for a bus”."
    )
    assert answer.locator(".place").text_content() == "Newest first, page 1 of 2."
    assert answer.locator(".level").text_content() == "29 sentences, here 1 to 20"
    assert answer.locator(".passage").all_text_contents() == WARDS[:20]
    assert answer.locator("mark").all_text_contents() == ["ward", "asked for a bus"] * 20

    answer.locator("a.cite").nth(4).click()
    cited = page.locator("#reader mark.current")
    expect(cited).to_be_focused()
    assert cited.text_content() == WARDS[4]
    article = served.index.article("bridge")
    start = article.text.index(WARDS[4])
    place = f"#source/bridge@{article.sha256}/{start}-{start + len(WARDS[4])}"
    assert page.url.endswith(place)
    page.keyboard.press("Escape")
    expect(answer.locator("a.cite").nth(4)).to_be_focused()

    page.get_by_role("button", name="Next page").click()
    expect(answer.locator(".place")).to_have_text("Newest first, page 2 of 2.")
    expect(page.locator(".asked")).to_have_count(1)
    expect(page.locator(".asked")).to_be_in_viewport()
    assert answer.locator(".passage").all_text_contents() == WARDS[20:]
    expect(page.get_by_role("button", name="Next page")).to_be_hidden()
    page.get_by_role("button", name="Previous page").click()
    expect(answer.locator(".place")).to_have_text("Newest first, page 1 of 2.")


@pytest.mark.browser
def test_every_mention_works_with_the_keyboard_alone(page: Page) -> None:
    """Tab goes from the box over “Ask” to “Every mention”, Shift+Tab from there to the links."""
    page.focus("#question textarea")
    page.keyboard.type("lorries")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#every-mention")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("a.cite").wait_for()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement === document.querySelector('a.cite')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.current")).to_have_text("“We cannot keep lorries on it.”")


@pytest.mark.browser
def test_the_order_can_be_turned(page: Page) -> None:
    """The button names the other order, and begins at its first page."""
    find_on(page, "ferry")
    titles = page.locator("#thread .answer .title")
    assert titles.all_text_contents() == [
        "Ferry <script>window.ran=1</script> fares",
        "‘Close the bridge’, says council leader",
    ]
    page.get_by_role("button", name="Oldest first").click()
    expect(page.locator("#thread .answer .place")).to_have_text("Oldest first.")
    expect(page.get_by_role("button", name="Newest first")).to_be_visible()


@pytest.mark.browser
def test_words_that_cannot_be_looked_for_are_told(page: Page) -> None:
    """Nothing typed lists nothing; stop words and words that are nowhere are answered."""
    page.fill("#question textarea", "  ")
    page.locator("#every-mention").click()
    expect(page.locator("#question textarea")).to_have_value("")
    assert page.locator(".asked").count() == 0
    find_on(page, "of the")
    assert page.locator("#thread .answer").last.text_content() == (
        "of the has only words that stand in nearly every sentence. Add one that says what to "
        "look for."
    )
    find_on(page, "zeppelins")
    answer = page.locator("#thread .answer").last
    assert answer.locator(".verdict").text_content() == "No sentence holds “zeppelins”."
    assert "The word “zeppelins” occurs nowhere in the collection." in (
        answer.locator(".scope").text_content() or ""
    )
    expect(page.locator(".turn-tools").last.get_by_role("button")).to_have_text(["List again"])


@pytest.mark.browser
def test_hostile_sentences_and_terms_neither_run_nor_load(page: Page, served: Served) -> None:
    """Markup in a sentence, a title or the terms is shown as text, exactly."""
    find_on(page, "pence <img src=x onerror=window.ran=1>")
    assert page.locator(".asked").text_content() == (
        "Every mention: pence <img src=x onerror=window.ran=1>"
    )
    find_on(page, "fare pence")
    answer = page.locator("#thread .answer").last
    assert answer.locator(".passage").all_text_contents() == [
        "The ferry fare is <b>5*3*2</b> pence & rising."
    ]
    find_on(page, "tide")
    assert page.locator("#thread .answer").last.locator(".passage").all_text_contents() == [
        served.index.article("tides").text.strip()
    ]
    assert page.evaluate("window.ran") is None
    assert served.outside == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1440])
def test_mentions_fit_their_window(browser: Browser, served: Served, width: int) -> None:
    """Nothing scrolls sideways, and no button lies over the label of the box."""
    context = browser.new_context(viewport={"width": width, "height": 740})
    guard(context, served)
    page = opened(context, served.address)
    find_on(page, "ferry")
    assert sideways(page) == 0
    label = page.locator("#question [data-testid='block-info']").bounding_box()
    box = page.locator("#question textarea").bounding_box()
    assert label
    assert box
    button = page.locator("#every-mention").bounding_box()
    assert button
    beside = button["x"] >= box["x"] + box["width"]
    assert beside or button["y"] >= box["y"] + box["height"]
    assert label["y"] + label["height"] <= box["y"]
    assert served.outside == []
    context.close()
