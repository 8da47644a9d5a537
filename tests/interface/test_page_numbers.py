"""The page of a PDF is named wherever a place in it is."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Article, Span, text_sha256
from index import SearchIndex, build_index
from interface.rendering import (
    answer_html,
    answer_text,
    mentions_csv,
    mentions_html,
    mentions_text,
    view_source,
)
from interface.rendering.wording import pages_in_words, place_line
from tests.interface.answers import ARTICLE, answer_of, citation_of, passage_in
from tests.interface.mentions import mentions_in, mentions_of
from tests.interface.test_html import Page

TEXT = "Minutes.\n\f\nThe ferry \fsank. All were saved.\n\f\n"
PAGED = Article("minutes", TEXT, ARTICLE)
UNPAGED = replace(PAGED, text=TEXT.replace("\f", ""))


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("Minutes.", "p. 1"),
        ("The ferry", "p. 2"),
        ("All were saved.", "p. 3"),
        ("The ferry \fsank.", "pp. 2–3"),
        ("Minutes.\n\f\nThe ferry \fsank.", "pp. 1–3"),
    ],
)
def test_pages_in_words(words: str, pages: str) -> None:
    """One page, or the first and the last of a passage that runs over a page's end."""
    assert pages_in_words(PAGED, span_of(words)) == pages
    assert place_line(PAGED, span_of(words)) == f"Skerry Herald, 10 April 2018, {pages}"


def test_a_text_without_pages_is_cited_without_one() -> None:
    """Nothing stands where a page would."""
    assert pages_in_words(UNPAGED, Span(0, 8)) == ""
    assert place_line(UNPAGED, Span(0, 8)) == "Skerry Herald, 10 April 2018"


def test_an_answer_names_the_page() -> None:
    """On a terminal and on the page, behind the date of the source."""
    answer = answer_of(citation_of(passage_in(PAGED, "The ferry \fsank.", "All were saved.")))
    assert "Skerry Herald, 10 April 2018, pp. 2–3 · likely" in answer_text(answer, styled=False)
    assert "Skerry Herald, 10 April 2018, pp. 2–3" in Page(answer_html(answer)).text


def test_mentions_name_the_page_of_each_sentence() -> None:
    """On a terminal before the characters, on the page in the link, in a table in a column."""
    found = mentions_of(mentions_in(PAGED, ("Minutes.", ()), ("All were saved.", ())))
    text = mentions_text(found, styled=False)
    assert "\n    minutes, p. 1, characters 0 to 8\n" in text
    assert "\n    minutes, p. 3, characters 28 to 43\n" in text
    html = Page(mentions_html(found)).text
    assert "In the article, p. 1 Ferry aground, at this sentence" in html
    lines = csv.DictReader(io.StringIO(mentions_csv(found)))
    assert [line["page"] for line in lines] == ["1", "3"]


def test_the_source_names_the_page_of_its_passage(tmp_path: Path) -> None:
    """Beside the article that is opened at the passage."""
    collection = tmp_path / "collection"
    collection.mkdir()
    (collection / "minutes.txt").write_text(TEXT)
    build_index(collection, tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    cited = span_of("All were saved.")
    view = view_source(index, "minutes", text_sha256(TEXT), cited.start, cited.end)
    index.close()
    assert view is not None
    assert [mark.page for mark in view.marks] == ["p. 3"]
