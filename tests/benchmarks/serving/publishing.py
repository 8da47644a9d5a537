"""Editing three articles and publishing them with `onrecord build`, again and again."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Article
from tests.benchmarks.serving.collecting import articles_of, edit

ROOT = Path(__file__).parents[3]
_MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Published:
    """A generation, the articles that it was built of, and when its build began and had ended, in
    seconds of `time.monotonic`."""

    generation: str
    articles: dict[str, Article]
    began: float
    ended: float


def publish(collection: Path, index: Path) -> Published:
    """Build the collection as it is, in a process of its own."""
    began = time.monotonic()
    articles = articles_of(collection)
    options = ["--corpus", str(collection), "--index", str(index)]
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *options, "build", "--json", "--strict"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=_MOST_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(f"A build failed: {done.stderr}")
    report = json.loads(done.stdout)
    return Published(report["generation"], articles, began, time.monotonic())


def publish_edits(
    collection: Path, index: Path, edits: Sequence[Sequence[str]], first: int, pause: float
) -> list[Published]:
    """Publish each of the edits, which are ids of articles; for a process of its own.

    first: the number of the first edit. pause: seconds from the start to the first, and from each
    to the next, except where a build takes longer.
    """
    started = time.monotonic()
    published = []
    for number, ids in enumerate(edits):
        time.sleep(max(0.0, started + pause * (number + 1) - time.monotonic()))
        articles = articles_of(collection)
        edit(collection, [articles[article_id] for article_id in ids], first + number)
        published.append(publish(collection, index))
    return published
