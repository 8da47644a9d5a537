"""Voices on the page, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from index import SearchIndex, build_index
from tests.hash_encoder import HashEncoder
from tests.retrieval.debate import DEBATE, DEBATE_TEXTS
from tests.web.conftest import Served, guard, opened, running, sideways

STOP = "“Night fishing must stop before somebody drowns off the pier,”"
HOSTILE = "“Night fishing <img src=x onerror=window.ran=1> is bad,” said Al <b>Quill</b>.\n"


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page over the collection DEBATE and one hostile article."""
    from interface.live import LiveIndex

    folder = tmp_path_factory.mktemp("debate")
    (folder / "collection").mkdir()
    for name, content in {**DEBATE, "hostile.txt": HOSTILE}.items():
        (folder / "collection" / name).write_text(content, encoding="utf-8")
    encoder = HashEncoder()
    build_index(folder / "collection", folder / "index", encoder)
    index = SearchIndex(folder / "index")
    with running(LiveIndex(index, encoder)) as address:
        yield Served(address, index, encoder)
    index.close()


def hear_on(page: Page, subject: str) -> None:
    """Open “Voices”, type a subject, and wait for what comes."""
    page.get_by_role("link", name="Voices").click()
    page.fill("#subject textarea", subject)
    page.press("#subject textarea", "Enter")
    page.wait_for_url("**#voices?subject=*")
    page.locator("#heard:not([aria-busy]) .answer").wait_for()


@pytest.mark.browser
def test_hear_who_says_what_and_open_an_utterance(browser: Browser, debate: Served) -> None:
    """A time line with the speakers' names, a table for each, and a link to each utterance that
    opens its article at the words; markup in an article is text."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    guard(context, debate)
    page = opened(context, debate.address)
    hear_on(page, "night fishing")
    assert page.url.endswith("#voices?subject=night+fishing")
    answer = page.locator("#heard .answer")
    assert "on “night fishing”." in (answer.locator(".verdict").text_content() or "")
    names = answer.locator("svg text.name").all_text_contents()
    assert names[:2] == ["Mara Holt", "Tobias Renn"]
    assert answer.locator("svg > title").text_content() == "Who spoke when"
    assert answer.locator("svg .mark > title").first.text_content() == (
        "Mara Holt, 10 April 2018: 1 utterance"
    )
    box = answer.locator("svg .mark").first.bounding_box()
    assert box
    assert box["width"] >= 8
    caption = answer.locator("table.voice caption").first
    assert caption.locator(".speaker").text_content() == "Mara Holt"
    first = answer.locator(".utterance").first
    assert first.locator(".passage").text_content() == (
        f"{STOP} said Mara Holt, the harbour master of Skerry."
    )
    assert first.locator("mark").all_text_contents() == [STOP[1:-1]]
    assert first.locator("del").all_text_contents() == ["(not there:) stop"]
    assert first.locator("ins").all_text_contents() == ["(only there:) end"]

    first.locator("a.cite").first.click()
    cited = page.locator("#reader mark.current")
    expect(cited).to_be_focused()
    assert cited.text_content() == STOP
    article = debate.index.article("herald")
    start = DEBATE_TEXTS["herald"].index(STOP)
    assert page.url.endswith(f"#source/herald@{article.sha256}/{start}-{start + len(STOP)}")
    page.keyboard.press("Escape")
    expect(first.locator("a.cite").first).to_be_focused()
    assert page.evaluate("window.ran") is None
    assert debate.outside == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1440])
def test_voices_fit_their_window(browser: Browser, debate: Served, width: int) -> None:
    """Nothing scrolls sideways, and names, marks and dates lie inside the column."""
    context = browser.new_context(viewport={"width": width, "height": 740})
    guard(context, debate)
    page = opened(context, debate.address)
    hear_on(page, "night fishing")
    assert sideways(page) == 0
    plot = page.locator(".timeline svg").bounding_box()
    assert plot
    for part in page.locator(".timeline .name, .timeline .mark, .timeline .tick").all():
        box = part.bounding_box()
        assert box
        assert plot["x"] - 1 <= box["x"]
        assert box["x"] + box["width"] <= plot["x"] + plot["width"] + 1
    context.close()


@pytest.mark.browser
def test_a_subject_without_words_is_told(page: Page) -> None:
    """As a question without words is."""
    hear_on(page, "?!")
    assert page.locator("#heard .answer").text_content() == (
        "There is no question. Ask in a few words or a sentence."
    )
