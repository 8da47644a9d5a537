"""Exports on the page, in a real browser: what is saved, and the page to print."""

from __future__ import annotations

import csv
import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from retrieval import exported_citations, verify_citation
from tests.web.conftest import Served, ask_on

pytestmark = pytest.mark.browser

CRACKS = "Engineers found how many cracks in the northern arch?"
FERRY = "What is the ferry fare?"


def saved(page: Page, menu: str, choice: str, *, last: bool = False) -> str:
    """Choose a format from a menu, and read the file that comes."""
    opener = page.locator("details.export summary", has_text=menu)
    (opener.last if last else opener.first).click()
    with page.expect_download() as download:
        page.locator("details.export[open]").get_by_role("button", name=choice).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_an_answer_is_saved_as_json_that_verifies(page: Page, served: Served) -> None:
    """The file is the canonical answer; every citation of it holds."""
    ask_on(page, CRACKS)
    exported = saved(page, "Export", "JSON", last=True)
    citations = exported_citations(exported)
    assert len(citations) == page.locator("#thread .citation").count()
    assert {verify_citation(each, served.index).verdict for each in citations} == {"verified"}
    assert json.loads(exported)["question"] == CRACKS


def test_a_conversation_is_saved_as_markdown_and_csv(page: Page, served: Served) -> None:
    """All answers in order, with the words that are on the page and a note for each citation."""
    ask_on(page, CRACKS)
    ask_on(page, FERRY)
    passages = page.locator("#thread .citation > .passage").all_text_contents()
    links = page.locator("#thread .citation > .source > a.cite").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    markdown = saved(page, "Export all", "Markdown")
    assert markdown.index(CRACKS) < markdown.index(FERRY)
    for number, link in enumerate(links, start=1):
        assert f"[^{number}]:" in markdown
        assert served.address + link in markdown
    rows = list(csv.DictReader(saved(page, "Export all", "CSV").splitlines(keepends=True)))
    assert [row["text"].lstrip("'") for row in rows] == [text.lstrip("'") for text in passages]


def test_the_page_to_print_opens_beside_and_runs_nothing(page: Page, served: Served) -> None:
    """It is a document of its own with the words of the answer, without any script."""
    ask_on(page, FERRY)
    passages = page.locator("#thread .citation > .passage").all_text_contents()
    page.locator(".turn details.export summary").click()
    with page.context.expect_page() as opening:
        page.locator("details.export[open]").get_by_role("button", name="Print").click()
    printable = opening.value
    printable.wait_for_load_state()
    shown = printable.locator("body").text_content() or ""
    assert all(passage in shown for passage in passages)
    assert printable.locator("script").count() == 0
    assert printable.evaluate("window.ran") is None
    assert page.url.startswith(served.address)
    assert served.outside == []


def test_every_mention_is_saved_as_a_table(page: Page) -> None:
    """All pages of it, whichever is shown."""
    page.fill("#question textarea", "wards bus")
    page.locator("#every-mention").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="All as CSV").click()
    table = Path(download.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines(keepends=True)))
    assert [row["sentence"] for row in rows] == [
        f"In ward {n} residents asked for a bus across the river while the works last."
        for n in range(1, 30)
    ]


def test_an_export_shows_no_address_that_is_not_on_the_web(served: Served) -> None:
    """The address of the page comes from the browser: anything but http is left out."""
    body = {"format": "markdown", "asked": [{"question": FERRY}], "page": "javascript:alert(7)"}
    request = urllib.request.Request(
        served.address + "page/export",
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        markdown = response.read().decode()
        assert response.headers["content-disposition"].startswith("attachment")
    assert "alert" not in markdown
    assert "[^1]:" in markdown


def test_a_menu_closes_when_it_is_left(page: Page) -> None:
    """Escape closes an open menu, and so does choosing."""
    ask_on(page, CRACKS)
    page.locator(".turn details.export summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("details.export[open]")).to_have_count(0)


def test_a_menu_stays_open_while_answers_come(page: Page) -> None:
    """The tools of the conversation are drawn anew only where they say something else."""
    ask_on(page, CRACKS)
    page.locator("details.export summary", has_text="Export all").click()
    page.get_by_role("button", name="Ask again").evaluate("button => button.click()")
    expect(page.locator(".turn[aria-busy]")).to_have_count(0)
    expect(page.locator("#conversation-tools details.export[open]")).to_have_count(1)
