"""The collection that is served, and its edits."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from corpus import Article, read_collection
from interface.workspace import STARTER_COLLECTION
from tests.benchmarks.shared import evaluation_data

# A first build of these and the starter collection takes about a minute on two cores.
_NEWS = 300


def write_articles(collection: Path) -> None:
    """The starter collection and the first 300 articles of the news sample, a file each."""
    shutil.copytree(STARTER_COLLECTION, collection / "starter", dirs_exist_ok=True)
    news = collection / "news"
    news.mkdir(exist_ok=True)
    packed = evaluation_data() / "news_sample" / "articles.jsonl.gz"
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        for number, line in zip(range(_NEWS), lines, strict=False):
            article = json.loads(line)
            record = {"id": f"news/{number:03}", "title": article["title"], "text": article["text"]}
            record["publisher"] = article["metadata"].get("source")
            (news / f"{number:03}.json").write_text(json.dumps(record), encoding="utf-8")


def articles_of(collection: Path) -> dict[str, Article]:
    """As they are in the folder now, by id."""
    return {article.article_id: article for article in read_collection(collection).articles}


def edit(collection: Path, articles: Sequence[Article], number: int) -> None:
    """Put a paragraph before each text, so that every offset in it moves, each time by another
    length."""
    for article in articles:
        path = collection / article.file
        record = json.loads(path.read_text(encoding="utf-8"))
        added = "Corrected" + " once more" * number + "."
        record["text"] = f"{added}\n\n{record['text']}"
        path.write_text(json.dumps(record), encoding="utf-8")
