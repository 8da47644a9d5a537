"""The program's own words."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, Original, Span
from interface.rendering import date_in_words, permalink, source_line
from interface.rendering.wording import (
    about_line,
    absent,
    also_in,
    brief_line,
    counted,
    left_out,
    original_title,
    scores_line,
    searched,
    searched_for,
    summary,
    taken_over,
    title_of,
    vectors_line,
    web_address,
)
from retrieval import Cluster, IndexState, Scope, Scores
from tests.interface.answers import ARTICLE, BRIEF, answer_of, article_of, citation_of, passage_in


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        (None, "no date"),
        ("2018", "2018"),
        ("2018-04", "April 2018"),
        ("2018-04-10", "10 April 2018"),
        ("2019-12-01", "1 December 2019"),
        ("1788-01", "January 1788"),
        ("0987-05-03", "3 May 0987"),
    ],
)
def test_a_date_is_shown_at_its_precision(iso: str | None, words: str) -> None:
    """A year stays a year and a month a month; what is unknown is said to be."""
    assert date_in_words(iso) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 passages"), (1, "1 passage"), (2, "2 passages"), (1200, "1,200 passages")],
)
def test_numbers_agree_with_their_noun(number: int, words: str) -> None:
    """One is singular, everything else plural, thousands have a comma."""
    assert counted(number, "passage") == words


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], ""),
        (["tram"], "The word “tram” occurs nowhere in the collection"),
        (["tram", "1,500"], "The words “tram” and “1,500” occur nowhere in the collection"),
        (
            ["tram", "ferry", "mill"],
            "The words “tram”, “ferry” and “mill” occur nowhere in the collection",
        ),
        (["“night tram”"], "No passage holds exactly “night tram”"),
        (
            ["tram", "“night tram”", "“red mill”"],
            "The word “tram” occurs nowhere in the collection; "
            "no passage holds exactly “night tram” or “red mill”",
        ),
    ],
    ids=["none", "one", "two", "three", "quoted", "both"],
)
def test_absent_words_are_listed(words: list[str], line: str) -> None:
    """Words that occur nowhere are quoted and listed; without any, nothing is said. Of words that
    were quoted it is said that no passage holds them: a title may."""
    assert absent(words) == line


@pytest.mark.parametrize(
    ("scope", "line"),
    [
        (Scope(0, 0, None, None, ()), "No article passes these filters"),
        (Scope(1, 3, None, None, ()), "Searched 1 article, none with a date"),
        (Scope(1, 3, "2018-04", "2018-04", ()), "Searched 1 article, April 2018"),
        (Scope(30, 99, "2017-04-24", "2024-07", ()),
         "Searched 30 articles, 24 April 2017 to July 2024"),
        (Scope(1200, 9, "2017", "2018", ()), "Searched 1,200 articles, 2017 to 2018"),
    ],
    ids=["nothing", "undated", "one date", "a period", "many"],
)  # fmt: skip
def test_what_was_searched(scope: Scope, line: str) -> None:
    """Number and dates of the articles that a question was asked of."""
    assert searched(scope) == line


def test_a_summary_counts_passages_and_articles() -> None:
    """Two passages of one article are from one article."""
    passage = passage_in(article_of("The ferry sank. All were saved."), "The ferry sank.")
    other = passage_in(article_of("Rain fell.", article_id="rain"), "Rain fell.")
    citations = [citation_of(passage), citation_of(passage, number=2)]
    assert summary(answer_of(*citations)) == "2 passages from 1 article"
    third = citation_of(other, number=3)
    assert summary(answer_of(*citations, third)) == "3 passages from 2 articles"


@pytest.mark.parametrize(
    ("metadata", "line"),
    [
        (Metadata(), "publisher unknown, no date"),
        (ARTICLE, "Skerry Herald, 10 April 2018"),
        (Metadata(publisher="Skerry Herald"), "Skerry Herald, no date"),
        (Metadata(published="2018"), "publisher unknown, 2018"),
        (
            Metadata(
                publisher="Mercury",
                published="2019-03-14",
                published_evidence="posted: Thu, 03/14/2019 - 08:15 -- webdesk",
            ),
            "Mercury, posted 14 March 2019",
        ),
        (
            Metadata(published="2019-03", published_evidence="dateline: March 2019"),
            "publisher unknown, March 2019",
        ),
        (BRIEF, "On the Record (brief)"),
        (Metadata(kind="brief", original=Original(published="2019")), "On the Record (brief)"),
    ],
    ids=["nothing known", "article", "no date", "no publisher", "posted", "dateline", "brief",
         "brief without publisher"],
)  # fmt: skip
def test_the_source_of_an_article(metadata: Metadata, line: str) -> None:
    """Publisher and date; a brief's words are this project's; a date that only a
    content-management system stamped is called posted."""
    assert source_line(metadata) == line


@pytest.mark.parametrize(
    ("original", "line"),
    [
        (None, ""),
        (Original(), ""),
        (Original(publisher="Mercury"), ", Mercury"),
        (Original(published="2019"), ", 2019"),
        (Original(publisher="Mercury", published="2019-03"), ", Mercury, March 2019"),
    ],
    ids=["no original", "nothing known", "publisher", "date", "both"],
)
def test_what_a_brief_is_about(original: Original | None, line: str) -> None:
    """Publisher and date of the original follow its title, as far as they are known."""
    assert about_line(Metadata(kind="brief", original=original)) == line


@pytest.mark.parametrize(
    ("metadata", "line", "original"),
    [
        (ARTICLE, None, None),
        (BRIEF, "Brief by this project about:", "Our advice to spotters"),
        (Metadata(kind="brief"), "Brief by this project about:", "an untitled original"),
        (Metadata(kind="brief", original=Original(publisher="Board")),
         "Brief by this project about:", "an untitled original"),
    ],
    ids=["article", "brief", "brief without original", "untitled original"],
)  # fmt: skip
def test_a_brief_is_called_one(metadata: Metadata, line: str | None, original: str | None) -> None:
    """A brief says that it is this project's and what it is about, even where that is untitled."""
    assert brief_line(metadata) == line
    if original is not None:
        assert original_title(metadata) == original


def test_an_article_without_a_title_is_called_untitled() -> None:
    """Nothing is made up where no title is known."""
    assert title_of(Article("a", "Text.")) == "Untitled article"
    assert title_of(Article("a", "Text.", ARTICLE)) == "Ferry aground"


@pytest.mark.parametrize(
    ("article_id", "encoded"),
    [
        ("ferry", "ferry"),
        ("news/ferry", "news%2Fferry"),
        ("all#17", "all%2317"),
        ("a@b", "a%40b"),
        ("100%", "100%25"),
        ("two words", "two%20words"),
        ("café/🛶", "caf%C3%A9%2F%F0%9F%9B%B6"),
        ("<b>&\"'?", "%3Cb%3E%26%22%27%3F"),
    ],
)
def test_a_permalink_encodes_the_id(article_id: str, encoded: str) -> None:
    """Whatever an id holds, the link has its three parts where they belong."""
    article = Article(article_id, "The ferry sank.")
    assert permalink(article, Span(4, 9)) == f"#source/{encoded}@{article.sha256}/4-9"


@given(st.text(min_size=1, max_size=30), st.integers(0, 10**6), st.integers(1, 10**6))
def test_any_permalink_can_be_taken_apart(article_id: str, start: int, length: int) -> None:
    """Id, version and span come back out of every permalink."""
    article = Article(article_id, "The ferry sank.")
    link = permalink(article, Span(start, start + length))
    found = re.fullmatch(r"#source/([!-~]*)@([0-9a-f]{64})/(\d+)-(\d+)", link)
    assert found is not None
    assert (unquote(found[1]), found[2]) == (article_id, article.sha256)
    assert (int(found[3]), int(found[4])) == (start, start + length)


@pytest.mark.parametrize(
    "url",
    ["https://herald.example/ferry", "http://herald.example", "HTTPS://HERALD.EXAMPLE/a?b=c#d"],
)
def test_an_address_on_the_web_may_be_a_link(url: str) -> None:
    """http and https in any case, with a host."""
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "herald.example", "//herald.example", "/ferry", "javascript:alert(1)",
        "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd",
        "ftp://herald.example", "mailto:desk@herald.example", "http:ferry", "https:",
        "http://[", "https://[::1", "https:\\\\herald.example",
    ],
)  # fmt: skip
def test_anything_else_is_no_link(url: str | None) -> None:
    """What runs, reads files, stays on this page or is no address at all is never a link."""
    assert web_address(url) is None


@pytest.mark.parametrize(
    ("scores", "line"),
    [
        (Scores(2.5, 0.75, 0.5, 1.25),
         "words 2.50 (BM25); meaning 0.75 (cosine); word by word 0.50 (late interaction); "
         "together 1.25"),
        (Scores(None, 0.75, None, 0.6),
         "not among the best by words; meaning 0.75 (cosine); together 0.60"),
        (Scores(2.5, None, None, 0.4),
         "words 2.50 (BM25); not among the nearest in meaning; together 0.40"),
    ],
    ids=["all", "by meaning", "by words"],
)  # fmt: skip
def test_why_a_passage_was_found(scores: Scores, line: str) -> None:
    """A side that did not find the passage is told in words and not as a number; late
    interaction only where there is one."""
    assert scores_line(scores) == line


def test_what_a_follow_up_question_was_searched_for() -> None:
    """The words as searched, and those that were added; nothing where nothing was."""
    answer = answer_of(question="And in Skerry?", taken_over=("fines", "2014"))
    assert searched_for(answer) == "Searched for: And in Skerry? — fines, 2014"
    assert taken_over(answer) == "Added from your earlier questions: fines, 2014"
    assert taken_over(answer_of()) == ""


def test_what_was_left_out_of_a_question_with_two_sides() -> None:
    """The words as they stood in it; nothing where none was."""
    answer = answer_of(left_out=("Why should", "never"))
    assert left_out(answer) == "Left out, to search for both sides: “Why should”, “never”"
    assert left_out(answer_of()) == ""


PASSAGE = passage_in(article_of("The ferry sank.", ARTICLE), "The ferry sank.")
FIRST = Metadata(title="Ferry lost", publisher="Wire", published="2018-04-09")


@pytest.mark.parametrize(
    ("elsewhere", "cluster", "line"),
    [
        ((), None, "1 passage from 1 article"),
        (("a", "b"), None, "1 passage from 3 articles"),
        (("a", "b"), Cluster("a", FIRST, 3), "1 passage from 3 articles, 1 distinct text"),
    ],
    ids=["alone", "words shared by other texts", "copies"],
)
def test_copies_are_counted_as_texts(
    elsewhere: tuple[str, ...], cluster: Cluster | None, line: str
) -> None:
    """How many articles have the passages, and how many texts these are where that is fewer."""
    answer = answer_of(citation_of(PASSAGE, elsewhere=elsewhere, cluster=cluster))
    assert summary(answer) == line


def test_articles_with_a_highlight_alone_are_not_counted() -> None:
    """The passage does not come from them."""
    answer = answer_of(citation_of(PASSAGE, elsewhere=("a",), highlight_in=("b", "c")))
    assert summary(answer) == "1 passage from 2 articles"


@pytest.mark.parametrize(
    ("cluster", "lines"),
    [
        (None, [("The same words, or nearly the same, also stand in:", "a, b"),
                ("A highlighted sentence also stands in:", "c")]),
        (Cluster("a", FIRST, 3),
         [("The same words, or nearly the same, also stand in:",
           "a, b; earliest: Ferry lost, Wire, 9 April 2018"),
          ("A highlighted sentence also stands in:", "c")]),
        (Cluster("news/ferry", FIRST, 3),
         [("The same words, or nearly the same, also stand in:", "a, b"),
          ("A highlighted sentence also stands in:", "c")]),
        (Cluster("a", Metadata(), 3),
         [("The same words, or nearly the same, also stand in:", "a, b"),
          ("A highlighted sentence also stands in:", "c")]),
    ],
    ids=["no copies", "a later copy", "the earliest itself", "no date is known"],
)  # fmt: skip
def test_other_places_are_told_apart(cluster: Cluster | None, lines: list[tuple[str, str]]) -> None:
    """Where all of the passage stands, where a sentence, and which was first if a date says so."""
    citation = citation_of(PASSAGE, elsewhere=("a", "b"), highlight_in=("c",), cluster=cluster)
    assert [(line.words, line.told) for line in also_in(citation)] == lines


def test_an_earlier_copy_in_other_words_is_named() -> None:
    """Where a figure was changed the words stand nowhere else, and yet there is an earlier text."""
    citation = citation_of(PASSAGE, cluster=Cluster("a", FIRST, 2))
    [line] = also_in(citation)
    assert (line.words, line.told) == (
        "Nearly the same article came before:", "Ferry lost, Wire, 9 April 2018",
    )  # fmt: skip
    assert also_in(citation_of(PASSAGE)) == []


def test_a_long_list_is_counted_and_kept() -> None:
    """Twelve are listed, the others counted, and none is lost."""
    ids = tuple(f"a{number:02}" for number in range(30))
    [line] = also_in(citation_of(PASSAGE, elsewhere=ids))
    assert (line.listed + line.more, len(line.listed)) == (ids, 12)
    assert line.and_more == "and 18 more articles"


@pytest.mark.parametrize(
    ("vectors", "line"),
    [
        ("ready", ""),
        ("none", ""),
        ("building", "By words alone so far: vectors are still being built: 34%"),
        (
            "stopped",
            "By words alone: a build was stopped when 34% of the vectors were built; "
            "go on with: onrecord build",
        ),
    ],
)
def test_an_answer_says_how_far_its_vectors_are(
    vectors: Literal["ready", "none", "building", "stopped"], line: str
) -> None:
    """Never more than is built, and nothing where there is nothing to wait for."""
    state = IndexState("g", "2020-01-01T00:00:00+00:00", {"dense": 0.349, "late": 0.349}, vectors)

    assert vectors_line(state) == line
