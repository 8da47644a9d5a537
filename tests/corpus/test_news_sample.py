"""3,000 real articles come in with none lost. No word of them stands here."""

import gzip
import json
import re
import shutil

import pytest

from corpus import read_collection


@pytest.fixture(scope="module")
def packed(evaluation_data):
    return evaluation_data / "news_sample" / "articles.jsonl.gz"


@pytest.fixture(scope="module")
def records(packed):
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        return {record["_id"]: record for record in map(json.loads, lines)}


@pytest.fixture(scope="module")
def collection(packed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("news")
    shutil.copy(packed, folder)
    return read_collection(folder)


def test_no_article_is_lost(collection, records):
    """Each record is an article with its own text, or a named skip."""
    assert len(collection.articles) + len(collection.skips) == len(records) == 3000
    assert collection.skips == ()
    for article in collection.articles:
        assert article.text == re.sub("\r\n?", "\n", records[article.article_id]["text"])


def test_every_article_has_a_title_a_publisher_and_an_address(collection):
    """As the records state them."""
    for article in collection.articles:
        metadata = article.metadata
        assert None not in {metadata.title, metadata.publisher, metadata.url}


def test_dates_are_those_that_were_stated_or_filed(collection, records):
    """Whatever else was stated is told beside the article."""
    undated = {}
    for article in collection.articles:
        stated = records[article.article_id]["metadata"]["date"]
        if article.metadata.published_evidence == "metadata":
            assert article.metadata.published == stated
        elif stated:
            undated[stated] = dict(article.metadata.evidence)["published"]
    assert sum(article.metadata.published is not None for article in collection.articles) == 2692
    assert len(undated) == 6
    assert all(stated in told for stated, told in undated.items())


def test_authors_lose_what_is_no_name_and_nothing_else(collection, records):
    """What was written is kept where it was cleaned."""
    changed = 0
    for article in collection.articles:
        written = records[article.article_id]["metadata"]["authors"] or None
        author, basis = article.metadata.author, dict(article.metadata.evidence).get("author")
        if written != author:
            changed += 1
            assert basis in {f'cleaned from "{written}"', "byline"}
        assert not re.search(r"\bby\b|@|\.com\b|staff\b|_|\"", author or "", re.IGNORECASE)
    assert 200 < changed < 260
