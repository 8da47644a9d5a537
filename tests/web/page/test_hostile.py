"""Payloads through every view, export and answer, in a real browser: none runs, none loads."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from index import SearchIndex, build_index
from tests.hash_encoder import HashEncoder
from tests.web.conftest import Served, guard, opened, running
from tests.web.payloads import PAYLOADS, hostile_files, word

pytestmark = pytest.mark.browser

EVERY = range(len(PAYLOADS))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page over a collection that has each payload in every place."""
    from interface.live import LiveIndex

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "collection").mkdir()
    for name, content in hostile_files():
        (folder / "collection" / name).write_text(content, encoding="utf-8")
    encoder = HashEncoder()
    build_index(folder / "collection", folder / "index", encoder)
    index = SearchIndex(folder / "index")
    assert len(index.catalogue.entries()) == len(PAYLOADS)
    with running(LiveIndex(index, encoder)) as address:
        yield Served(address, index, encoder)
    index.close()


@pytest.fixture
def context(browser: Browser, hostile: Served) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    # In every frame and page, also where `window` is another than the page's.
    made.add_init_script("window.addEventListener('error', () => {})")
    guard(made, hostile)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, hostile: Served) -> Iterator[Page]:
    """The page; at the end nothing has run, and nothing was asked of another host."""
    page = opened(context, hostile.address)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    yield page
    scripts = sum(each.evaluate("window.ran === 1 ? 1 : 0") for each in context.pages)
    assert (scripts, hostile.outside) == (0, [])


def test_there_are_enough() -> None:
    """At least forty, and no two alike."""
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 40


def test_in_answers_and_questions(page: Page) -> None:
    """Each as a question, and each in an answer: passage, title, publisher, speaker, id, scope."""
    page.evaluate(
        "asked => asked.forEach(question => window.onrecord.ask(question))",
        [f"{word(number)} ferry {PAYLOADS[number]}" for number in EVERY],
    )
    expect(page.locator(".turn[aria-busy]")).to_have_count(0, timeout=60_000)
    cited = page.locator("#thread .turn").evaluate_all(
        "turns => turns.map(turn => turn.querySelectorAll('.citation').length > 0)"
    )
    assert cited == [True] * len(PAYLOADS)
    for details in page.locator("#thread details.why").all()[:40]:
        details.evaluate("details => { details.open = true }")


def test_in_mentions(page: Page) -> None:
    """Each as words to look for, and each in the sentences that are listed."""
    page.evaluate(
        "terms => terms.forEach(each => window.onrecord.mention(each))",
        [word(number) for number in EVERY] + list(PAYLOADS)[: 50 - len(PAYLOADS)],
    )
    expect(page.locator(".turn[aria-busy]")).to_have_count(0, timeout=60_000)
    assert page.locator("#thread .mentions").count() >= len(PAYLOADS) - 1


def test_in_sources(page: Page, hostile: Served) -> None:
    """Each article opened whole, with its words exactly as they stand."""
    for entry in hostile.index.catalogue.entries():
        address = f"#article/{_quoted(entry.article_id)}"
        page.evaluate("address => { location.hash = address }", address)
        expect(page.locator("#reader h2")).to_have_text(entry.metadata.title or "", timeout=5000)
        text = hostile.index.article(entry.article_id).text
        assert page.locator(".reader-text").text_content() == text


def test_in_voices_articles_and_checks(page: Page) -> None:
    """Each as a subject and a draft; all in the lists of speakers and of articles."""
    for number in EVERY:
        page.evaluate(
            "subject => window.onrecord.hear(subject)", f"ferry {word(number)} {PAYLOADS[number]}"
        )
        page.evaluate(
            "draft => window.onrecord.check(draft)", f"“The ferry {PAYLOADS[number]} is early,”"
        )
        page.wait_for_function(
            "() => !document.querySelector('#heard[aria-busy], #checked[aria-busy]')"
        )
    assert page.locator("#checked .citation").count() >= 1
    for view in ("voices", "articles"):
        page.evaluate("view => { location.hash = `#${view}` }", view)
        expect(page.locator("#listed table, #heard table").first).to_be_attached()
        page.wait_for_timeout(100)


def test_in_filters_and_addresses(page: Page) -> None:
    """Each as a filter, and each behind the # of an address of every kind."""
    page.locator("#question-filters summary").click()
    for payload in PAYLOADS:
        page.fill("#question-filters input[name=publisher]", payload)
        page.press("#question-filters input[name=publisher]", "Tab")
    expect(page.locator("#question-filters .chip")).to_have_count(1)
    for kind in ("source/", "article/", "ask?speaker=", "voices?subject=", "articles?words=", ""):
        for payload in PAYLOADS[::4]:
            page.evaluate("address => { location.hash = address }", f"#{kind}{payload}")
    page.wait_for_timeout(300)


def test_in_exports_and_on_paper(page: Page, context: BrowserContext, hostile: Served) -> None:
    """Each in every format, opened in the browser as a page of the server where it lets itself be
    opened: the printable page runs nothing, files are saved and not shown."""
    asked = [{"question": f"{word(number)} ferry {PAYLOADS[number]}"} for number in EVERY]
    for style in ("markdown", "json", "csv", "print"):
        body = json.dumps({"format": style, "asked": asked, "page": hostile.address})
        told = page.evaluate(
            """async ([address, body]) => {
              const response = await fetch(address, {
                method: "POST", headers: { "content-type": "application/json" }, body,
              });
              return [response.status, response.headers.get("content-disposition"),
                response.headers.get("x-content-type-options"), (await response.text()).length];
            }""",
            ["page/export", body],
        )
        assert told[0] == 200
        assert (told[1] or "inline").startswith("inline" if style == "print" else "attachment")
        assert told[2] == "nosniff"
        assert told[3] > 10_000
    printable = context.new_page()
    printable.goto(hostile.address + "healthz")
    printable.evaluate(
        """request => {
          const form = document.createElement("form");
          Object.assign(form, { method: "post", action: "/page/print" });
          const field = document.createElement("input");
          Object.assign(field, { name: "request", value: request });
          form.append(field);
          document.body.append(form);
          form.submit();
        }""",
        json.dumps({"format": "print", "asked": asked, "page": hostile.address}),
    )
    printable.wait_for_url("**/page/print")
    assert word(0) in (printable.locator("body").text_content() or "")


def test_in_what_programs_are_answered(
    context: BrowserContext, page: Page, hostile: Served
) -> None:
    """Each article as the API gives it, opened in a browser: JSON, which nothing takes for HTML."""
    other = context.new_page()
    for entry in hostile.index.catalogue.entries():
        response = other.goto(f"{hostile.address}api/articles/{_quoted(entry.article_id)}")
        assert response is not None
        assert response.headers["content-type"] == "application/json"
        assert response.json()["title"] == entry.metadata.title


def _quoted(article_id: str) -> str:
    from urllib.parse import quote

    return quote(article_id, safe="")
