"""What a conversation keeps, and what can be done with a turn of it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.conftest import Served, ask_on, guard, opened, running

pytestmark = pytest.mark.browser

CRACKS = "Engineers found how many cracks in the northern arch?"
FERRY = "What is the ferry fare?"


def answers(page: Page) -> list[str]:
    """The verdict of each turn."""
    return page.locator("#thread .verdict").all_text_contents()


def test_a_reload_keeps_the_conversation(page: Page) -> None:
    """Questions come back with their answers, in order, and a follow-up still leans on them."""
    ask_on(page, CRACKS)
    ask_on(page, FERRY)
    before = answers(page)
    page.reload()
    expect(page.locator("#thread .verdict")).to_have_text(before)
    assert page.locator(".asked").all_text_contents() == [CRACKS, FERRY]
    expect(page.locator(".asked").last).to_be_in_viewport()
    ask_on(page, "And why?")
    assert "ferry fare" in (page.locator(".searched-for").text_content() or "")


def test_a_restart_of_the_server_keeps_it_too(browser: Browser, served: Served) -> None:
    """The server keeps nothing: the browser asks another one again, at the same address."""
    from interface.live import LiveIndex

    live = LiveIndex(served.index, served.encoder)
    context = browser.new_context()
    guard(context, served)
    with running(live) as address:
        page = opened(context, address)
        ask_on(page, CRACKS)
        before = answers(page)
    port = int(address.rsplit(":", 1)[1].strip("/"))
    ask = page.locator("#question textarea")
    ask.fill(FERRY)
    ask.press("Enter")
    expect(page.locator("#thread .verdict").last).to_have_text(
        "The server does not answer. Is it still running?"
    )
    with running(live, port=port):
        page.get_by_role("button", name="Ask again").last.click()
        expect(page.locator("#thread .citation", has_text="pence").first).to_be_visible()
        page.reload()
        expect(page.locator("#thread .verdict").first).to_have_text(before[0])
    context.close()


def test_two_tabs_hold_two_conversations(page: Page, context: BrowserContext) -> None:
    """A new tab begins with what was asked last; a reload of the first shows its own."""
    ask_on(page, CRACKS)
    other = opened(context, page.url.split("#")[0])
    expect(other.locator(".asked")).to_have_text([CRACKS])
    ask_on(other, FERRY)
    page.reload()
    expect(page.locator("#thread .verdict")).to_have_count(1)
    assert page.locator(".asked").all_text_contents() == [CRACKS]


def test_clearing_can_be_undone(page: Page) -> None:
    """Clear empties the thread and what is kept; Undo brings both back."""
    ask_on(page, CRACKS)
    page.get_by_role("button", name="Clear").click()
    assert page.locator(".turn").count() == 0
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    assert page.locator(".asked").all_text_contents() == [CRACKS]
    page.get_by_role("button", name="Clear").click()
    page.reload()
    page.wait_for_selector("body[data-view]")
    assert page.locator(".turn").count() == 0


def test_a_question_that_takes_long_can_be_stopped_and_asked_again(
    page: Page, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop ends the waiting at once; Ask again brings the answer."""
    encode, go = served.encoder.encode, Event()

    def slowly(strings: Sequence[str]) -> NDArray[np.float32]:
        go.wait(20)
        return encode(strings)

    monkeypatch.setattr(served.encoder, "encode", slowly)
    page.fill("#question textarea", CRACKS)
    page.press("#question textarea", "Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#thread .verdict")).to_have_text("Stopped.")
    go.set()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#thread .citation").first).to_be_visible()


def test_an_address_asks_its_question(page: Page, context: BrowserContext) -> None:
    """The link of a question opens it elsewhere with all that it leaned on; one that is already
    there is not asked twice."""
    ask_on(page, CRACKS)
    ask_on(page, "And why?")
    link = page.locator(".turn").last.locator("a.permalink")
    address = page.url.split("#")[0] + (link.get_attribute("href") or "")
    assert page.url == address
    link.click()
    assert page.locator(".turn").count() == 2

    page.evaluate("sessionStorage.clear(); localStorage.clear()")
    other = context.new_page()
    other.goto(address)
    expect(other.locator("#thread .verdict")).to_have_count(1)
    assert other.locator(".asked").all_text_contents() == ["And why?"]
    assert "cracks" in (other.locator(".searched-for").text_content() or "")


def test_passages_can_be_ordered_by_date(page: Page) -> None:
    """The same passages in another order, with new numbers; the choice is part of the address."""
    ask_on(page, "ferry")
    sources = page.locator("#thread .citation > .source > a.cite")
    ranked = sources.all_text_contents()
    page.locator(".turn select").select_option("oldest")
    expect(page.locator(".turn select")).to_have_value("oldest")
    expect(page.locator("#thread .citation .published").first).to_contain_text("2020")
    told = [text.split(" ", 1)[1] for text in sources.all_text_contents()]
    assert sorted(told) == sorted(text.split(" ", 1)[1] for text in ranked)
    assert [text.split(" ")[0] for text in sources.all_text_contents()] == [
        str(number) for number in range(1, len(ranked) + 1)
    ]
    assert "order=oldest" in page.url


def test_filters_are_chips_that_show_what_they_cut(page: Page) -> None:
    """Each chip says how many articles it alone leaves out; a press removes it. The answer says
    with which filters it was found."""
    page.locator("#question-filters summary").click()
    expect(page.locator("[name=publisher] + datalist [value='Harbour Gazette']")).to_be_attached()
    page.fill("#question-filters input[name=from]", "2019")
    page.fill("#question-filters input[name=publisher]", "Harbour Gazette")
    page.press("#question-filters input[name=publisher]", "Tab")
    chips = page.locator("#question-filters .chip")
    expect(chips).to_have_count(2)
    assert chips.all_inner_texts()[0].split() == "Remove the filter: From 2019 leaves out 3 of 4 articles ×".split()  # noqa: E501  # fmt: skip
    expect(page.locator("#question-filters summary")).to_have_text("Filters (2)")
    chips.first.click()
    expect(chips).to_have_count(1)
    ask_on(page, "After how many years did the keeper retire?")
    assert page.locator(".filtered").text_content() == (
        "Publisher: Harbour Gazette (leaves out 3 of 4 articles)"
    )
    assert "Searched 1 article" in (page.locator("#thread .scope").text_content() or "")


def test_a_filter_that_selects_nothing_sensible_is_told(page: Page) -> None:
    """A date that is none, and a speaker whom nobody knows."""
    page.locator("#question-filters summary").click()
    page.fill("#question-filters input[name=from]", "last week")
    page.press("#question-filters input[name=from]", "Tab")
    expect(page.locator("#question-filters .notice")).to_have_text(re.compile("last week"))
    page.fill("#question-filters input[name=from]", "")
    page.fill("#question-filters input[name=speaker]", "Nobody Atall")
    page.press("#question-filters input[name=speaker]", "Tab")
    expect(page.locator("#question-filters .notice")).to_have_text(
        "Nobody of this name speaks in the collection."
    )


def test_what_stands_before_and_after_a_passage_is_shown_on_demand(
    page: Page, served: Served
) -> None:
    """The neighbours are the article's words, apart from the passage; a second press hides them."""
    ask_on(page, CRACKS)
    citation = page.locator("#thread .citation").first
    passage = citation.locator(":scope > .passage").text_content() or ""
    citation.get_by_role("button", name="Before and after").click()
    shown = citation.locator(".neighbour .passage")
    expect(shown.first).to_be_visible()
    text = served.index.article("bridge").text
    for words in shown.all_text_contents():
        assert words in text
        assert words not in passage
    citation.get_by_role("button", name="Before and after").click()
    assert citation.locator(".neighbour").count() == 0


def test_a_citation_is_copied_with_its_source_and_address(browser: Browser, served: Served) -> None:
    """One press puts the exact words, the source and the permalink into the clipboard."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    guard(context, served)
    page = opened(context, served.address)
    ask_on(page, CRACKS)
    citation = page.locator("#thread .citation").first
    citation.get_by_role("button", name="Copy").click()
    expect(page.locator("#announced")).to_have_text("Citation copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    words = citation.locator(":scope > .passage").text_content() or ""
    assert copied.startswith(words)
    assert "‘Close the bridge’, says council leader" in copied
    link = citation.locator(":scope > .source > a.cite").get_attribute("href") or ""
    assert copied.rstrip().endswith(served.address + link)
    context.close()


def test_a_hostile_history_neither_runs_nor_loads(context: BrowserContext, served: Served) -> None:
    """What the browser kept is anybody's: markup is text, nonsense is left out or refused."""
    page = opened(context, served.address)
    hostile = [
        {"kind": "answer", "body": {"question": "<img src=x onerror=window.ran=1> fare"}},
        {"kind": "answer", "body": {"question": "fare", "html": "<script>window.ran=1</script>"}},
        {"kind": "answer", "body": {"question": {"toString": "x"}}},
        {"kind": "html", "body": {"question": "<svg onload=window.ran=1>"}},
        {"kind": "mentions", "body": {"terms": "fare", "page": "<b>1</b>"}},
        {"kind": "answer", "body": {"question": "x" * 100_000}},
        None,
        7,
    ]
    page.evaluate(
        "kept => { for (const s of [localStorage, sessionStorage])"
        " s.setItem(`on-the-record:1:${location.pathname}`, JSON.stringify(kept)) }",
        hostile[:6],
    )
    page.reload()
    expect(page.locator("#thread .verdict")).to_have_count(4)
    assert page.locator(".asked").first.text_content() == "<img src=x onerror=window.ran=1> fare"
    for broken in ('"x"', "{", "null", '[null, 7, {"kind": "answer"}]'):
        page.evaluate(
            "kept => sessionStorage.setItem(`on-the-record:1:${location.pathname}`, kept)", broken
        )
        page.reload()
        page.wait_for_selector("body[data-view]")
        assert page.locator(".turn").count() == 0
    assert page.evaluate("window.ran") is None
    assert served.outside == []


def test_a_refused_question_costs_nothing_else(page: Page) -> None:
    """What the server refuses is told and never sent again: the next question, the export of all
    and a reload are as if it had not been asked."""
    ask_on(page, "x" * 2001)
    page.locator("#question-filters summary").click()
    page.fill("#question-filters input[name=from]", "2020")
    page.fill("#question-filters input[name=to]", "2019")
    ask_on(page, FERRY)
    expect(page.locator("#thread .verdict").last).to_have_text(re.compile("Exchange them"))
    page.fill("#question-filters input[name=from]", "")
    page.fill("#question-filters input[name=to]", "")
    ask_on(page, CRACKS)
    assert "after=" not in page.url
    expect(page.locator("#thread .citation").first).to_be_visible()
    page.locator("details.export summary", has_text="Export all").click()
    with page.expect_download():
        page.locator("details.export[open]").get_by_role("button", name="JSON").click()
    page.reload()
    expect(page.locator("#thread .verdict")).to_have_count(1)
    assert page.locator(".asked").all_text_contents() == [CRACKS]


def test_a_reload_keeps_the_filters_of_the_last_question(page: Page) -> None:
    """A follow-up is then asked with them, too; so is one after an address with filters."""
    page.goto(page.url.split("#")[0] + "#ask?question=ferry&publisher=Ashford+Courier&bogus=1")
    page.reload()
    expect(page.locator("#thread .filtered").first).to_contain_text("Publisher: Ashford Courier")
    expect(page.locator("#question-filters .chip")).to_have_count(1)
    assert page.input_value("#question-filters input[name=publisher]") == "Ashford Courier"
    assert page.locator("#thread .notice").count() == 0


def test_mentions_can_be_filtered_by_speaker(page: Page) -> None:
    """Only sentences of passages in which somebody of that name speaks are listed."""
    page.locator("#question-filters summary").click()
    page.fill("#question-filters input[name=speaker]", "Mira Holt")
    page.fill("#question textarea", "bridge")
    page.locator("#every-mention").click()
    expect(page.locator("#thread .filtered")).to_contain_text("Speaker: Mira Holt")
    expect(page.locator("#thread .mentions .passage")).not_to_have_count(0)


def test_the_keyboard_stays_where_it_was(page: Page) -> None:
    """After a new order, after asking again and after stopping, focus is on the same control or
    on what is said."""
    ask_on(page, "ferry")
    page.locator(".turn select").focus()
    page.locator(".turn select").select_option("newest")
    expect(page.locator(".turn select")).to_be_focused()
    page.get_by_role("button", name="Ask again").press("Enter")
    expect(page.get_by_role("button", name="Ask again")).to_be_focused()


def test_what_is_not_this_program_is_told(page: Page) -> None:
    """Where a proxy answers with a page of its own, the turn says so and can be asked again."""
    page.route(
        "**/page/answer",
        lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Log in</h1>"),
    )
    ask_on(page, FERRY)
    expect(page.locator("#thread .verdict")).to_have_text(re.compile("not this program"))
    page.unroute("**/page/answer")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("#thread .citation").first).to_be_visible()
