"""A file that is one JSON value: an article, a list of them, or an object around a list."""

import io
import json

import pytest

from corpus import read_collection
from corpus.readers import read_json

POND = {"id": "pond", "text": "The pond is full."}
LAKE = {"text": "The lake is not."}


def read(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(read_json(io.BytesIO(data), "news/may", "news/may.json"))


def ids(value):
    return [article.article_id for article in read(value)]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([POND, LAKE], id="a list"),
        pytest.param({"articles": [POND, LAKE], "total": 2}, id="a list under articles"),
        pytest.param({"status": "ok", "tags": ["a"], "results": [POND, LAKE]}, id="under results"),
        pytest.param({"data": [POND, LAKE], "errors": []}, id="beside an empty list"),
    ],
)
def test_the_articles_of_a_list_are_read_in_its_order(value):
    """A record without an id is told by its place."""
    assert ids(value) == ["pond", "news/may#2"]


@pytest.mark.parametrize(("value", "article_id"), [(POND, "pond"), (LAKE, "news/may")])
def test_one_object_with_a_text_is_one_article(value, article_id):
    """It has the name of its file where it has no id."""
    assert ids(value) == [article_id]


def test_an_article_may_hold_a_list_of_objects():
    """Its authors are no articles."""
    (article,) = read(LAKE | {"authors": [{"name": "Nora Quill"}, {"name": "Ivo Marsh"}]})
    assert article.metadata.author == "Nora Quill, Ivo Marsh"


def test_a_bad_record_costs_only_itself():
    """It is named by its place in the list."""
    first, *skips, last = read([POND, {"title": "Mill"}, "mill", {"text": "a\ud83e"}, LAKE])
    assert (first.article_id, last.article_id) == ("pond", "news/may#5")
    assert [str(skip) for skip in skips] == [
        "news/may.json#2 has no text; it was looked for under text, content, body, article, "
        "article_text, full_text",
        "news/may.json#3 is JSON, but not an object with fields",
        "news/may.json#4 holds half of a surrogate pair at character 1, which is not text",
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_json_may_be_in_every_encoding_of_unicode(encoding):
    """With or without a byte-order mark."""
    (article,) = read(json.dumps({"text": "“Café” 🦆"}, ensure_ascii=False).encode(encoding))
    assert article.text == "“Café” 🦆"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b" \n", "is empty", id="white space"),
        pytest.param(b"[]", "is an empty list", id="an empty list"),
        pytest.param(b"{}", "has no text; it was looked for under text, content, body, article, "
                     "article_text, full_text", id="an empty object"),
        pytest.param(b"null", "is JSON, but not an object with fields", id="null"),
        pytest.param(b'[{"text": "The\n', "is not JSON at line 1, column 15; it may be cut off",
                     id="cut off"),
        pytest.param(b'{"text": "caf\xe9"}', "is not UTF-8; JSON must be", id="cp1252"),
        pytest.param(b"[" * 100_000, "is nested too deeply", id="brackets"),
        pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "is nested too deeply",
                     id="braces"),
        pytest.param(b"[" + b"9" * 5000 + b"]", "is JSON with a number that is too long",
                     id="a number"),
        pytest.param(b'{"a": [{}], "b": [{}]}',
                     "holds several lists of records; save the one that is meant", id="two lists"),
        pytest.param(b"\xff\xfe\x00", "is not UTF-8; JSON must be", id="half a character"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_article_is_named_with_the_reason(data, reason):
    """No bytes end in anything but articles and named skips."""
    assert [str(skip) for skip in read(data)] == [f"news/may.json {reason}"]


def test_a_file_that_is_too_large_is_to_be_saved_as_lines(monkeypatch):
    """It would have to be held whole; the message says what has no such limit."""
    monkeypatch.setattr("corpus.readers.json_file.LARGEST_JSON_BYTES", 10)
    (skip,) = read(b"[" + b" " * 20 + b"]")
    assert "save it as JSON Lines (.jsonl), one article a line" in skip.reason


def test_a_file_that_is_made_to_fill_the_memory_is_refused(monkeypatch):
    """A list in a list takes thirty times its two characters."""
    monkeypatch.setattr("corpus.readers.json_file.MOST_VALUES", 100)
    (skip,) = read(b"[" + b"[]," * 100 + b"1]")
    assert skip.reason.startswith("is JSON of more than 100 values; save it as JSON Lines")


def test_json_files_are_part_of_a_collection(write_collection):
    """Beside all others."""
    collection = read_collection(write_collection({"a.json": json.dumps([POND, LAKE])}))
    assert [article.article_id for article in collection.articles] == ["a#2", "pond"]
