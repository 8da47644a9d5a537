"""Reading an article beside the answer that cites it, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from corpus import Article, Span
from interface.rendering.reading.segments import segments
from interface.rendering.reading.speech import Speech
from tests.web.conftest import Served, ask_on, guard, opened, sideways

pytestmark = pytest.mark.browser

STYLES = Path(__file__).parents[3] / "interface" / "page" / "static"
CRACKS = "Engineers found how many cracks in the northern arch?"
WARDS = "Residents of which ward asked for a bus across the river?"


@pytest.fixture(params=[360, 1440], ids=["phone", "desktop"])
def sized(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Iterator[Page]:
    """The page in a window of this width."""
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    guard(context, served)
    yield opened(context, served.address)
    context.close()


def cited_places(page: Page, served: Served) -> list[str]:
    """The addresses of the answer's citations of the bridge, in the order of its text."""
    sha256 = served.index.article("bridge").sha256
    hrefs = page.locator("#thread .answer a.cite").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    places = {href for href in hrefs if f"bridge@{sha256}" in href}
    return sorted(places, key=lambda href: int(href.rpartition("/")[2].partition("-")[0]))


def hash_of(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def words_at(served: Served, href: str) -> str:
    start, _, end = href.rpartition("/")[2].partition("-")
    return served.index.article("bridge").text[int(start) : int(end)]


def test_every_citation_of_the_answer_is_marked_and_can_be_stepped_through(
    sized: Page, served: Served
) -> None:
    """Next and previous move the focus, the address and the link to the original; the text stays
    the article's, and nothing scrolls sideways."""
    ask_on(sized, WARDS)
    places = cited_places(sized, served)
    assert len(places) > 2
    sized.locator(f'#thread a.cite[href="{places[0]}"]').first.click()
    current = sized.locator("#reader mark.current")
    expect(current).to_be_focused()
    marks = sized.locator("#reader mark")
    assert marks.all_text_contents() == [words_at(served, place) for place in places]
    bar = sized.locator(".reader-bar")
    expect(bar.locator(".reader-count")).to_have_text(f"1 of {len(places)}")
    expect(bar.get_by_role("button", name="Previous")).to_be_disabled()
    for number, place in enumerate(places[1:], 2):
        bar.get_by_role("button", name="Next").click()
        expect(bar.locator(".reader-count")).to_have_text(f"{number} of {len(places)}")
        expect(current).to_be_focused()
        expect(current).to_be_in_viewport()
        expect(bar).to_be_in_viewport()
        assert current.text_content() == words_at(served, place)
        assert hash_of(sized) == place
        original = sized.locator(".reader-original a").get_attribute("href")
        assert (original or "").startswith("https://courier.example/bridge#:~:text=")
    expect(bar.get_by_role("button", name="Next")).to_be_disabled()
    bar.get_by_role("button", name="Previous").click()
    assert hash_of(sized) == places[-2]
    text = served.index.article("bridge").text
    assert sized.locator(".reader-text").text_content() == text
    assert sideways(sized) == 0


def test_steps_are_reached_by_keyboard_and_escape_goes_back_to_the_answer(
    page: Page, served: Served
) -> None:
    """Shift and Tab lead from the mark to the bar; after a step, Escape gives the focus back to
    the link that opened the source, and the address names the view again."""
    ask_on(page, WARDS)
    [first, second, *_] = cited_places(page, served)
    link = page.locator(f'#thread a.cite[href="{first}"]').first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.current")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent === 'Next'"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.current")).to_be_focused()
    assert hash_of(page) == second
    page.keyboard.press("Escape")
    expect(page.locator(".reader-empty")).to_be_visible()
    expect(link).to_be_focused()
    assert hash_of(page).startswith("#ask?question=")


def test_a_reload_and_the_history_keep_the_mark_of_the_address(page: Page, served: Served) -> None:
    """After a reload only the address's own words are marked; Back and Forward open what they
    name."""
    ask_on(page, WARDS)
    [first, second, *_] = cited_places(page, served)
    for place in (first, second):
        page.locator(f'#thread a.cite[href="{place}"]').first.click()
        expect(page.locator("#reader mark.current")).to_have_text(words_at(served, place))
    page.go_back()
    expect(page.locator("#reader mark.current")).to_have_text(words_at(served, first))
    assert page.locator("#reader mark").count() > 1
    page.reload()
    expect(page.locator("#reader mark")).to_have_text([words_at(served, first)])
    assert page.locator(".reader-count").count() == 0


def test_the_words_of_a_speaker_have_a_badge_that_is_no_text(page: Page, served: Served) -> None:
    """The legend names the speaker; the badge has a name for who does not see it, and what is
    selected is exactly the article."""
    ask_on(page, CRACKS)
    page.locator("#thread a.cite").first.click()
    page.locator("#reader mark.current").wait_for()
    legend = page.locator(".reader-speakers li")
    assert legend.all_text_contents() == ["Mira Holt (leader, council) 2 quotations, 1 reported"]
    said = page.locator(".reader-text .speech")
    assert said.all_text_contents() == [
        "the old bridge at Ashford must close for 14 weeks",
        "“Engineers found 32 cracks in the northern arch,”",
        "“We cannot keep lorries on it.”",
    ]
    assert page.locator(".reader-text .told").count() == 1
    badges = page.locator(".reader-text").get_by_role("img")
    assert [badge.get_attribute("aria-label") for badge in badges.all()] == [
        "Reported words of: Mira Holt (leader, council)",
        "Words of: Mira Holt (leader, council)",
        "Words of: Mira Holt (leader, council)",
    ]
    drawn = badges.first.evaluate("badge => getComputedStyle(badge, '::before').content")
    assert drawn == '"1"'
    selected = page.locator("#reader mark.current").evaluate(
        "mark => { getSelection().selectAllChildren(mark); return getSelection().toString(); }"
    )
    assert selected == page.locator("#reader mark.current").text_content()
    assert page.locator(".reader-text").text_content() == served.index.article("bridge").text


def test_an_article_opens_by_its_address_without_a_mark(page: Page, served: Served) -> None:
    """The focus is on its title; a version that does not exist is told, an incomplete address
    too."""
    page.evaluate("location.hash = '#article/tides'")
    expect(page.locator("#reader h2")).to_be_focused()
    assert page.locator(".reader-text").text_content() == served.index.article("tides").text
    assert page.locator("#reader mark").count() == 0
    page.evaluate(f"location.hash = '#article/tides@{'0' * 64}'")
    expect(page.locator(".reader-note")).to_have_text(
        "This link fits no article of the collection."
    )
    page.evaluate("location.hash = '#article/tides@12'")
    expect(page.locator(".reader-note")).to_have_text("The address is incomplete or misspelt.")


def test_a_later_source_is_never_covered_by_an_earlier_one(page: Page, served: Served) -> None:
    """Only the answer to the last request is shown, however late the others come."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/article?article=bridge", hold)
    page.evaluate("location.hash = '#article/bridge'")
    expect(page.locator("#reader[aria-busy]")).to_have_count(1)
    page.evaluate("location.hash = '#article/tides'")
    expect(page.locator("#reader h2")).to_be_focused()
    [route] = held
    route.fulfill(json={})
    page.wait_for_timeout(100)
    assert page.locator(".reader-text").text_content() == served.index.article("tides").text


PAGED = Article("minutes", "First page.\n\f“Yes,” said Ann.\n\fThird\u00a0page.\n\f")


def test_pages_versions_and_overlapping_marks_are_shown_beside_the_exact_text(page: Page) -> None:
    """The label of a page is no text; a mark with another inside is one to step to; other
    versions are links, and what was withdrawn is none."""
    marks = [Span(13, 29), Span(20, 24)]
    speech = Speech(Span(13, 19), 0, told=False, opens=True)
    version = {"sha256": "1" * 64, "is_shown": False}
    view = {
        "title": "Minutes", "source": "Council, 2019", "brief": None, "about": "",
        "original": {"words": "Open the original", "address": "https://council.example/m"},
        "note": None, "cited": 1,
        "marks": [
            {"address": f"#source/minutes@{PAGED.sha256}/{span.start}-{span.end}",
             "page": f"p. {2 + number}", "original": f"https://council.example/m#:~:text={number}"}
            for number, span in enumerate(marks)
        ],
        "versions": [
            {"words": "Current version", "sha256": PAGED.sha256, "is_shown": True,
             "address": f"#article/minutes@{PAGED.sha256}"},
            {"words": "Until 2 May 2019", "address": f"#article/minutes@{'1' * 64}", **version},
            {"words": "Withdrawn on 1 May 2019", "address": None, **version},
        ],
        "speakers": [{"badge": "1", "colour": 1, "name": "Ann", "counts": "1 quotation",
                      "quoted": "Words of: Ann", "reported": "Reported words of: Ann"}],
        "segments": [asdict(each) for each in segments(PAGED, marks, [speech])],
    }  # fmt: skip
    page.route("**/source?*", lambda route: route.fulfill(json=json.loads(json.dumps(view))))
    page.evaluate("address => { location.hash = address }", view["marks"][0]["address"])  # type: ignore[index]
    expect(page.locator("#reader mark.current").first).to_be_focused()
    assert page.locator(".reader-text").text_content() == PAGED.text
    current = page.locator("#reader mark.current")
    assert "".join(current.all_text_contents()) == marks[0].of(PAGED.text)
    assert page.locator(".page-begins").evaluate_all(
        "labels => labels.map((label) => getComputedStyle(label, '::before').content)"
    ) == ['"p. 1"', '"p. 2"', '"p. 3"']
    assert page.locator(".reader-source").text_content() == "Council, 2019, p. 2"

    page.get_by_role("button", name="Next").click()
    assert current.all_text_contents() == [marks[1].of(PAGED.text)]
    assert page.locator(".reader-source").text_content() == "Council, 2019, p. 3"
    assert page.locator("#reader mark[data-page]").count() == 1
    original = page.locator(".reader-original a")
    assert original.get_attribute("href") == "https://council.example/m#:~:text=1"

    page.locator(".reader-versions summary").click()
    versions = page.locator(".reader-versions li")
    assert versions.all_text_contents() == [
        "Current version (shown here)", "Until 2 May 2019", "Withdrawn on 1 May 2019",
    ]  # fmt: skip
    assert versions.locator("a").all_text_contents() == ["Until 2 May 2019"]


def _block(sheet: str, scheme: str) -> dict[str, tuple[int, ...]]:
    """The colours that a style sheet names for a scheme, as red, green and blue."""
    block = re.search(
        rf"^{re.escape(scheme)} \{{(.*?)^\}}",
        (STYLES / sheet).read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    assert block is not None
    return {
        name: tuple(bytes.fromhex(value))
        for name, value in re.findall(r"--([\w-]+): #([0-9a-f]{6});", block[1])
    }


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """By the formula of WCAG 2."""

    def luminance(colour: tuple[float, ...]) -> float:
        parts = [c / 255 for c in colour]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [":root", ".dark"])
def test_the_words_of_every_speaker_can_be_read(scheme: str) -> None:
    """At least 4.5 to 1: a badge on its ground, and text on the tint of its speaker; at least 3 to
    1: the line under it, outside of marks and in both kinds of them."""
    page, own = _block("page.css", scheme), _block("reader.css", scheme)
    colours = [own[f"speaker-{number}"] for number in range(7)]
    assert len(set(colours)) == 7
    for colour in colours:
        assert _contrast(own["on-speaker"], colour) >= 4.5
        tint = tuple(0.1 * a + 0.9 * b for a, b in zip(colour, page["paper"], strict=True))
        assert _contrast(page["ink"], tint) >= 4.5  # as `.speech` has it
        for ground in ("paper", "cited", "marker"):
            assert _contrast(page[ground], colour) >= 3
