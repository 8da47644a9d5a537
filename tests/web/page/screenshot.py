"""Take the README's screenshot anew: `python -m tests.web.page.screenshot ADDRESS`.

ADDRESS is that of a running chat on the starter collection (`make run`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.web.conftest import CHROMIUM

PICTURE = Path(__file__).parents[3] / "docs" / "answer.png"
QUESTION = "How many arrests in Nottinghamshire came from hunter groups?"


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.goto(address)
        page.fill("#question textarea", QUESTION)
        page.press("#question textarea", "Enter")
        page.locator("a.cite").first.click()
        page.locator("#reader mark").wait_for()
        page.locator(".asked").first.scroll_into_view_if_needed()
        page.locator(".asked").first.evaluate("asked => asked.scrollIntoView()")
        page.screenshot(path=str(PICTURE))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
