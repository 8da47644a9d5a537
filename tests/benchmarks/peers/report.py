"""The tables: on the terminal, and in Markdown for a README."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import mean

from tests.benchmarks.peers.contract import Asked, Built, Entry
from tests.benchmarks.shared import milliseconds, print_table

_SPEED = ("", "version", "passages/s", "median ms", "p95 ms", "MB")


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one contender. answered: whole answers; only ours gives any.
    gains: nDCG@10 by set."""

    entry: Entry
    built: Built
    asked: Asked
    answered: Asked | None = None
    gains: Mapping[str, float] = field(default_factory=dict)


def print_report(measured: Sequence[Measured], sets: Sequence[str], asked_over: int) -> None:
    """asked_over: passages of the index that was asked."""
    speed = [row for one in measured for row in _speed_rows(one)]
    gains = [
        (
            one.entry.label,
            *(f"{one.gains[name]:.3f}" for name in sets),
            f"{mean(one.gains.values()):.3f}",
        )
        for one in measured
        if one.gains
    ]
    title = f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores"
    quality = ("nDCG@10", *sets, "mean")
    notes = _notes(measured, asked_over)
    print_table(title, _SPEED, speed)
    if gains:
        print_table("Judged sets", quality, gains)
    print("\n".join(notes))
    print(f"\n{title}\n\n{_markdown(_SPEED, speed)}\n")
    if gains:
        print(f"{_markdown(quality, gains)}\n")
    print("\n".join(f"- {note}" for note in notes))


def _speed_rows(one: Measured) -> list[tuple[str, ...]]:
    build = (one.built.version, f"{one.built.passages / one.built.seconds:.1f}")
    if one.answered is None:
        return [(one.entry.label, *build, *_asking(one.asked))]
    return [
        (f"{one.entry.label}, answer", *build, *_asking(one.answered)),
        (f"{one.entry.label}, ranking", "", "", *_asking(one.asked)),
    ]


def _asking(asked: Asked) -> tuple[str, str, str]:
    middle, p95, _ = milliseconds(asked.seconds)
    return middle, p95, f"{asked.megabytes:,.0f}"


def _notes(measured: Sequence[Measured], asked_over: int) -> list[str]:
    ours, asked = measured[0].built, measured[0].asked
    libraries = ", ".join(f"{name} {version(name)}" for name in ("sentence-transformers", "torch"))
    return [
        "txtai fuses its two sides by score, LanceDB and bm25s + FAISS by reciprocal rank with "
        "k = 60. On the Record's answer is what the page shows, its ranking what peers do.",
        f"passages/s: {ours.passages:,} passages indexed by words and by vectors, onto disk. On "
        "the Record reads the articles and finds sentences, passages, quotations and near-copies "
        "besides, and keeps vectors of words; peers are given the passages ready.",
        f"ms and MB: {len(asked.seconds)} different questions over {asked_over:,} passages, warm, "
        "from the question's text, which each contender encodes itself, to the texts of the best "
        "10 passages; an answer has up to 5 citations with highlights, quotations and "
        "support, as HTML. MB are resident after the last question.",
        "nDCG@10: a document of a set is one passage for the peers, given to them with ready "
        "vectors of itself and of the query.",
        f"All use the weights of all-MiniLM-L6-v2 with {libraries}; peers in float32.",
    ]


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---", *(["---:"] * (len(columns) - 1))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _processor() -> str:
    """The model's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:  # not Linux
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
