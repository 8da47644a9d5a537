"""The articles as a table: what is found, in which order, on which page, counted over time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import SearchIndex, build_index
from retrieval import ArticleOrder, ByTime, NoSuchPage, list_articles
from tests.retrieval.conftest import Indexed

FILES = {
    "a-pier.md": (
        '---\ntitle: "‘Zeal’ for the pier"\npublisher: "Skerry Herald"\nauthor: "Zoé Quill"\n'
        "published: 2018-04-10\n---\nThe pier is old. The pier is long.\n"
    ),
    "b-bridge.md": (
        '---\ntitle: "apples by the bridge"\npublisher: "wexcombe post"\npublished: 2019\n---\n'
        "The bridge is shut.\n"
    ),
    "c-brief.md": (
        '---\nkind: brief\ntitle: "Bridge brief"\noriginal:\n  title: "Let us fish"\n'
        '  publisher: "Pier Gazette"\n  published: 2018-04\n---\nFishing goes on, it says.\n'
    ),
    "d-plain.txt": "Nobody signed this.\n\nIt has two lines of prose, and no date at all.\n",
    "e-dock.md": '---\ntitle: "Dock"\npublisher: "Skerry Herald"\n---\nThe dock is shut.\n',
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("shelf")
    for name, content in FILES.items():
        (folder / name).write_text(content)
    build_index(folder, folder / ".onrecord", None)
    index = SearchIndex(folder / ".onrecord")
    yield index
    index.close()


def ids(index: SearchIndex, words: str = "") -> list[str]:
    return sorted(entry.article_id for entry in list_articles(index, words=words).entries)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["a-pier", "b-bridge", "c-brief", "d-plain", "e-dock"]),
        ("PIER", ["a-pier", "c-brief"]),
        ("skerry zoé", ["a-pier"]),
        ("zoe", []),
        ("'zeal' pier", ["a-pier"]),
        ("“fish”", ["c-brief"]),
        ("On the Record (brief)", ["c-brief"]),
        ("d-pl", ["d-plain"]),
        ("skerry bridge", []),
        ("shut", []),
        ("  \u00a0 ’ ", ["a-pier", "b-bridge", "c-brief", "d-plain", "e-dock"]),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else "",
)
def test_every_word_must_stand_in_what_is_known_of_an_article(
    shelf: SearchIndex, words: str, found: list[str]
) -> None:
    """Title, publisher, author, id, and a brief's original; capitals and the shape of quotation
    marks do not count, accents do, and the text is not searched."""
    assert ids(shelf, words) == found


@pytest.mark.parametrize(
    ("order", "rising", "falling"),
    [
        ("date", "cabde", "bacde"),
        ("title", "bcead", "aecbd"),
        ("publisher", "caebd", "baecd"),
    ],
)
def test_articles_are_sorted_both_ways(
    shelf: SearchIndex, order: ArticleOrder, rising: str, falling: str
) -> None:
    """Titles without capitals and leading quotation marks; equal ones by id, and what is not known
    last, both ways. A brief counts as of its original's day."""
    for descending, expected in ((False, rising), (True, falling)):
        listed = list_articles(shelf, order=order, descending=descending).entries
        assert "".join(entry.article_id[0] for entry in listed) == expected


def test_articles_are_sorted_by_length(shelf: SearchIndex) -> None:
    """Words and passages are known of each; the longest stands first or last."""
    falling = [entry.words for entry in list_articles(shelf, order="words").entries]
    assert falling == sorted(falling, reverse=True)
    assert list_articles(shelf, order="words", descending=False).entries[-1].words == falling[0]
    passages = list_articles(shelf, order="passages").entries
    assert [len(entry.rows) for entry in passages] == sorted(
        (len(entry.rows) for entry in passages), reverse=True
    )


def test_a_page_tells_of_all_pages(shelf: SearchIndex) -> None:
    """Counts, dates and the plot are of everything that matches, the entries of one page."""
    listed = list_articles(shelf, order="date", descending=True, page=2, on_a_page=2)
    assert [entry.article_id for entry in listed.entries] == ["c-brief", "d-plain"]
    assert (listed.matching, listed.total, listed.page, listed.pages) == (5, 5, 2, 3)
    assert (listed.earliest, listed.latest) == ("2018-04", "2019")
    assert listed.by_time == ByTime("year", (("2018", 2), ("2019", 1)), undated=2)
    assert listed.generation == shelf.manifest.generation
    assert listed.built == shelf.manifest.built


def test_a_page_that_there_is_not_is_refused(shelf: SearchIndex) -> None:
    """With how many there are; what nothing matches has one page, an empty one."""
    with pytest.raises(NoSuchPage) as refused:
        list_articles(shelf, page=4, on_a_page=2)
    assert str(refused.value) == "There are 3 pages of these articles, so none with the number 4."
    with pytest.raises(NoSuchPage, match="There is one page"):
        list_articles(shelf, words="zebra", page=2)
    nothing = list_articles(shelf, words="zebra")
    assert (nothing.entries, nothing.pages, nothing.total) == ((), 1, 5)
    assert (nothing.earliest, nothing.by_time) == (None, ByTime("year", (), 0))


def test_dates_near_each_other_are_counted_by_month(shelf: SearchIndex) -> None:
    """Where all are known to the month; one that is known to the year alone has only a year."""
    assert list_articles(shelf, words="pier").by_time == ByTime("month", (("2018-04", 2),), 0)
    assert list_articles(shelf, words="bridge").by_time == ByTime(
        "year", (("2018", 1), ("2019", 1)), 0
    )


def test_months_far_apart_are_counted_by_year(indexed: Indexed) -> None:
    """Two years of months are drawn, one month more is not."""
    index = indexed(
        {
            f"{when}.md": f"---\ntitle: {name}\npublished: {when}\n---\nA pier.\n"
            for when, name in (("2018-05", "Near"), ("2020-04", "Near far"), ("2020-05", "Far"))
        }
    )
    assert list_articles(index, words="near").by_time.unit == "month"
    assert list_articles(index).by_time == ByTime("year", (("2018", 1), ("2020", 2)), 0)


def test_a_new_generation_is_listed_anew(indexed: Indexed) -> None:
    """What an open index keeps at hand is its own."""
    first = indexed({"a.txt": "The pier is old."})
    assert ids(first) == ["a"]
    second = indexed({"b.txt": "The dock is old."})
    assert ids(second) == ["a", "b"]
    assert ids(first) == ["a"]
