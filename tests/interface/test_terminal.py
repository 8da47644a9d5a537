"""An answer on a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Metadata, Original
from interface.rendering import answer_text
from interface.rendering.terminal import visible
from retrieval import Cluster
from tests.interface.answers import ARTICLE, BRIEF, answer_of, article_of, citation_of, passage_in

LONG = "The ferry " + "went on and on " * 40 + "and sank."
PROMISE = (
    "Quoted word for word from the articles. On the Record shows where words come from; it does "
    "not say whether they are true."
)


def test_an_answer_by_value() -> None:
    """What was found and searched, each citation with its source and place, and the promise."""
    article = article_of("The ferry sank. All were saved.", ARTICLE)
    brief = article_of("Advice has not changed.", BRIEF, "board")
    text = answer_text(
        answer_of(
            citation_of(
                passage_in(article, "The ferry sank.", "All were saved."), elsewhere=("wire/1", "b")
            ),
            citation_of(passage_in(brief, "Advice has not changed."), number=2, support="related"),
            absent=("zeppelin",),
        ),
        styled=False,
    )
    assert text == (
        "Likely answer: 2 passages from 4 articles\n"
        "Searched 30 articles, April 2018 to 3 February 2020\n"
        "The word “zeppelin” occurs nowhere in the collection\n"
        "\n"
        "[1] Ferry aground\n"
        "    Skerry Herald, 10 April 2018 · likely answer\n"
        "    https://herald.example/ferry\n"
        "    news/ferry, characters 12 to 43\n"
        "    the same words, or nearly the same, also stand in: wire/1, b\n"
        "\n"
        "The ferry sank. All were saved.\n"
        "\n"
        "[2] Board says its advice is unchanged\n"
        "    On the Record (brief) · related\n"
        "    Brief by this project about: Our advice to spotters, Wardens Board, 2 May 2019\n"
        "    https://board.example/advice\n"
        "    board, characters 12 to 35\n"
        "\n"
        "Advice has not changed.\n"
        "\n"
        f"{PROMISE}"
    )


def test_the_head_says_how_good_the_answer_is() -> None:
    """Related passages are not announced as an answer, and none are announced as none."""
    passage = passage_in(article_of("The ferry sank."), "The ferry sank.")
    related = answer_text(answer_of(citation_of(passage, support="related")), styled=False)
    assert related.startswith("On this subject, but perhaps no answer: 1 passage from 1 article\n")
    assert answer_text(answer_of(), styled=False) == (
        "Nothing in this collection answers that\n"
        "Searched 30 articles, April 2018 to 3 February 2020"
    )


@pytest.mark.parametrize(
    "metadata",
    [Metadata(kind="brief"), Metadata(kind="brief", original=Original(publisher="Board"))],
    ids=["no original", "untitled original"],
)
def test_a_brief_is_always_shown_as_one(metadata: Metadata) -> None:
    """A brief without a known original is still told from an article."""
    passage = passage_in(article_of("Advice stays.", metadata), "Advice stays.")
    lines = answer_text(answer_of(citation_of(passage)), styled=False).splitlines()
    assert any("Brief by this project about: an untitled original" in line for line in lines)


@pytest.mark.parametrize(
    "words",
    [
        LONG,
        "[bold]The ferry[/bold] sank.",
        "The *ferry* _sank_. # Not a heading",
        "The ferry\u00a0\u00a0sank, “it” ‘said’…",
        "The ferry  sank.\n\n\tIndented   lines\n stay.",
        "Die Fähre 🛶 ⛴ sank. 沈んだ。 \u202egnorw\u202c",
    ],
    ids=["long", "Rich markup", "Markdown", "no-break spaces", "white space", "scripts"],
)
@pytest.mark.parametrize("styled", [False, True], ids=["plain", "styled"])
def test_a_passage_stands_there_exactly(words: str, styled: bool) -> None:
    """Nothing is wrapped, interpreted, folded or lost; only the highlight is in bold."""
    passage = passage_in(article_of(words), words)
    text = answer_text(answer_of(citation_of(passage)), styled=styled)
    assert f"\n\n{words}\n\n" in re.sub("\x1b\\[[01]m", "", text)
    assert text.count("\x1b") == (2 if styled else 0)


def test_highlights_are_bold_on_a_terminal() -> None:
    """Each highlighted sentence is bold, and what stands between is not."""
    article = article_of("Rain fell. The ferry sank. Night came. All were saved. Day broke.")
    passage = passage_in(
        article, "Rain fell.", "The ferry sank.", "Night came.", "All were saved.", "Day broke."
    )
    highlights = (passage.sentences[1], passage.sentences[3])
    answer = answer_of(citation_of(passage, highlights=highlights))
    assert (
        "\n\nRain fell. \x1b[1mThe ferry sank.\x1b[0m Night came. \x1b[1mAll were saved.\x1b[0m "
        "Day broke.\n\n"
    ) in answer_text(answer, styled=True)


def test_without_highlights_nothing_is_bold() -> None:
    """A styled passage without highlights has no escape codes."""
    passage = passage_in(article_of("The ferry sank."), "The ferry sank.")
    assert "\x1b" not in answer_text(answer_of(citation_of(passage, highlights=())), styled=True)


@pytest.mark.parametrize(
    ("character", "picture"),
    [
        ("\x00", "␀"), ("\x07", "␇"), ("\x08", "␈"), ("\r", "␍"), ("\x1b", "␛"), ("\x1f", "␟"),
        ("\x7f", "␡"), ("\x80", "\ufffd"), ("\x9b", "\ufffd"), ("\x9f", "\ufffd"),
    ],
    ids=repr,
)  # fmt: skip
def test_control_characters_are_made_visible(character: str, picture: str) -> None:
    """What would move the cursor, ring or rewrite is shown as a picture of itself."""
    assert visible(f"a{character}b") == f"a{picture}b"


def test_newline_and_tab_stay() -> None:
    """Lines and columns of a text are its own."""
    assert visible("a\n\tb\u00a0ü🛶") == "a\n\tb\u00a0ü🛶"


@given(st.text())
def test_nothing_visible_controls_a_terminal(text: str) -> None:
    """For any text no control character is left and no other character changed."""
    shown = visible(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert len(shown) == len(text)
    changed = [b for b, a in zip(text, shown, strict=True) if a != b]
    assert all(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in changed)


@pytest.mark.parametrize("styled", [False, True], ids=["plain", "styled"])
def test_no_datum_controls_the_terminal(styled: bool) -> None:
    """Control characters in any field are visible: no escape code but our own two is printed."""
    evil = "\x1b]0;owned\x07\x9b2J"
    metadata = Metadata(
        title=f"t{evil}", publisher=f"p{evil}", url=f"https://u.example/{evil}", published="2018"
    )
    brief = Metadata(kind="brief", original=Original(f"t{evil}", f"p{evil}", url=f"u{evil}"))
    words = f"The ferry {evil} sank."
    article = article_of(words, metadata, f"id{evil}")
    text = answer_text(
        answer_of(
            citation_of(passage_in(article, words), elsewhere=(f"e{evil}",)),
            citation_of(passage_in(article_of(words, brief), words), number=2),
        ),
        styled=styled,
    )
    rest = text.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", rest)
    assert rest.count("␛]0;owned␇\ufffd2J") == 10


def test_copies_are_counted_and_the_others_named() -> None:
    """As on the page: articles, distinct texts, and where else the words stand."""
    passage = passage_in(article_of("The ferry sank."), "The ferry sank.")
    first = Metadata(title="Ferry lost", publisher="Wire", published="2018-04-09")
    citation = citation_of(passage, elsewhere=("a", "b"), cluster=Cluster("a", first, 3))
    text = answer_text(answer_of(citation), styled=False)
    assert text.startswith("Likely answer: 1 passage from 3 articles, 1 distinct text\n")
    assert "the same words, or nearly the same, also stand in: a, b; earliest: Ferry lost" in text


def test_what_was_left_out_is_said_beside_what_was_taken_over() -> None:
    """In the same line, in lower case."""
    answer = answer_of(question="And why?", taken_over=("fines",), left_out=("should", "never"))
    assert answer_text(answer, styled=True).splitlines()[1] == (
        "Searched for: And why? — fines (added from your earlier questions: fines; "
        "left out, to search for both sides: “should”, “never”)"
    )


def test_what_was_taken_over_is_said_in_one_line() -> None:
    """After what was found: what was searched for and whence; control characters are visible."""
    answer = answer_of(question="And why?\x1b[2J", taken_over=("fines", "Skerry"))
    assert answer_text(answer, styled=True).splitlines()[:2] == [
        "Nothing in this collection answers that",
        "Searched for: And why?␛[2J — fines, Skerry "
        "(added from your earlier questions: fines, Skerry)",
    ]


def test_a_long_list_of_places_ends_with_its_number() -> None:
    """And says where all of them are."""
    article = article_of("The ferry sank.", ARTICLE)
    ids = tuple(f"a{number:02}" for number in range(13))
    text = answer_text(
        answer_of(citation_of(passage_in(article, "The ferry sank."), elsewhere=ids)), styled=False
    )
    assert (
        f"also stand in: {', '.join(ids[:12])} and 1 more article (all of them: --json)\n" in text
    )
