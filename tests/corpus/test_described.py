"""What is inferred about an article, from what, and how it is kept."""

import json

import pytest

from corpus import Imported, Metadata
from corpus.details.addresses import date_in, host_of
from corpus.readers import read_jsonl, read_markdown

STORY = "The pond in Quarry Park is full."
SHA256 = "0123456789abcdef" * 4


def read(text=STORY, **fields):
    return read_jsonl(json.dumps({"text": text} | fields), "pond#1", "pond.jsonl").metadata


# -- publisher --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fields", "publisher", "basis"),
    [
        pytest.param(f"{STORY}\n\nSource: Herald", {"source": "Courier"}, "Courier", None,
                     id="stated"),
        pytest.param(f"{STORY}\n\nSource: Herald", {}, "Herald", "source line", id="a line"),
        pytest.param(STORY, {}, "post.example", "host name: www.post.example", id="the host"),
    ],
)  # fmt: skip
def test_the_publisher_is_the_best_that_is_known(text, fields, publisher, basis):
    """A field that says so, then a line that does, then the host of the address."""
    found = read(text, url="https://www.post.example/pond", **fields)
    assert (found.publisher, dict(found.evidence).get("publisher")) == (publisher, basis)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.courier.example/pond", "www.courier.example"),
        ("http://news.courier.example:8080/pond?a=b#c", "news.courier.example"),
        ("https://COURIER.example", "courier.example"),
        ("https://user:word@courier.example/", "courier.example"),
        ("https://bücher.example/", "bücher.example"),
        ("https://web.archive.org/web/2018/https://courier.example/", None),
        ("https://www.facebook.com/courier", None),
        ("https://192.0.2.1/pond", None),
        ("https://[::1]/pond", None),
        ("https://[broken", None),
        ("https://localhost/pond", None),
        ("ftp://courier.example/pond", None),
        ("courier.example/pond", None),
        ("pond", None),
    ],
)
def test_a_host_is_a_publisher_where_it_publishes(url, host):
    """Not where it only passes on what others published, and not without a name."""
    assert host_of(url) == host


# -- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("/2018/04/10/pond", "2018-04-10"),
        ("/parks/2018/4/1/pond", "2018-04-01"),
        ("/parks/2018/apr/10/pond", "2018-04-10"),
        ("/2018-04-10/pond", "2018-04-10"),
        ("/2018-04-10-pond", "2018-04-10"),
        ("/2018/04/pond", "2018-04"),
        ("/2018/04", "2018-04"),
        ("/2018/13/pond", None),
        ("/2018/02/30/pond", None),
        ("/2018-19/pond", None),
        ("/2018/pond", None),
        ("/48213/04/10", None),
        ("/pond?from=/2018/04/10/", None),
        ("/pond-will-last-until-2050-09-30", None),
    ],
)
def test_an_address_may_be_filed_under_a_day(path, iso):
    """Only a part of the path that is a date; a year alone is a number."""
    assert date_in(f"https://courier.example{path}") == iso


@pytest.mark.parametrize(
    ("text", "date", "published", "evidence"),
    [
        pytest.param(STORY, "9 April 2018", "2018-04-09", "metadata", id="a field"),
        pytest.param(f"Pond\n\n9 April 2018\n\n{STORY}", None, "2018-04-09",
                     "dateline: 9 April 2018", id="a line of the text"),
        pytest.param(f"Pond\n\n9 April 2018 - 08:15 -- siteadmin\n\n{STORY}", None, "2018-04-10",
                     "address: https://c.example/2018/04/10/pond", id="better than a stamp"),
        pytest.param(STORY, None, "2018-04-10", "address: https://c.example/2018/04/10/pond",
                     id="nothing else"),
    ],
)  # fmt: skip
def test_the_date_is_the_best_that_there_is_evidence_for(text, date, published, evidence):
    """A field that says so, a line, the address, and at last a system's stamp."""
    found = read(text, date=date, url="https://c.example/2018/04/10/pond")
    assert (found.published, found.published_evidence) == (published, evidence)


def test_a_stated_date_that_can_be_read_two_ways_is_decided_by_the_address():
    """What was stated is still told."""
    found = read(date="12/1/16", url="https://c.example/2016/12/01/pond")
    assert found.published == "2016-12-01"
    assert dict(found.evidence)["published"] == 'stated as "12/1/16", which tells no one date'


def test_a_date_that_is_still_to_come_is_none():
    """A program took a number for a date; nothing was published then."""
    found = read(date="2098-09-30")
    assert (found.published, found.published_evidence) == (None, None)
    assert dict(found.evidence) == {"published": 'stated as "2098-09-30", which is still to come'}


@pytest.mark.parametrize("stamp", [1523318400, "1523318400", 1523318400000, 1523318400.5])
def test_a_number_of_seconds_is_no_date(stamp):
    """Nothing says what it counts, or from when."""
    assert read(date=stamp).published is None


# -- people -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stated", "author", "basis"),
    [
        pytest.param(STORY, "Nora Quill", "Nora Quill", None, id="as stated"),
        pytest.param(STORY, "By By Nora Quill", "Nora Quill", 'cleaned from "By By Nora Quill"',
                     id="cleaned"),
        pytest.param(STORY, "siteadmin", None, 'cleaned from "siteadmin"', id="nobody"),
        pytest.param(f"By Ivo Marsh\n\n{STORY}", "siteadmin", "Ivo Marsh", "byline",
                     id="a byline instead"),
        pytest.param(f"By Ivo Marsh\n\n{STORY}", "Nora Quill", "Nora Quill", None,
                     id="stated wins"),
        pytest.param(STORY, "Courier", None, 'cleaned from "Courier"', id="the publisher"),
    ],
)  # fmt: skip
def test_an_author_is_cleaned_and_what_was_written_is_kept(text, stated, author, basis):
    """In every format, since all end in one place."""
    found = read(text, author=stated, publisher="Courier")
    assert (found.author, dict(found.evidence).get("author")) == (author, basis)


# -- what an import leaves behind -------------------------------------------------------------

SAVED = Metadata(
    title="Pond",
    publisher="post.example",
    author="Nora Quill",
    published="2018-04-10",
    published_evidence="dateline: 10 April 2018",
    url="https://post.example/pond",
    evidence=(
        ("author", 'cleaned from "By By Nora Quill"'),
        ("publisher", "host name: www.post.example"),
    ),
    imported=Imported("pond (1).html", SHA256),
)
FIELDS = {
    "title": "Pond",
    "publisher": "post.example",
    "author": "Nora Quill",
    "published": "2018-04-10",
    "published_evidence": "dateline: 10 April 2018",
    "url": "https://post.example/pond",
    "evidence": dict(SAVED.evidence),
    "imported": {"file": "pond (1).html", "sha256": SHA256},
}


def test_what_an_import_inferred_comes_back_from_front_matter_and_json_lines():
    """Evidence and the file that was imported are kept; JSON is YAML too."""
    front_matter = f"---\n{json.dumps(FIELDS)}\n---\n{STORY}"
    assert read_markdown(front_matter, "pond", "pond.md").metadata == SAVED
    assert read(**FIELDS) == SAVED


@pytest.mark.parametrize(
    "fields",
    [
        {"evidence": "host name"}, {"evidence": ["host name"]}, {"evidence": {"publisher": {}}},
        {"imported": "pond.html"}, {"imported": {"file": "pond.html"}},
        {"imported": {"file": "pond.html", "sha256": "12"}}, {"published_evidence": "metadata"},
    ],
    ids=str,
)  # fmt: skip
def test_evidence_of_an_unexpected_shape_is_unknown(fields):
    """Like every other detail, and evidence for no date is none."""
    assert read(**fields) == Metadata()


def test_what_exports_write_for_nothing_is_unknown():
    """Not a publisher of that name, and not the first day of the computers' calendar."""
    record = {"publisher": "n/a", "author": "None", "date": "1/1/1970", "text": "The mill is open."}
    found = read_jsonl(json.dumps(record), "a", "a.jsonl").metadata
    assert (found.publisher, found.author, found.published) == (None, None, None)
    assert ("published", 'stated as "1970-01-01", which tells no one date') in found.evidence
