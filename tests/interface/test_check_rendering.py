"""How a check looks on the page: escaped once, with links to the words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from index import SearchIndex, build_index
from interface.rendering import check_html, check_text_lines, permalink
from retrieval import Check, check_text

BOATS = "“We counted <b>46</b> boats & no gulls,” Ann Lee said. The tide was out by 9.\n"
KEEPER = "The keeper said he “would miss the gulls” of Skerry.\n"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    folder = tmp_path / "collection"
    folder.mkdir()
    (folder / "boats.md").write_text(f'---\ntitle: "A <i>title</i>"\n---\n{BOATS}')
    (folder / "keeper.md").write_text(
        "---\nkind: brief\ntitle: Keeper\npublisher: On the Record (brief)\noriginal:\n"
        f"  title: Keeper leaves\n  publisher: Gazette\n  url: https://g.example/k\n---\n{KEEPER}"
    )
    build_index(folder, tmp_path / "index", None)
    opened = SearchIndex(tmp_path / "index")
    yield opened
    opened.close()


def checked(text: str, index: SearchIndex) -> Check:
    return check_text(text, index, None)


def test_words_are_escaped_and_marked_and_linked(index: SearchIndex) -> None:
    """The context with the words marked, and a link that opens them in the article."""
    check = checked("“counted <b>46</b> boats”", index)
    page = check_html(check)
    (place,) = check.quotations[0].places
    assert "<mark>counted &lt;b&gt;46&lt;/b&gt; boats</mark>" in page
    assert '<p class="checked">Exact: “counted &lt;b&gt;46&lt;/b&gt; boats”</p>' in page
    assert f'<a class="cite" href="{escape(permalink(place.article, place.span))}">' in page
    assert "A &lt;i&gt;title&lt;/i&gt;" in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_differences_are_listed(index: SearchIndex) -> None:
    """A line for each, escaped."""
    page = check_html(checked("“counted <b>47</b> boats & gulls,” Tom Reed said.", index))
    assert "<li>“47” for “46” (number)</li>" in page
    assert "<li>Left out: “no” (negation)</li>" in page
    assert "<li>The draft names Tom Reed; the article does not</li>" in page


def test_a_brief_is_named_as_one(index: SearchIndex) -> None:
    """Everywhere, with the link to what it is about."""
    check = checked("“would miss the gulls”", index)
    page = check_html(check)
    assert "In our brief of Keeper leaves, Gazette" in page
    assert 'href="https://g.example/k"' in page
    assert "In our brief of Keeper leaves, Gazette\n" in check_text_lines(check, styled=False)
    lines = check_text_lines(checked("“The keeper said he would miss”", index), styled=False)
    assert "The words of our own brief, in nobody's quotation marks: “The keeper" in lines
    assert "Our brief's own words, in no quotation marks" in lines


def test_what_is_not_found(index: SearchIndex) -> None:
    """The nearest comes unmarked, or nothing does."""
    page = check_html(checked("“the gulls of the northern zebra were painted by nobody”", index))
    assert "<li>The nearest words in the collection:</li>" in page
    assert "<mark>" not in page.split("plain words")[0]
    page = check_html(checked("“zeppelin”", index))
    assert "<li>Nothing in the collection is near.</li>" in page


def test_the_terminal_shows_the_words_in_bold_and_no_control_character(
    index: SearchIndex,
) -> None:
    """A draft may hold anything."""
    lines = check_text_lines(checked("“no gulls”\x1b[2J", index), styled=True)
    assert "\x1b[1mno gulls\x1b[0m" in lines
    assert "\x1b[2J" not in lines
