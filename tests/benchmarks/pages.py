"""How much of the main text of saved web pages is extracted, and how much else: a line a page,
worst first.

`python -m tests.benchmarks.pages`
"""

from __future__ import annotations

import time
from statistics import mean, median

from corpus.extraction.html import extract_html
from tests.benchmarks.shared import evaluation_data, milliseconds, print_table
from tests.judged_pages import judged_pages, word_f1


def main() -> None:
    measured = []
    seconds = []
    for name, page, main_text in judged_pages(evaluation_data()):
        started = time.perf_counter()
        extracted = extract_html(page)
        seconds.append(time.perf_counter() - started)
        measured.append((word_f1(extracted.text, main_text), name, extracted.metadata))
    measured.sort(key=lambda row: row[:2])
    print_table(
        "Main text of saved pages",
        ("F1", "page", "published", "publisher", "title"),
        [
            (f"{f1:.3f}", name[:6], m.published or "", m.publisher or "", m.title or "")
            for f1, name, m in measured
        ],
    )
    scores = [f1 for f1, _, _ in measured]
    fields = ("title", "published", "author", "publisher", "url")
    found = (f"{field} {sum(bool(getattr(m, field)) for *_, m in measured)}" for field in fields)
    print(f"{len(scores)} pages, mean F1 {mean(scores):.4f}, median {median(scores):.4f}")
    print(f"Found: {', '.join(found)}")
    print(f"Milliseconds a page (median, p95, largest): {', '.join(milliseconds(seconds))}")


if __name__ == "__main__":
    main()
