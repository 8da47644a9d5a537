"""Addresses that land on quoted words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Metadata, Span
from interface.rendering import text_fragment
from interface.rendering.fragments import landing
from interface.rendering.html import original_html
from tests.interface.answers import ARTICLE, BRIEF, article_of, citation_of, passage_in

URL = "https://herald.example/ferry"


@pytest.mark.parametrize(
    ("words", "anchors"),
    [
        ("The ferry sank.", ["The ferry sank"]),
        ("one two three four five six seven eight nine ten eleven twelve",
         ["one two three four five six seven eight nine ten eleven twelve"]),
        ("one two three four five six seven eight nine ten eleven twelve thirteen",
         ["one two three four five six", "eight nine ten eleven twelve thirteen"]),
        ("“Close it,” she said.\n\n“We cannot keep lorries.”",
         ["Close it,” she said", "We cannot keep lorries"]),
        ("£40,000 a year (or 4.5%)", ["40,000 a year (or 4.5"]),
        ("on\u00a0Monday  it was\u00a0cold", ["on Monday it was cold"]),
        ("for the best\u00a0\u00a0of all reasons", ["for the best", "of all reasons"]),
        ("the\u00a0 spotter groups that film", ["spotter groups that film"]),
        ("“No.”\nThe ferry sank.\nOh.", ["The ferry sank"]),
        ("No.\nYes.", ["No", "Yes"]),
        ("the well-known Marks & Spencer, no", ["the well-known Marks & Spencer, no"]),
        ("café 🛶 𝔑obody", ["café 🛶 𝔑obody"]),
        ("🛶 🛶", ["🛶 🛶"]),
        ("__init__ runs", ["__init__ runs"]),
        ("a:~:text=b,c", ["a:~:text=b,c"]),
    ],
)  # fmt: skip
def test_what_is_looked_for(words: str, anchors: list[str]) -> None:
    """Few words whole, of many the first and the last six; never over the end of a line or several
    spaces with a no-break space among them; without punctuation at the ends."""
    found = text_fragment(URL, words)
    address, _, directive = found.partition("#:~:text=")
    assert address == URL
    assert [unquote(anchor) for anchor in directive.split(",")] == anchors


@pytest.mark.parametrize(
    ("url", "lands_on"),
    [
        ("https://e.example/", "https://e.example/#:~:text=a%20b"),
        ("https://e.example/?q=1", "https://e.example/?q=1#:~:text=a%20b"),
        ("https://e.example/#top", "https://e.example/#top:~:text=a%20b"),
        ("https://e.example/#top:~:text=old", "https://e.example/#top:~:text=a%20b"),
        ("https://e.example/#:~:text=old", "https://e.example/#:~:text=a%20b"),
        ("javascript:alert(1)", ""),
        ("mailto:a@e.example", ""),
        ("", ""),
    ],
)
def test_addresses(url: str, lands_on: str) -> None:
    """A fragment that names a place of the page is kept, an older directive is replaced, and what
    is not on the web gets none."""
    assert text_fragment(url, "a b") == lands_on


@pytest.mark.parametrize("words", ["", " \n ", "x" * 301])
def test_nothing_to_look_for_leaves_the_address(words: str) -> None:
    """No words, or more than an address should hold."""
    assert text_fragment(URL, words) == URL


def test_what_separates_is_encoded() -> None:
    """Dash, comma and ampersand would be read as syntax."""
    assert text_fragment(URL, "a-b, c & d") == f"{URL}#:~:text=a%2Db%2C%20c%20%26%20d"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_make_an_address(words: str) -> None:
    """ASCII without separators but our own, and what is looked for stands in the words."""
    directive = text_fragment(URL, words).removeprefix(URL).removeprefix("#:~:text=")
    assert directive.isascii()
    assert not set(directive) & set(" -&#\"'<>")
    anchors = [unquote(anchor) for anchor in directive.split(",")]
    assert len(anchors) <= 2
    assert all(anchor in " ".join(words.split()) for anchor in anchors)


def test_a_citation_lands_on_its_best_sentence() -> None:
    """The first highlight is the best; without one it is the passage."""
    article = article_of("Rain fell. The ferry sank.", ARTICLE)
    passage = passage_in(article, "Rain fell.", "The ferry sank.")
    rain, sank = passage.sentences
    assert landing(citation_of(passage, highlights=(sank, rain))) == sank
    assert landing(citation_of(passage, highlights=())) == passage.span


def test_the_link_to_an_original_lands_on_the_words() -> None:
    """Of an article; a brief's words do not stand in its original."""
    article = article_of("The ferry sank.", ARTICLE)
    assert original_html(article, Span(12, 27)) == (
        '<a class="original" href="https://herald.example/ferry#:~:text=The%20ferry%20sank" '
        'target="_blank" rel="noopener noreferrer">Original</a>'
    )
    assert 'href="https://herald.example/ferry"' in original_html(article)
    brief = original_html(article_of("The ferry sank.", BRIEF), Span(12, 27))
    assert 'href="https://board.example/advice"' in brief
    assert original_html(article_of("The ferry sank.", Metadata(url="ftp://a")), Span(0, 8)) == ""
