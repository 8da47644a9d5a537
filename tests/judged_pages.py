"""Saved web pages whose main text people wrote out, and how close an extracted text comes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path


def judged_pages(evaluation_data: Path) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and main text of every page that is there."""
    folder = evaluation_data / "html_pages"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for file in sorted((folder / "html").glob("*.html")):
        yield file.stem, file.read_bytes(), truth[file.stem]["articleBody"]


def word_f1(text: str, main_text: str) -> float:
    r"""F1 of two bags of words: `\w+`, in lower case, each as often as it occurs."""
    ours, theirs = (Counter(re.findall(r"\w+", t.lower())) for t in (text, main_text))
    return 2 * (ours & theirs).total() / ((ours.total() + theirs.total()) or 1)
