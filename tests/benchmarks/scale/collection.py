"""Articles recombined from the sentences of the news sample, as many as are asked for.

Runs of consecutive sentences keep the lengths and the words of news. In every sentence one word is
replaced by one of another sentence, so that hardly two are equal: in real collections few are.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import passages_of, read_collection
from tests.benchmarks.shared import news_collection

# Articles to a file.
_OF_A_FILE = 1000
_LONG_WORD = re.compile(r"\b[a-z]{4,}\b")
# Sentences that stay together.
_RUN = 3
_OF_A_PASSAGE = 4


@dataclass(frozen=True, slots=True)
class Sample:
    """texts: the sentences of each article of the news sample, in order.
    described: title, publisher, date and so on of each.
    """

    texts: tuple[tuple[str, ...], ...]
    described: tuple[dict[str, Any], ...]


def read_sample() -> Sample:
    """The news sample, cut into sentences."""
    with tempfile.TemporaryDirectory() as folder:
        collection = read_collection(news_collection(Path(folder)))
    texts, described = [], []
    for article in collection.articles:
        spans = {span for passage in passages_of(article) for span in passage.sentences}
        texts.append(tuple(span.of(article.text) for span in sorted(spans)))
        described.append(
            {
                "title": article.metadata.title,
                "publisher": article.metadata.publisher,
                "published": article.metadata.published,
                "author": article.metadata.author,
            }
        )
    return Sample(tuple(texts), tuple(described))


def write_collection(folder: Path, sample: Sample, articles: int) -> None:
    """So many invented articles in packed JSON Lines; the same ones at every call."""
    folder.mkdir(parents=True, exist_ok=True)
    made = _articles(sample, random.Random(7), articles)
    for start in range(0, articles, _OF_A_FILE):
        lines = [json.dumps(next(made)) for _ in range(min(_OF_A_FILE, articles - start))]
        content = "\n".join(lines).encode()
        (folder / f"{start:07}.jsonl.gz").write_bytes(gzip.compress(content, compresslevel=1))


def _articles(sample: Sample, chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    usable = [texts for texts in sample.texts if len(texts) > _RUN]
    words = [word for texts in usable for text in texts[:4] for word in _LONG_WORD.findall(text)]
    for number in range(count):
        wanted = len(chance.choice(usable))
        paragraphs: list[str] = []
        while wanted > 0:
            texts = chance.choice(usable)
            start = chance.randrange(len(texts) - _RUN)
            run = [_altered(text, words, chance) for text in texts[start : start + _RUN]]
            paragraphs.append(" ".join(run))
            wanted -= _RUN
        described = dict(chance.choice(sample.described))
        described["title"] = _altered(described["title"] or "", words, chance)
        described["published"] = chance.choice(sample.described)["published"]
        yield {"id": f"a{number:07}", "text": "\n\n".join(paragraphs), **described}


def _altered(text: str, words: list[str], chance: random.Random) -> str:
    found = list(_LONG_WORD.finditer(text))
    if not found:
        return text
    place = chance.choice(found)
    return text[: place.start()] + chance.choice(words) + text[place.end() :]


def real_strings(sample: Sample, count: int) -> list[str]:
    """About `count` runs of sentences of the news, as long as passages."""
    chance = random.Random(3)
    long = [texts for texts in sample.texts if len(texts) > _OF_A_PASSAGE]
    made = []
    for _ in range(count):
        texts = chance.choice(long)
        start = chance.randrange(len(texts) - _OF_A_PASSAGE)
        made.append(" ".join(texts[start : start + _OF_A_PASSAGE]))
    return made
