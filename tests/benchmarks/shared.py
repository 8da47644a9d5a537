"""The news sample as a collection, real questions, and a table on stdout."""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table


def evaluation_data() -> Path:
    """The folder that ONRECORD_EVAL names; ends the process with a sentence where it does not."""
    folder = os.environ.get("ONRECORD_EVAL")
    if not folder or not Path(folder).is_dir():
        sys.exit("Set ONRECORD_EVAL to the folder of the evaluation data.")
    return Path(folder)


def news_collection(folder: Path) -> Path:
    """The 3,000 news articles as a collection folder below `folder`."""
    collection = folder / "news"
    collection.mkdir(parents=True, exist_ok=True)
    packed = evaluation_data() / "news_sample" / "articles.jsonl.gz"
    (collection / "articles.jsonl").write_bytes(gzip.decompress(packed.read_bytes()))
    return collection


def questions(count: int) -> list[str]:
    """`count` different questions of the news quiz, in the order of the file."""
    lines = (evaluation_data() / "realtimeqa_evidence_dev" / "queries.jsonl").open(encoding="utf-8")
    with lines:
        asked = dict.fromkeys(json.loads(line)["text"] for line in lines)
    return list(asked)[:count]


def milliseconds(seconds: Sequence[float]) -> tuple[str, str, str]:
    """Median, 95th percentile and largest, in milliseconds."""
    p95 = quantiles(seconds, n=20)[-1]
    return tuple(f"{1000 * value:.1f}" for value in (median(seconds), p95, max(seconds)))  # type: ignore[return-value]


def resident_megabytes() -> float:
    """Memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    Console(width=100).print(table)
