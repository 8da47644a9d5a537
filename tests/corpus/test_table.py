"""Tables: one article a row, and a bad row costs only itself."""

import codecs
import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, read_collection
from corpus.readers import read_table

POND = "The pond is full."


def read(content, name="news.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return list(read_table(io.BytesIO(data), name.split(".")[0], name))


def read_rows(*rows):
    return read("\n".join(("id,title,text", *rows)))


def found(items):
    return [
        (item.article_id, item.text) if isinstance(item, Article) else str(item) for item in items
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_what_separates_columns_is_what_makes_one_of_them_the_text(delimiter):
    """Commas, semicolons and tabs, whatever the name of the file."""
    rows = [["ID", "Headline", "Text"], ["1", "Pond", f"{POND} Yes; or,\tno."]]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    (article,) = read(written.getvalue())
    assert (article.article_id, article.metadata.title, article.text) == (
        "1", "Pond", f"{POND} Yes; or,\tno.",
    )  # fmt: skip


@pytest.mark.parametrize("header", ["TEXT,Publish Date", "Full Text,DATEPUBLISHED", " body ,date"])
def test_columns_are_named_as_fields_are_elsewhere_in_any_case(header):
    """With spaces for underscores, as people write them."""
    (article,) = read(f'{header}\n{POND},"Tue, 10 Apr 2018 23:30:00 -0500"\n')
    assert (article.text, article.metadata.published) == (POND, "2018-04-10")


def test_a_row_without_an_id_is_told_by_its_line():
    """As an editor counts, so that a text over several lines moves those below it."""
    assert found(read('text\n"One\n\ntwo."\nThree.\n')) == [
        ("news#2", "One\n\ntwo."), ("news#5", "Three."),
    ]  # fmt: skip


def test_empty_cells_are_unknown_and_empty_rows_nothing():
    """Spreadsheets end in rows of commas."""
    (article,) = read("text,author,url\nThe pond.,,\n\n,,\n")
    assert (article.metadata.author, article.metadata.url) == (None, None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("1,Pond", "has 2 fields, where the first row has 3", id="too few"),
        pytest.param("1,Pond,a,b", "has 4 fields, where the first row has 3", id="too many"),
        pytest.param("1,Pond,", "has no text; it was looked for under text, content, body, "
                     "article, article_text, full_text", id="no text"),
        pytest.param("1,Pond,a\0b", "holds a NUL, which is not text", id="a NUL"),
        pytest.param('1,Pond,"a" b', "is no row of a table: a quotation mark stands inside a field "
                     "or is never closed", id="a quotation mark inside"),
        pytest.param('1,Pond,"a b', "is no row of a table: a quotation mark stands inside a field "
                     "or is never closed", id="one that is never closed"),
    ],
)  # fmt: skip
def test_a_bad_row_costs_only_itself(row, reason):
    """It is named with its line, and those around it are read."""
    assert found(read_rows("0,Lake,The lake.", row, "2,Mill,The mill.", "3,Zoo,The zoo.")) == [
        ("0", "The lake."), f"news.csv#3 {reason}", ("2", "The mill."), ("3", "The zoo."),
    ]  # fmt: skip


def test_a_row_above_the_limit_costs_only_itself(monkeypatch):
    """However long it is, on one line or over many."""
    monkeypatch.setattr("corpus.readers.table.LARGEST_TEXT_BYTES", 40)
    items = read_rows("1,a," + "x" * 100, "2,b,B.", '3,c,"' + "y\n" * 30 + '"', "4,d,D.")
    assert [item for item in found(items) if isinstance(item, tuple)] == [("2", "B."), ("4", "D.")]
    assert items[0].where == "news.csv#2"
    assert "a quotation mark may not be closed" in items[0].reason


def test_marks_that_are_never_closed_cost_time_that_follows_the_length_of_the_file():
    """What such a mark has taken is read again, but not for ever."""
    started = time.process_time()
    items = read_rows(*['1,a,"b'] * 30_000)
    assert time.process_time() - started < 10
    assert len(items) == 101


def test_quotation_marks_in_a_table_of_tabs_may_be_only_characters():
    """Tables that no spreadsheet wrote quote nothing."""
    assert found(read('id\ttext\n1\t"We won," he said.\n2\t"We ""won"", he said."\n')) == [
        ("1", '"We won," he said.'), ("2", 'We "won", he said.'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("text\nCafé “shut”\n".encode(), id="UTF-8"),
        pytest.param("text\nCafé “shut”\n".encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param("text\nCafé “shut”\n".encode("utf-16"), id="UTF-16"),
        pytest.param(codecs.BOM_UTF16_BE + "text\nCafé “shut”\n".encode("utf-16-be"), id="BE"),
        pytest.param("text\r\nCafé “shut”\r\n".encode(), id="CRLF"),
    ],
)
def test_a_table_of_unicode_is_read_without_its_byte_order_mark(data):
    """The encoding is certain, and there is nothing to tell."""
    (article,) = read(data)
    assert (article.article_id, article.text) == ("news#2", "Café “shut”")
    assert article.metadata.evidence == ()


def test_a_row_in_another_encoding_is_read_and_tells_so():
    """Tables are put together from several sources; the evidence says what was guessed."""
    data = "text\nCafé “shut”, he’d said.\n".encode("cp1252") + "Café “open”\n".encode()
    first, second = read(data.replace(b", he", b" he"))
    assert (first.text, second.text) == ("Café “shut” he’d said.", "Café “open”")
    assert first.metadata.evidence == (("text", "read as cp1252, not being UTF-8"),)
    assert second.metadata.evidence == ()


def test_a_row_that_is_damaged_is_named():
    """It is not read as something else from end to end."""
    damaged = "“Café” – “shut”".encode() + b"\xe2\x80"
    assert found(read(b"text\n" + damaged + b"\nThe pond.\n")) == [
        "news.csv#2 is not UTF-8", ("news#3", "The pond."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"a,b\n1,2\n", b"\0" * 100, b'"', b"text|id\nThe pond.|1\n", b"\x89PNG\r\n\x1a\n"],
)
def test_a_table_without_a_column_of_texts_is_named(data):
    """The message says how the first row must be."""
    (skip,) = read(data)
    assert str(skip).startswith("news.csv has no column for the text; the first row of a table")


@given(st.binary(max_size=300))
def test_any_bytes_below_a_header_give_articles_and_named_skips(data):
    """Nothing else comes out, and the stream is left open for its owner."""
    stream = io.BytesIO(b"id,text\n" + data)
    for item in read_table(stream, "news", "news.csv"):
        assert isinstance(item, Article) or item.where.startswith("news.csv")
    assert not stream.closed


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1)
        .filter(str.strip)
        .filter(lambda text: not text.startswith("\ufeff")),
        max_size=5,
    ),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_text_comes_back_from_a_table(texts, delimiter):
    """Quotation marks, line ends and delimiters inside it are the table's business."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["title", "text"], *(["Pond", text] for text in texts)])
    assert [article.text for article in read(written.getvalue())] == texts


def test_tables_are_part_of_a_collection(write_collection):
    """Beside all others."""
    folder = write_collection({"a.csv": "text\nThe pond.\n", "b.TSV": "id\ttext\nb\tThe lake.\n"})
    assert [a.article_id for a in read_collection(folder).articles] == ["a#2", "b"]
