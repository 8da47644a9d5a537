"""The catalogue: articles, furniture and passages come back by value; filters are exact."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Furniture, Metadata, Original, Passage, Span, passages_of, quotations_of
from index import Catalogue, Filter, IndexDamaged
from index.store import CatalogueWriter, pack

Build = Callable[..., Catalogue]

PARK = Article(
    "park",
    "A fourth park\n\nThe council opened it on Thursday. Children planted trees.",
    Metadata(
        title="A fourth park",
        publisher="Elmbridge Post",
        author="Ada Fenn",
        published="2021-03-04",
        published_evidence="dateline: 4 March 2021",
        url="https://elmbridge-post.example/park",
    ),
    (Furniture(Span(0, 13), "headline"),),
    "park.txt",
)
TRAM = Article(
    "wexcombe/tram",
    "Wexcombe planned a tram. It was never built.",
    Metadata(
        title="In short: the “tram”",
        publisher="On the Record (brief)",
        kind="brief",
        original=Original(
            title="The tram that never came",
            publisher="WEXCOMBE Herald",
            author="Odo Pym",
            published="2019",
            url="https://herald.example/tram",
        ),
    ),
    (),
    "wexcombe/tram.md",
)
BARE = Article("zebra", "Nothing is known about this page.", Metadata(), (), "zebra.txt")
EMPTY = Article("only-a-caption", "A caption", Metadata(), (Furniture(Span(0, 9), "caption"),))


def dated(published: str | None, article_id: str | None = None) -> Article:
    name = article_id or published or "undated"
    return Article(name, f"Something happened in {name}.", Metadata(published=published))


def cut(articles: list[Article]) -> list[Passage]:
    return [
        passage
        for article in articles
        for passage in sorted(passages_of(article, words=6), key=lambda p: p.passage_id)
    ]


def write(path: Path, *articles: Article) -> Path:
    ordered = sorted(articles, key=lambda article: article.article_id)
    with CatalogueWriter(path) as catalogue:
        for article in ordered:
            catalogue.add(article, cut([article]), pack(quotations_of(article)))
    return path


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Build]:
    """Gives the opened catalogue of some articles."""
    opened = []

    def of(*articles: Article) -> Catalogue:
        opened.append(Catalogue(write(tmp_path / "catalogue.db", *articles)))
        return opened[-1]

    yield of
    for each in opened:
        each.close()


def found(opened: Catalogue, chosen: Filter) -> list[str]:
    """The articles whose rows pass the filter."""
    return list(dict.fromkeys(opened.passage(int(row))[0] for row in opened.matching(chosen)))


def test_articles_come_back_as_they_were(catalogue: Build) -> None:
    """Id, hash, fingerprint, file and every field of the metadata survive, in order of ids."""
    opened = catalogue(TRAM, BARE, PARK)

    entries = opened.entries()

    assert [entry.article_id for entry in entries] == ["park", "wexcombe/tram", "zebra"]
    for entry, article in zip(entries, [PARK, TRAM, BARE], strict=True):
        assert entry.metadata == article.metadata
        assert entry.sha256 == article.sha256
        assert entry.fingerprint == article.fingerprint
        assert entry.file == article.file
        assert opened.entry(article.article_id) == entry
    assert opened.entry("tram") is None


def test_words_count_what_can_be_quoted(catalogue: Build) -> None:
    """An article's words are those of its passages, furniture left out."""
    opened = catalogue(PARK, EMPTY)

    assert {entry.article_id: entry.words for entry in opened.entries()} == {
        "only-a-caption": 0,
        "park": 9,
    }


def test_furniture_comes_back_in_the_order_of_the_text(catalogue: Build) -> None:
    """Each article has its own furniture with span and kind."""
    marked = replace(
        PARK, furniture=(Furniture(Span(0, 13), "headline"), Furniture(Span(50, 58), "caption"))
    )
    opened = catalogue(marked, EMPTY, BARE)

    assert opened.furniture("park") == marked.furniture
    assert opened.furniture("only-a-caption") == EMPTY.furniture
    assert opened.furniture("zebra") == ()


def test_passages_come_back_by_row(catalogue: Build) -> None:
    """A row gives article, passage id and the exact sentences; an article's rows lie together."""
    ordered = [EMPTY, PARK, TRAM, BARE]
    opened = catalogue(*ordered)
    passages = cut(ordered)

    assert opened.passage_count() == len(passages) == 5
    for row, passage in enumerate(passages):
        assert opened.passage(row) == (
            passage.article.article_id,
            passage.passage_id,
            passage.sentences,
        )
    rows = {entry.article_id: entry.rows for entry in opened.entries()}
    assert rows == {
        "only-a-caption": range(0),
        "park": range(2),
        "wexcombe/tram": range(2, 4),
        "zebra": range(4, 5),
    }


def test_a_row_that_is_not_there_is_damage(catalogue: Build) -> None:
    """Asking for a row beyond the last names the catalogue and the row."""
    opened = catalogue(BARE)

    with pytest.raises(IndexDamaged, match=r"catalogue\.db has no passage 1"):
        opened.passage(1)


def test_articles_that_share_a_text_are_found_by_it(catalogue: Build) -> None:
    """All articles with one text come in order of their ids, others do not."""
    copies = [replace(PARK, article_id=name) for name in ("b", "a")]
    opened = catalogue(TRAM, *copies)

    assert [entry.article_id for entry in opened.sharing(PARK.sha256)] == ["a", "b"]
    assert opened.sharing("0" * 64) == []


def test_the_article_of_a_file_is_found_by_its_bytes(catalogue: Build) -> None:
    """Both the name and the hash count, and the file of many articles is none of them."""
    read = replace(PARK, bytes_sha256="1" * 64)
    opened = catalogue(read, BARE)

    assert opened.read_from("park.txt", "1" * 64) == opened.entry("park")
    assert opened.read_from("tram.txt", "1" * 64) is None
    assert opened.read_from("park.txt", "2" * 64) is None


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    """Two catalogues of the same articles are the same file."""
    one, two = (write(tmp_path / name, PARK, TRAM, BARE) for name in ("one", "two"))

    assert one.read_bytes() == two.read_bytes()


def test_terms_that_cannot_be_quoted_are_known(tmp_path: Path) -> None:
    """Terms given as unquotable are found, exactly as written; others are not."""
    path = tmp_path / "catalogue.db"
    with CatalogueWriter(path) as writer:
        writer.add(BARE, cut([BARE]), "")
        writer.add_unquotable(["gate", "tram", "gate"])

    with closing(Catalogue(path)) as opened:
        known = {term: opened.has_unquotable(term) for term in ("gate", "tram", "Gate", "page", "")}

    assert known == {"gate": True, "tram": True, "Gate": False, "page": False, "": False}


OPTIONAL = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(title=OPTIONAL, publisher=OPTIONAL, author=OPTIONAL, url=OPTIONAL, of=OPTIONAL)
def test_any_metadata_survives(
    new_folder: Callable[[], Path],
    title: str | None,
    publisher: str | None,
    author: str | None,
    url: str | None,
    of: str | None,
) -> None:
    """Metadata in any script and with any quotation marks comes back as it was."""
    original = Original(title=of, publisher=publisher) if of else None
    metadata = Metadata(
        title=title, publisher=publisher, author=author, url=url, kind="brief", original=original
    )
    path = new_folder() / "catalogue.db"
    opened = Catalogue(write(path, replace(BARE, metadata=metadata)))

    entry = opened.entry("zebra")

    assert entry is not None
    assert entry.metadata == metadata
    opened.close()


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param(Filter("2018-04-10"), ["2018", "2018-04", "2018-04-10", "2019"], id="from"),
        pytest.param(
            Filter("2018-04-11"), ["2018", "2018-04", "2019"], id="from the day after a day"
        ),
        pytest.param(Filter("2018-04-30"), ["2018", "2018-04", "2019"], id="from a month's last"),
        pytest.param(Filter("2018-05-01"), ["2018", "2019"], id="from the day after a month"),
        pytest.param(Filter("2018-12-31"), ["2018", "2019"], id="from a year's last"),
        pytest.param(Filter("2019-01-01"), ["2019"], id="from the day after a year"),
        pytest.param(Filter(last_day="2018-01-01"), ["2018"], id="until a year's first"),
        pytest.param(Filter(last_day="2017-12-31"), [], id="until the day before a year"),
        pytest.param(Filter(last_day="2018-04-01"), ["2018", "2018-04"], id="until a month's 1st"),
        pytest.param(Filter(last_day="2018-03-31"), ["2018"], id="until the day before a month"),
        pytest.param(
            Filter(last_day="2018-04-10"), ["2018", "2018-04", "2018-04-10"], id="until a day"
        ),
        pytest.param(
            Filter("2018-04-09", "2018-04-11"), ["2018", "2018-04", "2018-04-10"], id="around a day"
        ),
        pytest.param(Filter("2018-02-01", "2018-02-28"), ["2018"], id="another month"),
        pytest.param(Filter("2020-01-01", "2020-12-31"), [], id="another year"),
        pytest.param(Filter(), ["2018", "2018-04", "2018-04-10", "2019", "undated"], id="no day"),
    ],
)
def test_dates_pass_by_overlap_of_intervals(
    catalogue: Build, chosen: Filter, expected: list[str]
) -> None:
    """A date passes where one of the days that it can mean is asked for; no date never does."""
    opened = catalogue(*map(dated, ["2018", "2018-04", "2018-04-10", "2019", None]))

    assert found(opened, chosen) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param(Filter(publisher="Elmbridge Post"), ["park"], id="as written"),
        pytest.param(Filter(publisher="eLMBRIDGE pOST"), ["park"], id="in another case"),
        pytest.param(Filter(publisher="wexcombe herald"), ["wexcombe/tram"], id="brief's original"),
        pytest.param(Filter(publisher="On the Record (Brief)"), ["wexcombe/tram"], id="a brief's"),
        pytest.param(Filter(publisher="Elmbridge"), [], id="half of a name"),
        pytest.param(Filter(publisher="%"), [], id="no pattern"),
        pytest.param(
            Filter("2021-03-01", publisher="Elmbridge Post"), ["park"], id="publisher and day"
        ),
        pytest.param(Filter("2021-03-05", publisher="Elmbridge Post"), [], id="publisher, no day"),
        pytest.param(
            Filter("2019-06-01", "2019-06-01", "Wexcombe Herald"),
            ["wexcombe/tram"],
            id="brief by its original's publisher and year",
        ),
    ],
)
def test_publishers_pass_in_any_case(catalogue: Build, chosen: Filter, expected: list[str]) -> None:
    """Publishers are compared whole and in any case; a brief has its original's publisher and
    date too; everything that is given must hold."""
    assert found(catalogue(PARK, TRAM, BARE), chosen) == expected


def test_a_publisher_is_matched_in_any_case_beyond_ascii(catalogue: Build) -> None:
    """Case folding knows letters such as ß and Ö."""
    article = replace(BARE, metadata=Metadata(publisher="Größe Österby"))

    assert found(catalogue(article), Filter(publisher="GRÖSSE ÖSTERBY")) == ["zebra"]


def test_all_rows_of_an_article_pass_together_in_order(catalogue: Build) -> None:
    """Matching rows are every row of the articles that pass, ascending."""
    opened = catalogue(EMPTY, PARK, TRAM, BARE)

    assert opened.matching(Filter()).tolist() == [0, 1, 2, 3, 4]
    assert opened.matching(Filter(publisher="Wexcombe Herald")).tolist() == [2, 3]
    assert opened.matching(Filter(publisher="nobody")).tolist() == []


@pytest.mark.parametrize(
    ("dates", "chosen", "expected"),
    [
        pytest.param(
            ["2018", "2018-04", "2018-04-10", None], None, (4, 4, "2018", "2018"), id="year widest"
        ),
        pytest.param(["2018-04", "2018-05-02"], None, (2, 2, "2018-04", "2018-05-02"), id="month"),
        pytest.param(["2018-05", "2018-05-02"], None, (2, 2, "2018-05", "2018-05"), id="in month"),
        pytest.param([None], None, (1, 1, None, None), id="undated"),
        pytest.param(
            ["2017-01-01", "2018-04", "2019"],
            Filter("2018-01-01", "2018-12-31"),
            (1, 1, "2018-04", "2018-04"),
            id="filtered",
        ),
        pytest.param(["2018"], Filter("2020-01-01"), (0, 0, None, None), id="nothing left"),
    ],
)
def test_scope_names_the_earliest_and_latest_date_as_known(
    catalogue: Build,
    dates: list[str | None],
    chosen: Filter | None,
    expected: tuple[int, int, str | None, str | None],
) -> None:
    """Articles, passages, and the first and last date at the precision that is known."""
    assert catalogue(*map(dated, dates)).scope(chosen) == expected


def test_scope_dates_a_brief_by_its_original(catalogue: Build) -> None:
    """A brief without a date of its own counts as of the day of what it is about."""
    assert catalogue(PARK, TRAM).scope() == (2, 4, "2019", "2021-03-04")


def test_publishers_are_listed_as_written(catalogue: Build) -> None:
    """Each publisher once, in order, a brief's original included."""
    opened = catalogue(PARK, replace(PARK, article_id="park-2"), TRAM, BARE)

    assert opened.publishers() == ["Elmbridge Post", "On the Record (brief)", "WEXCOMBE Herald"]


def test_a_filter_without_conditions_is_false() -> None:
    """An empty filter can be told from one that asks for something."""
    assert not Filter()
    assert Filter(first_day="2018-01-01")
    assert Filter(publisher="Elmbridge Post")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"This is a letter and no database. " * 200),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
    ],
    ids=["missing", "empty", "another file", "cut"],
)
def test_a_catalogue_that_cannot_be_read_is_damage(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """Whatever is wrong with the file, reading raises IndexDamaged with its name."""
    path = write(tmp_path / "catalogue.db", PARK)
    spoil(path)

    with pytest.raises(IndexDamaged, match=r"catalogue\.db"):
        Catalogue(path).entries()


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("UPDATE article SET metadata = '{\"title\": 1'", Catalogue.entries),
        ("UPDATE article SET metadata = '{\"colour\": 1}'", Catalogue.entries),
        ("UPDATE article SET metadata = CAST(x'ff' AS TEXT)", Catalogue.entries),
        ("UPDATE passage SET sentences = '[[5,2]]'", lambda opened: opened.passage(0)),
        ("UPDATE passage SET sentences = '[[1]]'", lambda opened: opened.passage(0)),
        ("DROP TABLE passage", Catalogue.passage_count),
    ],
    ids=["cut metadata", "foreign metadata", "no UTF-8", "empty span", "half span", "no table"],
)
def test_content_that_was_never_written_is_damage(
    tmp_path: Path, statement: str, read: Callable[[Catalogue], object]
) -> None:
    """A readable database with content that cannot be is refused when it is read."""
    path = write(tmp_path / "catalogue.db", PARK)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()

    with closing(Catalogue(path)) as opened, pytest.raises(IndexDamaged, match="catalogue"):
        read(opened)
