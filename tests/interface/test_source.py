"""An article as segments for the source panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Furniture, Metadata, Span, text_sha256
from index import IndexDamaged, SearchIndex, build_index
from interface.rendering import SourceView, date_in_words, view_source
from interface.rendering.source import Segment, segments
from tests.retrieval.invented import SPOTTERS_IN_PELLBROOK, TOWN_TEXTS


@st.composite
def marked_articles(draw: st.DrawFn) -> tuple[Article, Span]:
    """An article with furniture in order, and a span anywhere in it."""
    text = draw(st.text(min_size=1, max_size=80))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    furniture = tuple(
        Furniture(Span(start, end), "caption")
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Article("a", text, furniture=furniture), Span(start, end)


@given(marked_articles())
def test_segments_are_the_text(marked: tuple[Article, Span]) -> None:
    """Put together again, the segments are the text to the last character, and none is empty."""
    article, cited = marked
    cut = segments(article, cited)
    assert "".join(segment.text for segment in cut) == article.text
    assert all(segment.text for segment in cut)


@given(marked_articles())
def test_the_cited_span_is_one_segment(marked: tuple[Article, Span]) -> None:
    """Exactly one segment is cited: the span, at its place, whatever furniture it crosses."""
    article, cited = marked
    cut = segments(article, cited)
    [position] = [at for at, segment in enumerate(cut) if segment.kind == "cited"]
    assert cut[position].text == article.text[cited.start : cited.end]
    assert sum(len(segment.text) for segment in cut[:position]) == cited.start


@given(marked_articles())
def test_furniture_away_from_the_citation_is_muted(marked: tuple[Article, Span]) -> None:
    """Furniture that the citation does not touch stays furniture, everything else is prose."""
    article, cited = marked
    muted, at = set(), 0
    for segment in segments(article, cited):
        if segment.kind == "furniture":
            muted.add(Span(at, at + len(segment.text)))
        at += len(segment.text)
    assert muted == {i.span for i in article.furniture if not i.span.overlaps(cited)}


def test_segments_by_value() -> None:
    """Headline, prose before, the citation, and prose after it."""
    article = Article(
        "a", "Mill opens\n\nRain fell. The mill opened.\n",
        furniture=(Furniture(Span(0, 10), "headline"),),
    )  # fmt: skip
    assert segments(article, Span(23, 39)) == [
        Segment("Mill opens", "furniture"),
        Segment("\n\nRain fell. ", "prose"),
        Segment("The mill opened.", "cited"),
        Segment("\n", "prose"),
    ]


@pytest.fixture
def rebuilt(tmp_path: Path) -> Iterator[SearchIndex]:
    """An index whose collection lost one article and got a new version of another."""
    collection = tmp_path / "collection"
    collection.mkdir()
    mill = collection / "mill.md"
    mill.write_text("---\ntitle: Mill\nurl: https://mill.example/1\n---\nThe mill opens in May.")
    (collection / "ferry.txt").write_text("The ferry sank.")
    (collection / "other.txt").write_text("Rain fell.")
    build_index(collection, tmp_path / "index", None)
    mill.write_text("---\ntitle: New mill\nurl: https://mill.example/2\n---\nThe mill has opened.")
    (collection / "ferry.txt").unlink()
    build_index(collection, tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    yield index
    index.close()


def shown(view: SourceView | None) -> tuple[str, str, str | None]:
    """The whole text, the cited words and the note of a view."""
    assert view is not None
    [cited] = [segment.text for segment in view.segments if segment.kind == "cited"]
    return "".join(segment.text for segment in view.segments), cited, view.note


def test_the_current_version(town_index: SearchIndex) -> None:
    """The article as it is, with its source, the link to it, and no note."""
    text = TOWN_TEXTS["news/library"]
    view = view_source(town_index, "news/library", text_sha256(text), 0, 90)
    assert view == SourceView(
        title="Library to close on Mondays",
        source="Wexcombe Courier, 10 April 2018",
        brief=None,
        about="",
        page=None,
        note=None,
        links=(("Open the original", "https://courier.example/library"),),
        segments=(Segment(text[:90], "cited"), Segment(text[90:], "prose")),
    )


def test_a_brief(town_index: SearchIndex) -> None:
    """A brief says that it is one and links its original by title, without a text fragment."""
    text = TOWN_TEXTS["board"]
    view = view_source(town_index, "board", text_sha256(text), 0, 10)
    assert view is not None
    assert (view.source, view.brief, view.about, view.links) == (
        "On the Record (brief)",
        "Brief by this project about:",
        ", Wardens Board, 2 May 2019",
        (("Our advice to spotters", "https://board.example/advice"),),
    )


def day_of(index: SearchIndex) -> str:
    """The day on which the generation was built, in words."""
    return date_in_words(index.manifest.built[:10])


def test_one_of_two_articles_with_the_same_text(town_index: SearchIndex) -> None:
    """The article is chosen by its id and not only by its text."""
    sha256 = text_sha256(TOWN_TEXTS["ferry"])
    for article_id, title in [
        ("ferry", "Ferry aground"),
        ("ferry-again", "Ferry hits rocks in fog"),
    ]:
        view = view_source(town_index, article_id, sha256, 0, 7)
        assert view is not None
        assert view.title == title


def test_offsets_count_code_points(town_index: SearchIndex) -> None:
    """Characters outside the basic plane count one each."""
    view = view_source(town_index, "barrier", text_sha256(TOWN_TEXTS["barrier"]), 3, 20)
    assert shown(view)[1] == "The flood barrier"


def test_an_earlier_version_has_a_note(rebuilt: SearchIndex) -> None:
    """The text is the one that was cited, and the reader is told that there is a newer one."""
    old = "The mill opens in May."
    view = view_source(rebuilt, "mill", text_sha256(old), 4, 8)
    assert shown(view) == (
        old, "mill",
        f"This is an earlier version, superseded on {day_of(rebuilt)}; "
        "the collection holds a newer one.",
    )  # fmt: skip
    new = "The mill has opened."
    assert shown(view_source(rebuilt, "mill", text_sha256(new), 4, 8)) == (new, "mill", None)


def test_a_removed_article_has_a_note(rebuilt: SearchIndex) -> None:
    """What was taken out can still be read where it was cited, and is told as gone."""
    text = "The ferry sank."
    view = view_source(rebuilt, "ferry", text_sha256(text), 4, 9)
    assert shown(view) == (
        text, "ferry",
        f"This article is no longer in the collection: it was removed on {day_of(rebuilt)}.",
    )  # fmt: skip
    assert view is not None
    assert (view.title, view.source, view.links) == (
        "Untitled article", "publisher unknown, no date", (),
    )  # fmt: skip


LIBRARY = text_sha256(TOWN_TEXTS["news/library"])


@pytest.mark.parametrize(
    ("article_id", "sha256", "start", "end"),
    [
        ("news/library", "0" * 64, 0, 5),
        ("news/library", "", 0, 5),
        ("news/library", text_sha256(TOWN_TEXTS["tram"]), 0, 5),
        ("no/such", LIBRARY, 0, 5),
        ("", LIBRARY, 0, 5),
        ("news/library", LIBRARY, -1, 5),
        ("news/library", LIBRARY, 5, 5),
        ("news/library", LIBRARY, 6, 5),
        ("news/library", LIBRARY, 0, len(TOWN_TEXTS["news/library"]) + 1),
        ("news/library", LIBRARY, 10**9, 10**9 + 5),
    ],
    ids=[
        "unknown version", "no version", "version of another article", "unknown article",
        "no article", "before the text", "empty span", "backwards", "one beyond the text",
        "far beyond the text",
    ],
)  # fmt: skip
def test_a_place_that_does_not_exist_is_not_shown(
    town_index: SearchIndex, article_id: str, sha256: str, start: int, end: int
) -> None:
    """A link that fits no article, version or place gives nothing."""
    assert view_source(town_index, article_id, sha256, start, end) is None


def test_the_whole_text_can_be_cited(town_index: SearchIndex) -> None:
    """A span from the first to the last character is a place like another."""
    text = TOWN_TEXTS["tram"]
    view = view_source(town_index, "tram", text_sha256(text), 0, len(text))
    assert shown(view) == (text, text, None)


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("javascript:alert(1)", ()),
        ("http://[", ()),
        ("//evil.example", ()),
        ("https://mill.example/a", (("Open the original", "https://mill.example/a"),)),
        ("HTTP://mill.example", (("Open the original", "HTTP://mill.example"),)),
    ],
)
def test_only_addresses_on_the_web_are_linked(
    tmp_path: Path, url: str, links: tuple[tuple[str, str], ...]
) -> None:
    """What a file states as its address is a link only where it is one on the web."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mill.md").write_text(f'---\nurl: "{url}"\n---\nThe mill opens.')
    build_index(tmp_path / "c", tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    view = view_source(index, "mill", text_sha256("The mill opens."), 4, 8)
    index.close()
    assert view is not None
    assert view.links == links


def test_the_furniture_of_a_real_page_is_muted(tmp_path: Path) -> None:
    """Headline, stamp, source line and address are shown as furniture, in their places."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "pellbrook.txt").write_text(SPOTTERS_IN_PELLBROOK)
    build_index(tmp_path / "c", tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    start = SPOTTERS_IN_PELLBROOK.index("Quillan called")
    view = view_source(
        index, "pellbrook", text_sha256(SPOTTERS_IN_PELLBROOK), start, start + len("Quillan called")
    )
    index.close()
    assert shown(view)[:2] == (SPOTTERS_IN_PELLBROOK, "Quillan called")
    assert view is not None
    assert [segment.text for segment in view.segments if segment.kind == "furniture"] == [
        "Night ‘litter spotters’ told to sign up with the rangers",
        "Thu, 03/14/2019 - 08:15 -- webdesk",
        "Source: Pellbrook Mercury",
        "https://mercury.example/pellbrook/20417-litter-spotters-rangers/",
    ]


def test_an_altered_text_is_not_shown(rebuilt: SearchIndex) -> None:
    """A stored text that is not the one of its hash is refused."""
    import sqlite3

    connection = sqlite3.connect(rebuilt.index / "articles.db")
    with connection:
        connection.execute("UPDATE text SET content = replace(content, 'mill', 'till')")
    connection.close()
    with pytest.raises(IndexDamaged, match="holds an altered text"):
        view_source(rebuilt, "mill", text_sha256("The mill has opened."), 4, 8)


def test_segments_that_are_not_the_text_are_never_shown() -> None:
    """Furniture that overlaps itself, which no reader makes, fails rather than shows."""
    article = Article(
        "a", "The mill opens.", Metadata(),
        (Furniture(Span(0, 6), "caption"), Furniture(Span(4, 8), "caption")),
    )  # fmt: skip
    with pytest.raises(AssertionError, match="are not its text"):
        segments(article, Span(10, 14))
