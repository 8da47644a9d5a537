"""What a reader does on the page, in a real browser."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Served, ask_on, guard, opened

pytestmark = pytest.mark.browser

CRACKS = "Engineers found how many cracks in the northern arch?"


def test_ask_open_a_citation_see_the_mark_and_reload_the_permalink(
    page: Page, served: Served
) -> None:
    """A citation opens its article at the passage, and its address opens the same view again."""
    ask_on(page, CRACKS)
    passage = page.locator(".citation .passage").first
    quoted = passage.text_content()
    assert quoted is not None
    assert "“Engineers found 32 cracks in the northern arch,”\u00a0she told" in quoted
    assert page.locator(".citation mark").first.text_content() == (
        "“Engineers found 32 cracks in the northern arch,”\u00a0she told the Ashford Courier."
    )

    page.locator("a.cite").first.click()
    cited = page.locator("#reader mark.current")
    expect(cited).to_be_in_viewport()
    expect(cited).to_be_focused()
    assert cited.text_content() == quoted
    article = served.index.article("bridge")
    assert page.locator(".reader-text").text_content() == article.text

    permalink = page.url
    start = article.text.index(quoted)
    assert permalink.endswith(f"/#source/bridge@{article.sha256}/{start}-{start + len(quoted)}")
    page.reload()
    expect(page.locator("#reader mark.current")).to_be_in_viewport()
    assert page.locator("#reader mark.current").text_content() == quoted
    assert page.url == permalink


def test_furniture_is_shown_muted_and_never_cited(page: Page) -> None:
    """The reader shows the whole text; headline, stamp and source line stand apart from prose."""
    ask_on(page, CRACKS)
    page.locator("a.cite").first.click()
    page.locator("#reader mark.current").wait_for()
    assert page.locator(".segment-furniture").all_text_contents() == [
        "‘Close the bridge’, says council leader",
        "Tue, 03/06/2019 - 09:15 -- webmaster",
        "Source: Ashford Courier",
        "https://courier.example/bridge",
    ]


def test_everything_works_with_the_keyboard_alone(page: Page) -> None:
    """Tab reaches the first citation, Enter opens it, Escape closes it and gives focus back."""
    page.focus("#question textarea")
    page.keyboard.type(CRACKS)
    page.keyboard.press("Enter")
    page.locator("a.cite").first.wait_for()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement === document.querySelector('a.cite')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.current")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("a.cite").first).to_be_focused()
    expect(page.locator(".reader-empty")).to_be_visible()
    assert "#source/" not in page.url


def test_back_closes_the_source_that_forward_opens_again(page: Page) -> None:
    """The browser's history holds the sources that were opened."""
    ask_on(page, CRACKS)
    page.locator("a.cite").first.click()
    page.locator("#reader mark.current").wait_for()
    page.go_back()
    expect(page.locator(".reader-empty")).to_be_visible()
    page.go_forward()
    expect(page.locator("#reader mark.current")).to_be_in_viewport()


def test_a_question_about_something_else_is_refused_with_what_was_searched(page: Page) -> None:
    """Support none shows no passage, but the scope and the words that occur nowhere."""
    ask_on(page, "What is the capital of Australia?")
    answer = page.locator("#thread .answer").last
    assert answer.locator(".verdict").text_content() == "Nothing in this collection answers that."
    assert answer.locator(".scope").text_content() == (
        "Searched 4 articles, 10 April 2018 to February 2020. "
        "The words “capital” and “Australia” occur nowhere in the collection."
    )
    assert answer.locator(".citation").count() == 0


def test_an_empty_question_asks_nothing(page: Page) -> None:
    """Enter on white space leaves the page as it is."""
    page.fill("#question textarea", "   ")
    page.press("#question textarea", "Enter")
    expect(page.locator("#question textarea")).to_have_value("")
    assert page.locator(".asked").count() == 0


def test_what_is_too_long_to_ask_is_refused_and_never_cut(page: Page) -> None:
    """The box takes one character more than is read, so that nothing is cut without a word."""
    assert page.get_attribute("#question textarea", "maxlength") == "2001"
    ask_on(page, "bridges" * 285 + "bridge")
    assert page.locator(".asked").text_content() == "bridges" * 285 + "bridge"
    assert "2,000" in (page.locator(".answer .verdict").text_content() or "")


def test_a_brief_is_shown_as_one_with_a_link_to_its_original(page: Page) -> None:
    """A brief names its original, whose date and publisher it carries."""
    ask_on(page, "After how many years did the lighthouse keeper retire?")
    source = page.locator(".citation .source").first
    assert source.locator(".published").text_content() == "On the Record (brief)"
    assert source.locator(".original").text_content() == (
        "Brief by this project about: Last keeper leaves the lighthouse, "
        "Harbour Gazette, 10 April 2018"
    )
    assert source.locator(".original a").get_attribute("href") == "https://gazette.example/keeper"
    source.locator("a.cite").click()
    page.locator("#reader mark.current").wait_for()
    assert page.locator(".reader-bar p").text_content() == "Brief by this project"
    assert page.locator(".reader-original").text_content() == (
        "Brief by this project about: Last keeper leaves the lighthouse, "
        "Harbour Gazette, 10 April 2018"
    )


def test_hostile_articles_and_questions_neither_run_nor_load(page: Page, served: Served) -> None:
    """Markup in a text, its metadata or a question is shown as text, exactly."""
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    ask_on(page, "What is the ferry fare? <img src=x onerror=window.ran=1> **b** $$y$$")
    asked = page.locator(".asked").last.text_content()
    assert asked == "What is the ferry fare? <img src=x onerror=window.ran=1> **b** $$y$$"
    hostile = page.locator(".citation", has_text="5*3*2").first
    article = served.index.article("hostile")
    assert hostile.locator(".passage").text_content() == article.text.strip()
    assert hostile.locator("a[href^='javascript']").count() == 0
    hostile.locator("a.cite").click()
    page.locator("#reader mark.current").wait_for()
    assert page.locator(".reader-text").text_content() == article.text
    assert page.locator("#reader h2").text_content() == (
        "Ferry <script>window.ran=1</script> fares"
    )
    assert page.evaluate("window.ran") is None
    assert served.outside == []


@pytest.mark.parametrize(
    "fragment",
    [
        "#source/bridge@" + "0" * 64 + "/1-2",
        "#source/nothing",
        "#source/%E0%A4%A@" + "0" * 64 + "/1-2",
        "#source/bridge@" + "0" * 64 + "/9-3",
    ],
    ids=["unknown-version", "no-version", "broken-percent", "backwards"],
)
def test_a_broken_permalink_says_so(page: Page, fragment: str) -> None:
    """An address that fits nothing opens a message instead of an empty panel."""
    page.evaluate("fragment => { location.hash = fragment }", fragment)
    expect(page.locator("#reader h2")).to_have_text("This source cannot be shown")
    assert page.locator(".reader-note").text_content() in (
        "This link fits no article of the collection.",
        "The address is incomplete or misspelt.",
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_fits_its_window(
    browser: Browser, served: Served, width: int, scheme: str
) -> None:
    """Nothing scrolls sideways and the text has the scheme's colours, with and without a source."""
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    guard(context, served)
    page = opened(context, served.address)
    ask_on(page, CRACKS)
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) == 0
    page.locator("a.cite").first.click()
    expect(page.locator("#reader mark.current")).to_be_in_viewport()
    assert page.evaluate(sideways) == 0
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(251, 250, 246)", "dark": "rgb(23, 22, 20)"}[scheme]
    covered = page.locator("#desk").evaluate("desk => desk.inert")
    assert covered is (width == 360)
    assert served.outside == []
    context.close()


def test_on_a_phone_closing_the_source_gives_the_conversation_back(
    browser: Browser, served: Served
) -> None:
    """The panel covers the conversation until it is closed; then the link has the focus again."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    guard(context, served)
    page = opened(context, served.address)
    ask_on(page, CRACKS)
    page.locator("a.cite").first.click()
    page.locator("#reader mark.current").wait_for()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#reader-column")).to_be_hidden()
    expect(page.locator("a.cite").first).to_be_focused()
    context.close()


def test_the_next_question_can_be_typed_while_one_is_answered(
    page: Page, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box is empty at once, and what is typed meanwhile stays."""
    encode = served.encoder.encode

    def slowly(strings: Sequence[str]) -> NDArray[np.float32]:
        Event().wait(1)
        return encode(strings)

    monkeypatch.setattr(served.encoder, "encode", slowly)
    page.fill("#question textarea", CRACKS)
    page.press("#question textarea", "Enter")
    expect(page.locator("#question textarea")).to_have_value("", timeout=900)
    page.keyboard.type("And the ferry?")
    assert page.locator("#thread .answer").count() == 0
    page.locator("#thread .answer").wait_for()
    page.wait_for_timeout(300)
    expect(page.locator("#question textarea")).to_have_value("And the ferry?")


def test_tabs_and_runs_of_spaces_are_quoted_as_they_stand(page: Page, served: Served) -> None:
    """White space is part of the words: nothing between the text and the page rearranges it."""
    ask_on(page, "What does the tide table of the harbour say?")
    passage = page.locator(".citation .passage", has_text="tide").first
    assert passage.text_content() == served.index.article("tides").text.strip()
    assert passage.evaluate("passage => getComputedStyle(passage).whiteSpace") == "pre-wrap"


def test_a_follow_up_question_takes_over_the_subject_until_that_is_undone(page: Page) -> None:
    """The answer says what was searched for; one press, by keyboard too, asks the question alone,
    and from then on it is the first of the conversation."""
    ask_on(page, CRACKS)
    ask_on(page, "And why?")
    followed = page.locator("#thread .answer").last.locator(".followed span")
    added = "Engineers found, cracks, northern arch"
    assert followed.all_text_contents() == [
        f"Searched for: And why? — {added}",
        f"Added from your earlier questions: {added}.",
    ]
    assert page.locator("#thread .answer").last.locator(".citation").count() > 0

    page.get_by_role("button", name="Search without them").focus()
    page.keyboard.press("Enter")
    followed = page.locator("#thread .answer").last.locator(".followed span")
    expect(followed).to_have_text(["Searched for: And why?"])
    assert page.locator(".asked").all_text_contents() == [CRACKS, "And why?"]
    assert page.locator(".undo").count() == 0

    ask_on(page, "And who?")
    assert page.locator("#thread .answer").last.locator(".followed").count() == 0


def test_a_question_with_two_sides_can_be_searched_as_asked(page: Page) -> None:
    """The answer says what it left out; one press searches for the question itself."""
    ask_on(page, "Why should engineers never look for cracks in the northern arch?")
    followed = page.locator("#thread .answer").last.locator(".followed span")
    assert followed.all_text_contents() == [
        "Searched for: … engineers look for cracks in the northern arch?",
        "Left out, to search for both sides: “Why should”, “never”.",
    ]
    page.get_by_role("button", name="Search as asked").click()
    expect(page.locator(".followed span")).to_have_text(
        ["Searched for: Why should engineers never look for cracks in the northern arch?"]
    )
    assert page.locator(".undo").count() == 0


def test_a_chain_of_questions_keeps_its_subject(page: Page) -> None:
    """Each takes over what the ones before it were about."""
    ask_on(page, CRACKS)
    ask_on(page, "And in the southern arch?")
    ask_on(page, "And who said that?")
    assert page.locator(".searched-for").all_text_contents() == [
        "Searched for: And in the southern arch? — Engineers found, cracks, northern arch",
        "Searched for: And who said that? — southern arch, Engineers found, cracks, northern arch",
    ]


def test_one_conversation_takes_nothing_from_another(
    page: Page, browser: Browser, served: Served
) -> None:
    """What is remembered of a conversation is its own."""
    ask_on(page, CRACKS)
    elsewhere = browser.new_context()
    guard(elsewhere, served)
    other = opened(elsewhere, served.address)
    ask_on(other, "And why?")
    assert other.locator(".followed").count() == 0
    elsewhere.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_an_answer_with_what_was_taken_over_fits_its_window(
    browser: Browser, served: Served, width: int
) -> None:
    """However long the words, nothing scrolls sideways."""
    context = browser.new_context(viewport={"width": width, "height": 740})
    guard(context, served)
    page = opened(context, served.address)
    ask_on(page, "What about the " + "bridge" * 60 + "?")
    ask_on(page, "And why?")
    expect(page.locator(".undo")).to_be_visible()
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) == 0
    context.close()
