"""A packed file is unfolded while it is read, never further than is sensible."""

import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Skip, UnreadableFile, read_collection
from corpus.readers import read_json_lines, unpacked

LINES = "".join(json.dumps({"text": f"Duck {number}."}) + "\n" for number in range(3)).encode()


def read(data):
    return list(read_json_lines(unpacked(io.BytesIO(data)), "ducks", "ducks.jsonl.gz"))


@given(st.lists(st.binary(max_size=500), min_size=1, max_size=4), st.integers(0, 3))
def test_what_was_packed_comes_back(parts, padding):
    """From one member or several, and with zeros behind them as some programs write."""
    packed = b"".join(map(gzip.compress, parts)) + b"\0" * padding
    assert unpacked(io.BytesIO(packed)).read() == b"".join(parts)


@pytest.mark.parametrize("name", ["d.jsonl.gz", "d.ndjson.gz", "d.jl.gz", "d.JSONL.GZ"])
def test_packed_lines_are_articles_of_the_collection(write_collection, name):
    """The id of a record has neither suffix."""
    collection = read_collection(write_collection({name: gzip.compress(LINES)}))
    assert [article.article_id for article in collection.articles] == ["d#1", "d#2", "d#3"]
    assert collection.skips == ()


def test_packed_tables_and_json_are_articles_too(write_collection):
    """Whatever a reader takes may be packed."""
    files = {
        "a.csv.gz": b"id,text\na,The pond.\n",
        "b.tsv.gz": b"id\ttext\nb\tThe lake.\n",
        "c.json.gz": b'[{"id": "c", "text": "The mill."}]',
    }
    packed = {name: gzip.compress(data) for name, data in files.items()}
    collection = read_collection(write_collection(packed))
    assert [(a.article_id, a.text) for a in collection.articles] == [
        ("a", "The pond."), ("b", "The lake."), ("c", "The mill."),
    ]  # fmt: skip


def test_a_file_that_is_cut_off_keeps_the_articles_before_the_end():
    """What is missing is named."""
    lines = b"".join(b'{"text": "%064x"}\n' % (7**number) for number in range(2000))
    packed = gzip.compress(lines)
    *articles, skip = read(packed[: len(packed) // 2])
    assert 500 < len(articles) < 1500
    assert [article.text for article in articles] == [
        json.loads(line)["text"] for line in lines.splitlines()[: len(articles)]
    ]
    assert str(skip).startswith("ducks.jsonl.gz is a gzip file that is cut off after ")


@pytest.mark.parametrize(
    ("data", "kept", "how"),
    [
        pytest.param(b"", 0, "is cut off after 0 bytes", id="nothing"),
        pytest.param(b"no gzip", 0, "is damaged after 0 bytes", id="no gzip"),
        pytest.param(gzip.compress(LINES) + b"tail", 3, f"is damaged after {len(LINES)} bytes",
                     id="something behind it"),
        pytest.param(gzip.compress(LINES)[:-8] + b"\1" * 8, 3, "is damaged after",
                     id="a wrong checksum"),
    ],
)  # fmt: skip
def test_a_damaged_file_keeps_what_stands_before_the_damage(data, kept, how):
    """And is named with the place."""
    *articles, skip = read(data)
    assert len(articles) == kept
    assert str(skip).startswith(f"ducks.jsonl.gz is a gzip file that {how}")


def test_a_bomb_is_unfolded_to_the_bound_and_no_further(monkeypatch):
    """A small file that unfolds to gigabytes costs neither memory nor time."""
    monkeypatch.setattr("corpus.readers.packed.RATIO_COUNTS_FROM", 1_000_000)
    bomb = unpacked(io.BytesIO(gzip.compress(b"\n" * 20_000_000)))
    with pytest.raises(UnreadableFile, match=r"^unfolds to more than 100 times its size"):
        bomb.read()
    assert bomb.read(1) == b""


def test_nothing_is_unfolded_beyond_what_fits_a_collection(monkeypatch):
    """However little it was packed."""
    monkeypatch.setattr("corpus.readers.packed.LARGEST_UNPACKED", 100)
    with pytest.raises(UnreadableFile, match="and no more of it is read; split it"):
        unpacked(io.BytesIO(gzip.compress(b"a" * 101))).read()


def test_of_many_bad_records_the_first_hundred_are_named(write_collection):
    """The rest is counted, so that ten million bad lines stay a message."""
    lines = b"x\n" * 250 + b'{"text": "The pond."}\n'
    collection = read_collection(write_collection({"d.jsonl": lines}))
    assert [article.article_id for article in collection.articles] == ["d#251"]
    assert len(collection.skips) == 101
    assert collection.skips[0] == Skip(
        "d.jsonl", "holds 150 more records that did not become articles; "
        "only the first 100 are named",
    )  # fmt: skip


def test_of_many_duplicates_the_first_hundred_are_named(write_collection):
    """Clashes are counted by the file that they are in."""
    lines = b'{"text": "The pond."}\n' * 202
    collection = read_collection(write_collection({"d.jsonl": lines, "e.jsonl": lines[:22]}))
    assert [article.article_id for article in collection.articles] == ["d#1"]
    counted = [skip for skip in collection.skips if "more record" in skip.reason]
    assert [skip.reason[:20] for skip in counted] == ["holds 101 more recor"]
    assert len(collection.skips) == 102
