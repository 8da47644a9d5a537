"""Whatever bytes a file holds, it becomes sound articles or named skips."""

from __future__ import annotations

import html
import itertools
import json
import random
import re
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, Skip, interval, nothing_known, passages_of, read_collection
from corpus.collection.files import read_file
from tests.corpus.samples import PARAGRAPHS, SAMPLES, TEXT, Direct, page, rss

ENDS = sorted(SAMPLES)
# What makes a difference to one parser or another.
TOKENS = [
    b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\r",
    b"\n", b'"', b"'", b"<", b">", b"&", b"&#0;", b"&#xD800;", b"&#55357;", b"<!--", b"<![CDATA[",
    b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<?xml version='1.0' encoding='utf-7'?>",
    b"\\ud800", b"\\u0000", b"{", b"}", b"[", b"]", b",", b"\t", b"---\n", b"*", b"&a",
    b"!!python/object:x", b"null", b"NaN", b"1e999", b"9" * 50, b"2018-02-30", b"9999-12-31",
    b"0000", b"%PDF-", b"%%EOF", b"endobj", b"stream", b"(", b")", b"BT", b"Tj", b"/Length -1",
    b"0 0 R", b"PK\3\4", b"\x1f\x8b", b"http://[", b"https://\xe9", "\u202e".encode(),
    "\u0301".encode(), "\u200b".encode(), "\ufdd0".encode(), "\u2028".encode(),
]  # fmt: skip


@st.composite
def damaged(draw, sample):
    """A sound file with bytes changed, put in, taken out, said twice or cut off."""
    data = bytearray(sample)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 40)))
        match draw(st.integers(0, 6)):
            case 0:
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                data[at:at] = draw(st.sampled_from(TOKENS))
            case 2:
                del data[at:end]
            case 3:
                data[at:at] = data[at:end] * draw(st.integers(1, 30))
            case 4:
                del data[at:]
            case 5:
                other = SAMPLES[draw(st.sampled_from(ENDS))]
                start = draw(st.integers(0, len(other)))
                data[at:end] = other[start : start + draw(st.integers(0, 200))]
            case _:
                data[at:end] = draw(st.binary(max_size=40))
    return bytes(data)


def contents(end, quick=False):
    sample = SAMPLES[end]
    return damaged(sample) if quick else damaged(sample) | st.binary(max_size=300)


def read(end, data, extractor):
    """The items and notes of one file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{end}")
        path.write_bytes(data)
        notes = []
        passed = []
        items = list(read_file(path, f"a{end}", notes, nothing_known, extractor, passed.append))
    assert all(number >= 0 for number in passed)
    return items, notes


def require_sound(items, notes, end):
    assert items or end in {".jsonl", ".jsonl.gz", ".csv", ".tsv"}
    for item in [*items, *notes]:
        if isinstance(item, Skip):
            assert item.where.startswith("a")
            assert item.reason
            str(item).encode()
        else:
            require_sound_article(item, end)


def require_sound_article(article, end):
    article.text.encode()
    assert article.text.strip()
    assert "\r" not in article.text
    if end in {".html", ".pdf", ".docx", ".rss", ".atom", ".csv", ".tsv"}:
        assert "\0" not in article.text
    assert article.article_id
    for value in strings(asdict(article.metadata)):
        value.encode()
    for detail in (article.metadata.title, article.metadata.publisher, article.metadata.author):
        assert detail is None or (detail.strip() == detail != "" and "\n" not in detail)
    original = article.metadata.original
    for day in (article.metadata.published, original and original.published):
        assert day is None or len(interval(day)) == 2
    assert len(article.fingerprint) == 64
    for item, following in itertools.pairwise([*article.furniture, None]):
        assert item.span.of(article.text)
        assert following is None or item.span.end <= following.span.start
    require_exact_passages(article)


def require_exact_passages(article):
    ends = [0]
    outside = list(article.text)
    for item in article.furniture:
        outside[item.span.start : item.span.end] = " " * (item.span.end - item.span.start)
    for passage in passages_of(article):
        assert passage.text == article.text[passage.span.start : passage.span.end]
        assert passage.passage_id == (f"{article.sha256}:{passage.span.start}-{passage.span.end}")
        assert passage.span.start >= ends[-1]
        ends.append(passage.span.end)
        outside[passage.span.start : passage.span.end] = " " * len(passage.text)
    assert not "".join(outside).strip()


def strings(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)
    else:
        assert value is None or isinstance(value, str)
        yield from filter(None, [value])


@pytest.mark.parametrize("end", ENDS)
def test_the_sound_files_are_read(end):
    """Otherwise damaging them would show little."""
    items, notes = read(end, SAMPLES[end], Direct())
    assert all(isinstance(item, Article) for item in items)
    assert re.sub(r"\s+", " ", TEXT)[:60] in re.sub(r"\s+", " ", items[0].text)
    assert not notes
    require_sound(items, notes, end)


def require_named(end, data, extractor):
    items, notes = read(end, data, extractor)
    require_sound(items, notes, end)
    assert (items, notes) == read(end, data, extractor)


FIELDS = [
    "id", "text", "content", "title", "headline", "author", "publisher", "name", "date",
    "datePublished", "published_evidence", "url", "kind", "original", "metadata", "evidence",
    "imported", "articleBody", "mainEntityOfPage", "@type", "@graph", "@id",
]  # fmt: skip
# Any words, halves of surrogate pairs among them, and what dates, addresses and names look like.
WORDS = st.text(st.characters(exclude_categories=[]), max_size=30) | st.sampled_from(
    [TEXT, "brief", "article", "NewsArticle", "10/04/2018", "2018-04-10", "9999-99-99",
     "By Ada Penn", "https://osmer.example/2018/04/10/ferry", "http://[", "\ud83d", "\0",
     "\u2028", "\u202eyrref"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS) | WORDS, inner)
    ),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8)


def written(end, record):
    match end:
        case ".json":
            return json.dumps([record]).encode()
        case ".jsonl":
            return json.dumps(record).encode()
        case ".md":  # JSON is YAML, nearly
            return f"---\n{json.dumps(record)}\n---\n{TEXT}".encode()
        case ".csv":
            cells = [str(record[name]).replace('"', '""') for name in record]
            rows = ",".join(record), ",".join(f'"{cell}"' for cell in cells)
            return "\n".join(rows).encode("utf-8", "surrogatepass")
        case ".html":
            stated = json.dumps(record).replace("<", "\\u003c")
            script = f'<script type="application/ld+json">{stated}</script>'
            metas = (
                f'<meta property="{html.escape(name)}" content="{html.escape(str(value))}">'
                for name, value in record.items()
            )
            return page(
                f"<article>{PARAGRAPHS}</article>", script + "".join(metas), "surrogatepass"
            )
        case _:
            fields = (
                f"<{n}>{html.escape(str(v))}</{n}>" for n, v in record.items() if "@" not in n
            )
            item = f"<item>{''.join(fields)}<description>{TEXT}</description></item>"
            return rss(item, "surrogatepass")


@pytest.mark.parametrize("end", [".json", ".jsonl", ".md", ".csv", ".html", ".rss"])
@given(record=RECORDS)
@settings(deadline=None, max_examples=40)
def test_any_details_give_sound_articles_or_named_skips(end, record):
    """Of every shape, where others are expected."""
    require_named(end, written(end, record), Direct())


@pytest.mark.long
@pytest.mark.parametrize("end", [".json", ".jsonl", ".md", ".csv", ".html", ".rss"])
@given(record=RECORDS)
@settings(deadline=None, max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
def test_very_many_details_give_sound_articles_or_named_skips(end, record):
    """The same, for longer."""
    require_named(end, written(end, record), Direct())


@pytest.mark.parametrize("end", ENDS)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_any_bytes_give_sound_articles_or_named_skips(end, data):
    """The same each time they are read."""
    require_named(end, data.draw(contents(end)), Direct())


@pytest.mark.long
@pytest.mark.parametrize("end", ENDS)
@given(data=st.data())
@settings(deadline=None, max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
def test_very_many_bytes_give_sound_articles_or_named_skips(end, data):
    """The same, for longer."""
    require_named(end, data.draw(contents(end)), Direct())


def test_the_extracting_process_reads_a_folder_of_damaged_files(write_collection):
    """As the functions alone do: each is an article or a named skip, and none costs another."""
    chance = random.Random(0)
    files = {
        f"{number:03}{end}": _changed(SAMPLES[end], chance) for number, end in enumerate(ENDS * 12)
    }
    folder = write_collection({**files, "good.html": SAMPLES[".html"]})
    collection = read_collection(folder)
    direct = [
        item
        for name in sorted(files)
        for item in read_file(folder / name, name, [], nothing_known, Direct(), lambda done: None)
    ]
    assert "good" in {article.article_id for article in collection.articles}
    read_by = {article.file: article.text for article in collection.articles}
    named = {skip.where.partition(" ")[0].partition("#")[0] for skip in collection.skips}
    assert set(files) <= set(read_by) | named
    texts = {item.text for item in direct if isinstance(item, Article)}
    assert set(read_by.values()) <= texts | {read_by["good.html"]}


def _changed(sample, chance):
    data = bytearray(sample)
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.choice([None, None, chance.randrange(len(data))])])
