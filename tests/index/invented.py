"""Invented articles, and ways to look at the whole of an index at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from corpus import text_sha256
from index import Filter, Generations, SearchIndex, terms, word_spans
from tests.hash_encoder import HashEncoder


def markdown(text: str, **fields: str) -> str:
    """A Markdown file with front matter."""
    stated = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    return f"---\n{stated}---\n{text}"


PARK = markdown(
    "The council of Elmbridge opened its fourth park on Thursday. Children planted forty trees.\n"
    "\n## What it cost\n\n"
    "“It cost us 1,500 pounds and two years,” said Mara Quill, the council’s head of gardens.\n",
    title="Elmbridge opens a fourth park",
    publisher="Elmbridge Post",
    author="Ada Fenn",
    published="2021-03-04",
    url="https://elmbridge-post.example/park",
)
LIBRARY = markdown(
    "Thornby’s library will stay open until nine in the evening. Librarians asked for it.\n\n"
    "Readers in Thornby had collected two thousand signatures for longer evenings.\n",
    title="Thornby library opens longer",
    publisher="Thornby Gazette",
    published="2021-05",
)
BRIDGE = (
    "The old bridge of Wexcombe is closed for repairs. Its stones had moved in the flood.\n\n"
    "Wexcombe’s engineers expect to finish the bridge before winter.\n"
)
BRIEF = """---
title: "In short: the Wexcombe tram"
kind: brief
original:
  title: The tram that never came
  publisher: Wexcombe Herald
  published: 2019
---
The Herald describes how Wexcombe planned a tram and never built it. It says that “the rails \
still lie in a shed”.
"""
TOWN = {
    "park.md": PARK,
    "library.md": LIBRARY,
    "wexcombe/bridge.txt": BRIDGE,
    "wexcombe/tram.md": BRIEF,
}
QUESTION = "Who opened the park and the library, and who closed the bridge?"


def question_vector() -> Any:
    return HashEncoder().encode([QUESTION])[0]


def question_words() -> Any:
    """The vectors of the question's words."""
    (words,) = HashEncoder().encode_words([QUESTION], [word_spans(QUESTION)]).words
    return words


@contextmanager
def opened(index: Path) -> Iterator[SearchIndex]:
    """An open index, closed in the end."""
    reader = SearchIndex(index)
    try:
        yield reader
    finally:
        reader.close()


def seen(index: Path) -> dict[str, Any]:
    """All that a reader of the index can see: sources, exact passages, rankings, filters.

    Every passage is checked to be an exact slice of a text with the hash that names it.
    """
    with opened(index) as reader:
        articles, passages = {}, []
        for entry in reader.catalogue.entries():
            article = reader.article(entry.article_id)
            articles[entry.article_id] = (
                article.text,
                article.metadata,
                article.furniture,
                article.file,
                entry.words,
            )
            for row in entry.rows:
                passage = reader.passage(row)
                assert passage.article.article_id == entry.article_id
                start, end = passage.span.start, passage.span.end
                assert passage.text == article.text[start:end]
                assert passage.passage_id == f"{text_sha256(article.text)}:{start}-{end}"
                passages.append((row, passage.passage_id, passage.text, passage.sentences))
        assert [row for row, *_ in passages] == list(range(len(reader)))
        vector, query = question_vector(), terms(QUESTION)
        words = reader.words
        return {
            "articles": articles,
            "passages": passages,
            "rankings": reader.search(vector, query, 5),
            "in spring": reader.search(vector, query, 5, Filter("2021-03-01", "2021-05-01")),
            "scope": reader.catalogue.scope(),
            "publishers": reader.catalogue.publishers(),
            "words": words and [words.of(row).tolist() for row in range(len(reader))],
        }


def parts(index: Path) -> dict[str, Any]:
    """Every file of the current generation but its manifest, by path inside the generation.

    In place of the files that say where word vectors lie, which depends on the builds before,
    `words` has the basis and the word vectors of each row.
    """
    with opened(index) as reader:
        files: dict[str, Any] = {
            path.relative_to(reader.folder).as_posix(): path.read_bytes()
            for path in sorted(reader.folder.rglob("*"))
            if path.is_file() and path.name != "manifest.json" and path.parent.name != "words"
        }
        if reader.words:
            rows = [reader.words.of(row).tobytes() for row in range(len(reader))]
            files["words"] = (reader.words.basis.tobytes(), rows)
    return files


def stated(index: Path) -> dict[str, Any]:
    """What the current manifest says, without what differs between equal builds."""
    content: dict[str, Any] = json.loads(Generations(index).current().to_json())
    content["parts"] = [part for part in content["parts"] if not part["path"].startswith("words/")]
    return {
        name: value
        for name, value in content.items()
        if name not in ("generation", "built", "changes")
    }


def assert_equal_builds(one: Path, other: Path) -> None:
    """Both indexes were built from the same folder and hold the same, byte for byte, wherever
    their word vectors lie."""
    assert parts(one) == parts(other)
    assert stated(one) == stated(other)


def changes(index: Path) -> list[tuple[str, str]]:
    """(what, article_id) for every change in the history, oldest first."""
    return [(change.what, change.article_id) for _, change in Generations(index).history()]


def kept_keys(index: Path) -> set[bytes]:
    """The hash of every string whose vectors a finished segment holds."""
    return {
        key.tobytes()
        for segment in (index / "vectors").rglob("*.npy")
        for key in np.load(segment, allow_pickle=False)["key"]
    }


def keys(encoder: HashEncoder) -> set[bytes]:
    """The hash of every string that was given to the encoder."""
    return {hashlib.sha256(string.encode()).digest() for string in encoder.encoded}


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
