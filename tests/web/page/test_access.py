"""The rules of accessibility (axe-core) on every view, and controls that all do something."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.conftest import Served, ask_on, guard, opened, sideways

pytestmark = pytest.mark.browser

CRACKS = "Engineers found how many cracks in the northern arch?"


def answer(page: Page) -> None:
    """An answer with its neighbours, a chip, an open menu, and a list of mentions."""
    page.locator("#question-filters summary").click()
    page.fill("#question-filters input[name=from]", "2015")
    page.press("#question-filters input[name=from]", "Tab")
    page.locator(".chip").wait_for()
    page.locator("#question-filters summary").click()
    ask_on(page, "What is the ferry fare?")
    page.get_by_role("button", name="Before and after").first.click()
    page.locator(".turn details.export summary").click()
    page.fill("#question textarea", "ferry")
    page.locator("#every-mention").click()
    page.locator("#thread .answer.mentions").wait_for()


def source(page: Page) -> None:
    """An answer with a source open beside it, or over it."""
    page.get_by_role("link", name="Ask", exact=True).click()
    for chip in page.locator(".chip").all():  # the article has no date
        chip.click()
    ask_on(page, CRACKS)
    page.locator(".turn").last.locator("a.cite").first.click()
    page.locator("#reader mark.current").wait_for()


def voices(page: Page) -> None:
    """The list of speakers, then who says what."""
    page.get_by_role("link", name="Voices").click()
    page.locator("#heard .answer").wait_for()
    page.fill("#subject textarea", "the old bridge")
    page.press("#subject textarea", "Enter")
    page.locator("#heard .voices").wait_for()


def articles(page: Page) -> None:
    """The table of articles."""
    page.get_by_role("link", name="Articles").click()
    page.locator("#listed table").wait_for()


def check(page: Page) -> None:
    """An altered quotation."""
    page.get_by_role("link", name="Check", exact=True).click()
    page.fill("#draft textarea", "“the lighthouse keeper retired after 40 years”")
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#checked .answer").wait_for()


VIEWS = (answer, voices, articles, check, source)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "dark"),
        (1280, "light"),
        pytest.param(320, "light", marks=pytest.mark.long),
        pytest.param(1280, "dark", marks=pytest.mark.long),
    ],
)
def test_no_view_breaks_a_rule_of_accessibility(
    browser: Browser, served: Served, width: int, scheme: str
) -> None:
    """axe finds no violation, and nothing scrolls sideways, on any view."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    guard(context, served)
    page = opened(context, served.address)
    found = {"as it opens": _broken(page)}
    for view in VIEWS:
        view(page)
        found[view.__name__] = _broken(page)
        assert sideways(page) == 0, view.__name__
    assert {name: broken for name, broken in found.items() if broken} == {}
    context.close()


def _broken(page: Page) -> list[tuple[str, list[str]]]:
    """The rules that the page breaks, each with the elements that do."""
    return [
        (each["id"], [node["html"][:200] for node in each["nodes"]])
        for each in Axe().run(page).response["violations"]
    ]


# The first control that is shown and of a kind that was not pressed yet gets an attribute; its kind
# is what it is called. A link to where one already is does nothing, rightly.
_NEXT = """pressed => {
  document.querySelector("[next-control]")?.removeAttribute("next-control");
  for (const each of document.querySelectorAll("button, a[href], summary, select")) {
    const kind = `${each.localName} ${each.className} ${each.textContent.trim().slice(0, 40)}`;
    const here = each.hasAttribute("aria-current") || each.getAttribute("href") === location.hash;
    const isFolded = each.closest("details:not([open]) > :not(summary)");
    const isShown =
      each.checkVisibility({ checkVisibilityCSS: true }) && !isFolded && !each.closest("[inert]");
    if (here || !isShown || each.disabled || pressed.includes(kind)) continue;
    each.setAttribute("next-control", "");
    return kind;
  }
  return null;
}"""
_WATCH = """() => {
  window.changes = 0;
  window.watching?.disconnect();
  window.watching = new MutationObserver(() => window.changes++);
  window.watching.observe(document.body, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
}"""


@pytest.mark.parametrize(
    "view",
    [
        answer,
        *(pytest.param(view, marks=pytest.mark.long) for view in (source, voices, articles, check)),
    ],
    ids=lambda view: view.__name__,
)
def test_every_control_does_something(
    page: Page, served: Served, view: Callable[[Page], None]
) -> None:
    """Each kind of button, link, summary and choice that is shown changes the page or its address,
    sends a request, saves a file or opens another page."""
    happened: list[object] = []
    page.on("request", lambda request: happened.append(request.url))
    page.on("popup", lambda popup: happened.append(popup.close()))
    page.on("download", lambda download: happened.append(download.url))
    pressed: list[str] = []
    idle: list[str] = []
    is_fresh = False
    while True:
        page.wait_for_timeout(50)
        for box in page.locator("textarea:visible").all():
            box.fill("ferry")
        page.wait_for_function("() => !document.querySelector('[aria-busy]')")
        kind = page.evaluate(_NEXT, pressed) if is_fresh or pressed else None
        if kind is None:
            if is_fresh:
                break
            page.goto("about:blank")
            page.goto(served.address)
            page.evaluate("sessionStorage.clear(); localStorage.clear()")
            page.reload()
            page.wait_for_selector("#about-collection .collection", state="attached")
            view(page)
            page.wait_for_timeout(200)
            is_fresh = True
            continue
        is_fresh = False
        pressed.append(kind)
        control = page.locator("[next-control]")
        happened.clear()
        before = page.url
        page.evaluate(_WATCH)
        if kind.startswith("select"):
            control.select_option(index=1)
        else:
            control.click(timeout=3000)
        for _ in range(40):
            if happened or page.url != before or page.evaluate("window.changes"):
                break
            page.wait_for_timeout(50)
        else:
            idle.append(kind)
    assert len(pressed) >= 5
    assert idle == []
