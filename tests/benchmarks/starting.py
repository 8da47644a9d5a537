"""From the start of the process to a page that can be seen, and to the first answer.

`python -m tests.benchmarks.starting INDEX` starts the chat over an index of the starter collection
five times, each as a process of its own, with Debian's Chromium waiting.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.shared import milliseconds, print_table

STARTS = 5
_QUESTION = "How many arrests were made in Nottinghamshire?"
_APP = Path(__file__).parents[2] / "app.py"


def main(index: Path) -> None:
    stages: dict[str, list[float]] = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for _ in range(STARTS):
            for stage, seconds in _start(browser, index).items():
                stages[stage].append(seconds)
        browser.close()
    rows = [(stage, *milliseconds(seconds)) for stage, seconds in stages.items()]
    print_table(f"{STARTS} starts", ["milliseconds to", "median", "p95", "largest"], rows)


def _start(browser: Browser, index: Path) -> dict[str, float]:
    """Seconds from the start of the process to each stage, in order."""
    reached: dict[str, float] = {}
    started = time.perf_counter()

    def note(stage: str) -> None:
        reached[stage] = time.perf_counter() - started

    command = [sys.executable, str(_APP), "--index", str(index), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = re.search(r"http\S+", process.stderr.readline())
        assert told is not None
        note("the address is told")
        page = browser.new_page()
        page.goto(told[0], wait_until="commit")
        page.wait_for_selector("#waiting input, #question textarea")
        note("a page with a box is seen")
        page.wait_for_selector("body[data-view]")
        note("the whole page is there")
        page.fill("#question textarea", _QUESTION)
        page.press("#question textarea", "Enter")
        page.wait_for_selector("#thread .answer")
        note("the first answer is there")
        page.close()
        process.terminate()
    return reached


if __name__ == "__main__":
    main(Path(sys.argv[1]))
