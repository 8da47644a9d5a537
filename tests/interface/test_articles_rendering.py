"""The table of articles, its plot, and that of the speakers as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from corpus import Metadata, Person, Speaker
from index import CatalogueEntry
from interface.rendering import articles_html, speakers_html
from interface.rendering.articles.timeline import bars_of, timeline_html
from retrieval import Appearance, ArticleList, ByTime, KnownSpeaker, Speakers
from tests.interface.answers import BRIEF
from tests.interface.test_html import HOSTILE, Page

PIER = Metadata(title="Ban on the pier?", publisher="Skerry Herald", published="2018-04-10")
POSTED = Metadata(title="Dock", published="2019-03-01", published_evidence="posted Fri, 03/01/2019")


def entry_of(
    metadata: Metadata, article_id: str = "news/pier", words: int = 1200, passages: int = 1
) -> CatalogueEntry:
    return CatalogueEntry(
        article_id=article_id,
        sha256="0" * 64,
        fingerprint="",
        file="",
        bytes_sha256="",
        metadata=metadata,
        rows=range(passages),
        words=words,
    )


LISTED = ArticleList(
    words=(),
    order="date",
    descending=True,
    entries=(entry_of(PIER), entry_of(POSTED, "b", 1, 3), entry_of(Metadata(), "c d/é")),
    matching=3,
    total=3,
    page=1,
    pages=1,
    earliest="2018-04-10",
    latest="2019-03-01",
    by_time=ByTime("year", (("2018", 1), ("2019", 1)), undated=1),
    generation="20200101T000000.000000Z",
    built="2020-01-01T00:00:00+00:00",
)


def rows_of(html: str) -> list[list[str]]:
    """The words of each cell of each row, the head first."""
    rows = re.findall(r"<tr.*?</tr>", html)
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row)
        ]
        for row in rows
    ]


def links_of(html: str, kind: str) -> dict[str, str]:
    """Addresses by the words of the links of a class."""
    found = re.findall(rf'<a class="{kind}" href="([^"]*)">(.*?)</a>', html)
    return {re.sub("<[^>]+>", "", words): unescape(address) for address, words in found}


def test_the_table_by_value() -> None:
    """A row for each article, in order, with what is not known said; numbers have their unit for
    where no head of a column stands above them."""
    assert rows_of(articles_html(LISTED)) == [
        ["Title", "Publisher", "Date▼", "Words", "Passages"],
        ["Ban on the pier?", "Skerry Herald", "10 April 2018", "1,200 words", "1 passage"],
        ["Dock", "publisher unknown", "posted 1 March 2019", "1 word", "3 passages"],
        ["Untitled article", "publisher unknown", "no date", "1,200 words", "1 passage"],
    ]


def test_a_title_opens_the_article() -> None:
    """The id is percent-encoded, slashes too."""
    assert links_of(articles_html(LISTED), "cite") == {
        "Ban on the pier?": "#article/news%2Fpier",
        "Dock": "#article/b",
        "Untitled article": "#article/c%20d%2F%C3%A9",
    }


def test_a_brief_is_shown_as_a_brief() -> None:
    """With its original, whose date it is sorted by."""
    brief = replace(BRIEF, published=None)
    assert brief.original is not None
    row = rows_of(articles_html(replace(LISTED, entries=(entry_of(brief),))))[1]
    assert row[0].startswith(f"{brief.title}Brief by this project about: {brief.original.title}")
    assert row[1] == "On the Record (brief)"
    assert row[2].endswith("(original)")


def test_the_head_of_a_column_sorts_by_it() -> None:
    """The one that is sorted by turns round; the others begin with titles from A, the newest, the
    longest. Words and nothing else are kept."""
    listed = replace(LISTED, words=("fish", "&", "chips"), page=2, pages=3)
    html = articles_html(listed)
    assert links_of(html, "sort") == {
        "Title": "#articles?words=fish+%26+chips&by=title&down=0&page=1",
        "Publisher": "#articles?words=fish+%26+chips&by=publisher&down=0&page=1",
        "Date▼": "#articles?words=fish+%26+chips&by=date&down=0&page=1",
        "Words": "#articles?words=fish+%26+chips&by=words&down=1&page=1",
        "Passages": "#articles?words=fish+%26+chips&by=passages&down=1&page=1",
    }
    assert re.findall(r'<th class="(\w+)"[^>]* aria-sort="(\w+)"', html) == [("date", "descending")]
    turned = articles_html(replace(LISTED, order="title", descending=False))
    assert re.findall(r'<th class="(\w+)"[^>]* aria-sort="(\w+)"', turned) == [
        ("title", "ascending")
    ]
    assert links_of(turned, "sort")["Title▲"] == "#articles?by=title&down=1&page=1"


def test_pages_lead_to_each_other() -> None:
    """Back and on, in the same order; not beyond the first and the last."""

    def pages(page: int) -> list[tuple[str, str]]:
        html = articles_html(replace(LISTED, page=page, pages=3, order="words"))
        foot = html.partition('role="navigation"')[2]
        return re.findall(r'page=(\d+)">([^<]*)</a>', foot)

    assert pages(1) == [("2", "Next page")]
    assert pages(2) == [("1", "Previous page"), ("3", "Next page")]
    assert pages(3) == [("2", "Previous page")]
    assert "by=words&amp;down=1&amp;page=2" in articles_html(
        replace(LISTED, pages=2, order="words")
    )
    assert "navigation" not in articles_html(LISTED)


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        (LISTED, "3 articles, 10 April 2018 to 1 March 2019."),
        (
            replace(LISTED, words=("pier",), matching=1, total=30, latest="2018-04-10"),
            "1 of 30 articles, 10 April 2018.",
        ),
        (replace(LISTED, earliest=None, latest=None), "3 articles, none with a date."),
        (
            replace(LISTED, words=("pier", "fog", "<i>"), matching=0, total=30, entries=()),
            "No article has “pier”, “fog” and “<i>” in title, publisher, author or id.",
        ),
        (replace(LISTED, matching=0, total=0, entries=()), "There are no articles in this "),
    ],
    ids=["all", "one", "undated", "nothing", "empty"],
)
def test_what_was_found_is_said_first(listed: ArticleList, told: str) -> None:
    """In a sentence, also that nothing was, and then without table and plot."""
    html = articles_html(listed)
    assert Page(html).text.startswith(told)
    assert ("<table" in html) == ("<svg" in html) == bool(listed.entries)


def test_tables_keep_their_roles() -> None:
    """Rows that become blocks on a phone stay rows of a table for a screen reader."""
    for html in (articles_html(LISTED), speakers_html(SPEAKERS)):
        assert '<caption class="hidden">' in html
        for tag, role in (
            ("table", "table"), ("thead", "rowgroup"), ("tbody", "rowgroup"), ("tr", "row"),
            ("td", "cell"), ("th", "columnheader|rowheader"),
        ):  # fmt: skip
            tags = re.findall(rf"<{tag}[ >][^>]*", html)
            assert tags
            assert [each for each in tags if not re.search(f'role="(?:{role})"', each)] == []


def test_the_plot_has_a_bar_for_each_year_with_articles() -> None:
    """High in proportion, at its place among all years, no wider where years are few."""
    bars = bars_of(ByTime("year", (("1999", 1), ("2008", 4)), 0))
    assert [(bar.when, bar.articles) for bar in bars] == [("1999", 1), ("2008", 4)]
    assert bars[0].height == pytest.approx(bars[1].height / 4)
    assert [bar.middle for bar in bars] == pytest.approx([5, 95])
    alone = bars_of(ByTime("month", (("2018-04", 7),), 0))
    assert alone[0].width < 12.5
    next_month = bars_of(ByTime("month", (("2018-12", 7), ("2019-01", 7)), 0))
    assert next_month[1].start - next_month[0].start == pytest.approx(12.5)


def test_the_figures_of_the_plot_stand_in_words() -> None:
    """In a list below, and in the description of the picture; with what is not drawn."""
    html = timeline_html(ByTime("month", (("2018-04", 1), ("2018-06", 1200)), undated=2))
    assert '<svg role="img" aria-label="Articles by month"' in html
    assert "<desc>April 2018: 1 article; June 2018: 1,200 articles</desc>" in html
    assert "<li>April 2018: 1 article</li><li>June 2018: 1,200 articles</li>" in html
    assert ">Apr 2018</text>" in html
    assert "2 articles without a date are not drawn." in html
    assert timeline_html(ByTime("year", (), undated=2)) == ""


def test_centuries_of_articles_are_drawn_too() -> None:
    """Bars stay visible, and years below them few."""
    counts = tuple((f"{year:04}", 1) for year in range(1, 10000, 500))
    bars = bars_of(ByTime("year", counts, 0))
    assert min(bar.width for bar in bars) >= 0.25
    assert timeline_html(ByTime("year", counts, 0)).count('class="tick"') <= 6


def known_of(
    speaker: Speaker, *, texts: int = 2, last: str | None = "2019", direct: int = 3
) -> KnownSpeaker:
    shown = tuple(Appearance(each, last, speaker, direct, 0, 1) for each in ("a", "b"))
    person = Person(tuple((each.article_id, speaker) for each in shown))
    return KnownSpeaker(person, shown, texts, "2018-04" if last else None, last)


SPEAKERS = Speakers(
    people=(
        known_of(Speaker("Mara Holt", "harbour master", "Skerry")),
        known_of(Speaker(None, "spokesperson", "Port & Pier Board"), texts=1, last=None),
    ),
    total=2,
    named=None,
    unresolved=1,
    generation="20200101T000000.000000Z",
    built="2020-01-01T00:00:00+00:00",
)


def test_the_speakers_by_value() -> None:
    """Who, how often, in how many articles and distinct texts, and when."""
    assert rows_of(speakers_html(SPEAKERS)) == [
        ["Speaker", "Quotations", "Articles", "Dates"],
        [
            "Filter by speaker: Mara Holtharbour master; Skerry", "8 quotations", "2 articles",
            "April 2018 to 2019",
        ],
        [
            "Filter by speaker: spokesperson, Port & Pier Board", "8 quotations",
            "2 articles 1 distinct text", "no date",
        ],
    ]  # fmt: skip
    text = Page(speakers_html(SPEAKERS)).text
    assert text.startswith("2 speakers.")
    assert "1 more quotation has no speaker who is certain and has no place in this list." in text


def test_a_speaker_leads_to_the_filter() -> None:
    """Which is set for the next question; the name is percent-encoded."""
    assert list(links_of(speakers_html(SPEAKERS), "cite").values()) == [
        "#ask?speaker=Mara%20Holt",
        "#ask?speaker=spokesperson%2C%20Port%20%26%20Pier%20Board",
    ]


def test_the_most_quoted_of_many_speakers_are_told_from_all() -> None:
    """So that nobody takes the table for everybody."""
    text = Page(speakers_html(replace(SPEAKERS, total=1234))).text
    assert text.startswith("1,234 speakers.")
    assert "The 2 most quoted are shown. Search by name for the others." in text


def test_nobody_of_a_name_is_told() -> None:
    """In a sentence, without a table."""
    html = speakers_html(replace(SPEAKERS, people=(), total=0, named="<b>Ola"))
    assert Page(html).text.startswith("Nobody named <b>Ola speaks in this collection.")
    assert "<table" not in html


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_whatever_articles_hold_only_our_elements_come_out(hostile: str) -> None:
    """Titles, publishers, ids, names and what is searched for are escaped, once."""
    harmless, listed = (
        replace(
            LISTED,
            words=(words,),
            pages=2,
            entries=(
                entry_of(replace(PIER, title=words, publisher=words), words),
                entry_of(replace(BRIEF, title=words, publisher=words), words),
            ),
        )
        for words in ("words", hostile)
    )
    nobody = replace(SPEAKERS, people=(known_of(Speaker("words", "words", "words")),))
    somebody = replace(SPEAKERS, people=(known_of(Speaker(hostile, hostile, hostile)),))
    for plain, html in (
        (articles_html(harmless), articles_html(listed)),
        (articles_html(replace(harmless, matching=0)), articles_html(replace(listed, matching=0))),
        (speakers_html(nobody), speakers_html(somebody)),
    ):
        made = [(tag, sorted(attributes)) for tag, attributes in Page(plain).elements]
        page = Page(html)
        assert [(tag, sorted(attributes)) for tag, attributes in page.elements] == made
        for _, attributes in page.elements:
            assert (attributes.get("href") or "#").startswith("#")
