"""How well quotations and their speakers are found, and how fast.

`ONRECORD_EVAL=… python -m tests.benchmarks.quotations`. Takes a few seconds. Rules are tuned on
PolNeAR's training part alone. Speed is the processor time of one core over the news sample, with
nothing but the quotations in it.
"""

from __future__ import annotations

import gzip
import json
import time

from corpus import Article, quotations_of
from tests.benchmarks.shared import evaluation_data, print_table
from tests.corpus.polnear import measured


def main() -> None:
    folder = evaluation_data()
    parts = {split: measured(folder / "polnear", split) for split in ("train", "dev")}
    rows = [
        (
            "contents that begin and end with marks: found",
            *(f"{p.recall('quoted'):.3f}" for p in parts.values()),
        ),
        (
            "our quoted words: inside a content",
            *(f"{p.inside / p.stretches:.3f}" for p in parts.values()),
        ),
        (
            "the same, direct alone",
            *(f"{p.direct_inside / p.direct:.3f}" for p in parts.values()),
        ),
        (
            "of those with a source: the right one",
            *(f"{p.right_source / p.sourced:.3f}" for p in parts.values()),
        ),
        (
            "of those with a source: unresolved",
            *(f"{p.unresolved / p.sourced:.3f}" for p in parts.values()),
        ),
    ]
    for kind in ("mixed", "indirect"):
        rows += [
            (f"{kind}: precision", *(f"{p.precision(kind):.3f}" for p in parts.values())),
            (f"{kind}: recall", *(f"{p.recall(kind):.3f}" for p in parts.values())),
            (
                f"{kind}: F1",
                *(f"{_f1(p.precision(kind), p.recall(kind)):.3f}" for p in parts.values()),
            ),
        ]
    print_table("PolNeAR, 80% overlap (intersection over union)", ["", *parts], rows)
    with gzip.open(folder / "news_sample" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [Article(r["_id"], r["text"]) for r in map(json.loads, lines)]
    started = time.process_time()
    found = sum(len(quotations_of(article)) for article in articles)
    seconds = time.process_time() - started
    words = sum(len(article.text.split()) for article in articles)
    print(f"{found:,} quotations in {len(articles):,} articles of {words // len(articles)} words.")
    rates = f"{len(articles) / seconds:,.0f} a second, or {words / 800 / seconds:,.0f} of 800 words"
    print(f"Articles on one core: {rates}.")


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    main()
