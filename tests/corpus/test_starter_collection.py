"""The starter collection: thirty briefs of our own, each about a named original."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

import corpus
from corpus import Collection, interval, passages_of, read_collection

FOLDER = Path(corpus.__file__).parent / "articles"
BRIEFS = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.*"))


@pytest.fixture(scope="module")
def collection() -> Collection:
    return read_collection(FOLDER)


@pytest.fixture(params=BRIEFS)
def brief(request, collection):
    return {article.article_id: article for article in collection.articles}[request.param]


def test_the_starter_collection_is_read_without_a_skip_or_a_note(collection):
    """Thirty articles, one for each file."""
    assert (collection.skips, collection.notes) == ((), ())
    assert [article.article_id for article in collection.articles] == BRIEFS
    assert len(BRIEFS) == 30


def test_a_brief_says_that_it_is_one(brief):
    """Its publisher is this project, and it has a title and no date of its own."""
    assert brief.metadata.kind == "brief"
    assert brief.metadata.publisher == "On the Record (brief)"
    assert brief.metadata.title
    assert brief.metadata.published is None


def test_a_brief_names_its_original(brief):
    """Title, publisher and a date that is one; the address is a web address where it is known."""
    original = brief.metadata.original
    assert original is not None
    assert original.title
    assert original.publisher
    assert interval(original.published)[0] >= "2014-01-01"
    assert original.url is None or re.fullmatch(r"https?://\S+", original.url)


def test_no_two_briefs_have_a_title_or_a_text_in_common(collection):
    """Each is about another publication."""
    titles = sorted(article.metadata.title for article in collection.articles)
    hashes = sorted(article.sha256 for article in collection.articles)
    assert [pair for pair in pairwise(titles) if pair[0] == pair[1]] == []
    assert [pair for pair in pairwise(hashes) if pair[0] == pair[1]] == []


def test_a_brief_is_short(brief):
    """Between 90 and 400 words."""
    assert 90 <= len(brief.text.split()) <= 400


def test_quotations_in_a_brief_stand_in_curly_marks_that_pair(brief):
    """Only what stands between them counts as somebody's words, so each paragraph closes what
    it opens, and straight marks are not used."""
    assert '"' not in brief.text
    for paragraph in brief.text.split("\n"):
        marks = "".join(re.findall("[“”]", paragraph))
        assert marks == "“”" * (len(marks) // 2)


def test_a_brief_is_prose_that_can_be_quoted(brief):
    """Nothing in it is furniture, and its passages hold every paragraph."""
    assert brief.furniture == ()
    passages = list(passages_of(brief))
    quoted = " ".join(" ".join(passage.text for passage in passages).split())
    assert quoted == " ".join(brief.text.split())
    assert quoted.endswith((".", ".”"))
