"""Every mention on a terminal, as HTML, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, Original, Span
from interface.rendering import (
    mentions_csv,
    mentions_html,
    mentions_text,
    permalink,
)
from interface.rendering.wording import mentions_place, mentions_share, mentions_summary
from retrieval import ArticleMentions, Mention, Mentions
from tests.interface.answers import ARTICLE, BRIEF, article_of
from tests.interface.mentions import mentions_in, mentions_of
from tests.interface.test_html import ELEMENTS, HOSTILE, Page

RULE = (
    "Counted are the sentences of the articles' prose that hold all of the words, in any form, "
    'and all "phrases" exactly. Headlines and captions are not counted.'
)
PROMISE = (
    "Quoted word for word from the articles. On the Record shows where words come from; it does "
    "not say whether they are true."
)
FERRY = article_of("The ferry sank. All were saved. No ferry sails.", ARTICLE)
BOARD = article_of("Ferries keep to their advice.", BRIEF, "board")
FOUND = mentions_of(
    mentions_in(FERRY, ("The ferry sank.", ("ferry",)), ("No ferry sails.", ("ferry",))),
    mentions_in(BOARD, ("Ferries keep to their advice.", ("Ferries",))),
)


def test_mentions_by_value_on_a_terminal() -> None:
    """The count, what was searched, and by article each sentence after its place."""
    assert mentions_text(FOUND, styled=False) == (
        "3 sentences in 2 articles hold “ferry”\n"
        "Searched 30 articles, April 2018 to 3 February 2020\n"
        "Newest first\n"
        "\n"
        "Ferry aground\n"
        "    Skerry Herald, 10 April 2018 · 2 sentences\n"
        "    https://herald.example/ferry\n"
        "\n"
        "    news/ferry, characters 12 to 27\n"
        "The ferry sank.\n"
        "\n"
        "    news/ferry, characters 44 to 59\n"
        "No ferry sails.\n"
        "\n"
        "Board says its advice is unchanged\n"
        "    On the Record (brief) · 1 sentence\n"
        "    Brief by this project about: Our advice to spotters, Wardens Board, 2 May 2019\n"
        "    https://board.example/advice\n"
        "\n"
        "    board, characters 12 to 41\n"
        "Ferries keep to their advice.\n"
        "\n"
        f"{RULE}\n"
        f"{PROMISE}"
    )


def test_the_words_are_bold_on_a_terminal() -> None:
    """What was looked for stands out in its sentence, and nothing else does."""
    text = mentions_text(FOUND, styled=True)
    assert "\nThe \x1b[1mferry\x1b[0m sank.\n" in text
    assert "\n\x1b[1mFerries\x1b[0m keep to their advice.\n" in text
    assert re.sub("\x1b\\[[01]m", "", text) == mentions_text(FOUND, styled=False)
    assert text.count("\x1b") == 6


def test_no_mention_on_a_terminal() -> None:
    """It says so, how many articles were searched, which words are nowhere, and what counts."""
    nothing = mentions_of(words=("ferry", "zeppelin"), absent=("zeppelin",))
    assert mentions_text(nothing, styled=True) == (
        "No sentence holds “ferry” and “zeppelin” together\n"
        "Searched 30 articles, April 2018 to 3 February 2020\n"
        "The word “zeppelin” occurs nowhere in the collection\n"
        "\n"
        f"{RULE}"
    )


def test_a_page_before_the_last_names_the_next() -> None:
    """With the option that prints it."""
    assert "\nThere is more: --page 3\n" in mentions_text(
        replace(FOUND, page=2, pages=3), styled=False
    )
    assert "--page" not in mentions_text(replace(FOUND, page=3, pages=3), styled=False)


@pytest.mark.parametrize(
    ("words", "phrases", "sentences", "summary"),
    [
        (("tram",), (), 0, "No sentence holds “tram”"),
        ((), ("the tram",), 0, "No sentence holds exactly “the tram”"),
        (("tram",), (), 1, "1 sentence in 1 article holds “tram”"),
        (("tram", "bay"), (), 2, "2 sentences in 1 article hold “tram” and “bay”"),
        (("a1", "b1"), ("c d",), 2, "2 sentences in 1 article hold “a1”, “b1” and exactly “c d”"),
    ],
)
def test_the_count_names_what_was_looked_for(
    words: tuple[str, ...], phrases: tuple[str, ...], sentences: int, summary: str
) -> None:
    """Words as they were typed, and which were to be exact."""
    mentions = mentions_of(words=words, phrases=phrases)
    counted = replace(mentions, sentences=sentences, articles=1)
    assert mentions_summary(counted) == summary


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "Newest first"),
        ({"order": "oldest"}, "Oldest first"),
        ({"page": 2, "pages": 1200}, "Newest first, page 2 of 1,200"),
    ],
)
def test_order_and_page_are_told(changes: dict[str, object], place: str) -> None:
    """A single page needs no number."""
    assert mentions_place(replace(FOUND, **changes)) == place


@pytest.mark.parametrize(
    ("total", "before", "here", "share"),
    [
        (1, 0, 1, "1 sentence"),
        (2, 0, 2, "2 sentences"),
        (12, 3, 6, "12 sentences, here 4 to 9"),
        (12, 0, 6, "12 sentences, here 1 to 6"),
        (12, 11, 1, "12 sentences, here 12"),
    ],
)
def test_an_article_over_several_pages_says_what_is_here(
    total: int, before: int, here: int, share: str
) -> None:
    """Its whole count, and which of them this page has."""
    mentions = tuple(Mention(Span(n, n + 1), ()) for n in range(here))
    assert mentions_share(ArticleMentions(FERRY, total, before, mentions)) == share


def test_mentions_by_value_as_html() -> None:
    """By article its source, and each sentence with its words marked and a link to its place."""
    page = Page(mentions_html(FOUND))
    assert page.passages == ["The ferry sank.", "No ferry sails.", "Ferries keep to their advice."]
    assert page.marked == ["ferry", "ferry", "Ferries"]
    assert page.links == [
        "https://herald.example/ferry#:~:text=The%20ferry%20sank",
        permalink(FERRY, Span(12, 27)),
        permalink(FERRY, Span(44, 59)),
        "https://board.example/advice",
        permalink(BOARD, Span(12, 41)),
    ]
    assert page.text == (
        "3 sentences in 2 articles hold “ferry”."
        "Newest first."
        "Ferry agroundSkerry Herald, 10 April 20182 sentencesOriginal"
        "The ferry sank.In the article Ferry aground, at this sentence"
        "No ferry sails.In the article Ferry aground, at this sentence"
        "Board says its advice is unchangedOn the Record (brief)1 sentence"
        "Brief by this project about: Our advice to spotters, Wardens Board, 2 May 2019"
        "Ferries keep to their advice."
        "In the article Board says its advice is unchanged, at this sentence"
        f"Searched 30 articles, April 2018 to 3 February 2020. {RULE}"
    )


def test_no_mention_as_html() -> None:
    """A sentence that says so, and what was searched."""
    nothing = mentions_of(words=("<b>",), absent=("<b>",))
    assert Page(mentions_html(nothing)).text == (
        "No sentence holds “<b>”."
        "Searched 30 articles, April 2018 to 3 February 2020. "
        f"The word “<b>” occurs nowhere in the collection. {RULE}"
    )


def mentions_with(words: str) -> Mentions:
    """Mentions that have `words` in every place where data of others can stand."""
    sentence = f"First {words} ends."
    article = article_of(
        sentence,
        Metadata(words, words, words, "2018", f"dateline: {words}", f"https://e.example/{words}"),
        article_id=words,
    )
    brief = Metadata(
        words, words, kind="brief", original=Original(words, words, words, "2018", words)
    )
    return mentions_of(
        mentions_in(article, (sentence, (words,))),
        mentions_in(article_of(sentence, brief), (sentence, (words,))),
        asked=words,
        words=(words,),
        phrases=(words,),
        absent=(words,),
    )  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_datum_becomes_an_element(words: str) -> None:
    """Whatever articles and terms hold, only our own elements come out, and the words exactly."""
    mentions = mentions_with(words)
    page = Page(mentions_html(mentions))
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert page.other == []
    assert page.shape == Page(mentions_html(mentions_with("harmless words"))).shape
    assert page.passages == [f"First {words} ends."] * 2
    assert page.marked == [words] * 2
    assert all(link.startswith(("https://e.example/", "#source/")) for link in page.links)


def test_no_datum_controls_the_terminal() -> None:
    """Control characters in any field are visible."""
    text = mentions_text(mentions_with("\x1b]0;owned\x07\x9b2J"), styled=True)
    rest = text.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", rest)


def table(mentions: Mentions) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(mentions_csv(mentions), newline="")))


def test_mentions_by_value_as_csv() -> None:
    """One line for each sentence; a brief says what it is about and links to that."""
    sha256 = FERRY.sha256
    assert mentions_csv(FOUND) == (
        "article_id,title,publisher,published,url,page,start,end,sha256,sentence\r\n"
        "news/ferry,Ferry aground,Skerry Herald,2018-04-10,https://herald.example/ferry,,12,27,"
        f"{sha256},The ferry sank.\r\n"
        "news/ferry,Ferry aground,Skerry Herald,2018-04-10,https://herald.example/ferry,,44,59,"
        f"{sha256},No ferry sails.\r\n"
        'board,"Brief by this project about: Our advice to spotters, Wardens Board, 2 May 2019",'
        f"On the Record (brief),,https://board.example/advice,,12,41,{BOARD.sha256},"
        "Ferries keep to their advice.\r\n"
    )


def test_no_mention_as_csv_is_a_table_without_lines() -> None:
    """Its column names say what would have been there."""
    assert mentions_csv(mentions_of()) == (
        "article_id,title,publisher,published,url,page,start,end,sha256,sentence\r\n"
    )


def test_what_is_unknown_is_an_empty_cell() -> None:
    """Never a word that could be taken for a title or a date."""
    article = Article("untitled", "The ferry sank.")
    [line] = table(mentions_of(mentions_in(article, ("The ferry sank.", ()))))
    assert (line["title"], line["publisher"], line["published"], line["url"]) == ("", "", "", "")


@pytest.mark.parametrize(
    ("sentence", "cell"),
    [
        ('=HYPERLINK("https://evil.example")', '\'=HYPERLINK("https://evil.example")'),
        ("+44 people sailed.", "'+44 people sailed."),
        ("-2 degrees.", "'-2 degrees."),
        ("@ferry sank.", "'@ferry sank."),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),
        ("'Tis true.", "'Tis true."),
        ("“=1+1”", "“=1+1”"),
        ("One, two\n“three”\tfour", "One, two\n“three”\tfour"),
    ],
)
def test_a_cell_never_computes_what_an_article_says(sentence: str, cell: str) -> None:
    """What a spreadsheet would run has an apostrophe in front; all else stands as it is."""
    article = Article(sentence, sentence, Metadata(title=sentence, publisher=sentence))
    [line] = table(mentions_of(mentions_in(article, (sentence, ()))))
    assert {line[name] for name in ("article_id", "title", "publisher", "sentence")} == {cell}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=4))
def test_a_table_gives_every_sentence_back(texts: list[str]) -> None:
    """For any text: reading the table and taking one apostrophe away from what begins like a
    formula gives exactly the words that stand at start to end."""
    articles = [Article(f"{n}", text) for n, text in enumerate(texts)]
    groups = [mentions_in(article, (article.text, ())) for article in articles]
    lines = table(mentions_of(*groups))
    assert len(lines) == len(articles)
    for line, article in zip(lines, articles, strict=True):
        cell = line["sentence"]
        words = cell[1:] if re.match(r"'+[=+\-@＝＋－＠\t\r\n]", cell) else cell
        assert words == article.text[int(line["start"]) : int(line["end"])]
        assert line["sha256"] == article.sha256
        assert not re.match(r"[=+\-@＝＋－＠\t\r\n]", cell)
