"""A conversation as Markdown: read back by a renderer of CommonMark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, Passage, Span
from interface.rendering import Exchange, conversation_markdown
from retrieval import Answer
from tests.interface.answers import answer_of, article_of, citation_of, passage_in
from tests.interface.exported import (
    CONVERSATION,
    FERRY,
    hostile_answer,
    lines_of,
    rendered,
)
from tests.interface.test_html import HOSTILE

ELEMENTS = {"h1", "h2", "p", "blockquote", "strong", "br", "a"}
MARKUP = {
    "headings": "# Head\nwords\n===\nwords\n---\n## Head ##",
    "quotations": "> quoted\n>> twice\n>no space",
    "lists": "- a\n+ b\n* c\n1. d\n2) e\n- [ ] f\n10. g",
    "rules": "---\n***\n___\n- - -\n* * *",
    "definition of a link": "[x]: http://evil.example/\n[x] and [x][x] and [x][]",
    "definition of a footnote": "[^1]: http://evil.example/\n[^1] ^[inline]",
    "image": "![](http://evil.example/x.png) ![a][x]\n!",
    "links": "[a](http://evil.example) <http://evil.example> <a@evil.example> [a]( <b> 'c')",
    "code": "`a` ``b`` ` c\n```\nd\n```\n~~~\ne\n~~~",
    "indented code": "a\n\n    b\n\tc\n  \td",
    "HTML": "<script>a</script>\n<!-- b\n<div>\n\nc</div> <b>d</b> <?e?> <![CDATA[f]]>",
    "entities": "&lt;b&gt; &amp;amp; &#60; &#x3c; &copy &nbsp; & &&amp;",
    "emphasis": "*a* **b** _c_ __d__ ***e*** ~~f~~ a*b*c 5*3*2 __init__",
    "backslashes": "a\\\nb\\\\\n\\*c\\* \\",
    "tables": "| a | b |\n|---|---|\n| c | d |\na | b\n:-: | -",
    "white space": "a  \nb\t\n  c\n\n\n \n\td\u00a0\n\u00a0e\u3000f  g\u2028h\u2028",
}
EVERY = HOSTILE | MARKUP


def one(answer: Answer) -> str:
    return conversation_markdown([Exchange(answer)], None)


def test_a_conversation_by_value() -> None:
    """Questions in order with filters and level of support, passages as block quotations with
    highlights in bold, a line on each source, and footnotes numbered through all of them."""
    written = conversation_markdown(CONVERSATION, "https://host.example/news/")
    assert (
        written
        == f"""\
# On the Record

Quoted word for word from the articles. On the Record shows where words come from; it does not say \
whether they are true. Sentences in bold match the question best.

## Who was hurt?

Likely answer: 2 passages from 2 articles\\
From April 2018; Publisher: Skerry Herald

> **The ferry sank.**
>
> Nobody was \\*hurt\\*.

— Ferry aground, Skerry Herald, 10 April 2018 · likely answer[^1]

> **The advice stands.**

— Brief by this project about: Our advice to spotters, Wardens Board, 2 May 2019 · related[^2]

Searched 30 articles, April 2018 to 3 February 2020\\
Index of 1 January 2020, generation 20200101T000000.000000Z

## Which zeppelin?

Nothing in this collection answers that

Searched 30 articles, April 2018 to 3 February 2020\\
The word “zeppelin” occurs nowhere in the collection\\
Index of 1 January 2020, generation 20200101T000000.000000Z

## Who?

Likely answer: 1 passage from 1 article

> The ferry sank.
>
> **Nobody was \\*hurt\\*.**

— Ferry aground, Skerry Herald, 10 April 2018 · likely answer[^3]

Searched 30 articles, April 2018 to 3 February 2020\\
Index of 1 January 2020, generation 20200101T000000.000000Z

[^1]: Quoted from: Ferry aground, Skerry Herald, 10 April 2018, by Ines Marl · \
<https://herald.example/ferry> · characters 12 to 47 of news/ferry · In the article: \
<https://host.example/news/#source/news%2Fferry@{FERRY.sha256}/12-47>

[^2]: Brief by this project about: Our advice to spotters, Wardens Board, 2 May 2019 · \
<https://board.example/advice> · Quoted from: Board says its advice is unchanged, On the Record \
(brief), characters 12 to 30 of board · In the article: \
<https://host.example/news/#source/board@{CONVERSATION[0].answer.citations[1].article.sha256}/12-30>

[^3]: Quoted from: Ferry aground, Skerry Herald, 10 April 2018, by Ines Marl · \
<https://herald.example/ferry> · characters 12 to 47 of news/ferry · In the article: \
<https://host.example/news/#source/news%2Fferry@{FERRY.sha256}/12-47>
"""
    )


def test_without_a_page_there_is_no_permalink() -> None:
    """Nothing could open it."""
    assert "In the article" not in conversation_markdown(CONVERSATION, None)


def test_what_was_searched_for_speakers_cautions_and_other_places_are_told() -> None:
    """Each on a line, in the words of the page."""
    document = rendered(one(hostile_answer("Ann Lee")))
    assert document.lines[3:6] == [
        "Likely answer: 2 passages from 2 articles, 1 distinct text",
        "Searched for: Ann Lee — Ann Lee",
        "Added from your earlier questions: Ann Lee",
    ]
    assert document.lines[11:15] == [
        "Words of: Ann Lee (Ann Lee, Ann Lee); “Headline 🛶”, before this passage",
        "In the highlighted words: a denial (“First”)",
        "The same words, or nearly the same, also stand in: Ann Lee; "
        "earliest: Ann Lee, Ann Lee, 2017",
        "A highlighted sentence also stands in: b Ann Lee",
    ]


@pytest.mark.parametrize("words", EVERY.values(), ids=EVERY.keys())
def test_hostile_words_come_out_as_words(words: str) -> None:
    """Whatever stands in titles, names, ids, questions and passages: the same elements as of
    harmless words of that length, every passage line for line, and nothing else is said."""
    words = words.strip()
    answer = hostile_answer(words)
    document = rendered(one(answer))
    harmless = rendered(one(hostile_answer("x" * len(words))))
    assert {tag for tag, _ in document.elements} <= ELEMENTS
    assert document.other == []
    assert document.links == harmless.links == ["https://e.example/a", "https://e.example/b"]
    for quoted, citation in zip(document.quoted, answer.citations, strict=True):
        assert lines_of(quoted) == lines_of(shown(citation.passage.text))
    if "\n" not in words:
        assert document.shape == harmless.shape
    said = " ".join(document.text.replace(shown(words), "…").split())
    expected = harmless.text.replace("x" * len(words), "…")
    one_line = " ".join(shown(words).split())
    assert said.replace(one_line, "…") == " ".join(expected.split())


def shown(words: str) -> str:
    """Control characters as pictures, but for tab, newline and the end of a page."""
    from interface.rendering.terminal import visible

    return "\f".join(visible(part) for part in words.split("\f"))


WORDS = st.text(
    st.sampled_from("ab1.*_`#>-+=[]()!<>&;:\\\"'“”|~^$ \t\n\u00a0\ufeffé語£\f")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\r"),
    min_size=1,
    max_size=40,
)


@given(words=WORDS, cuts=st.lists(st.integers(0, 40), min_size=2, max_size=4, unique=True))
def test_any_words_with_any_highlights_come_out_as_words(words: str, cuts: list[int]) -> None:
    """Bold never costs or adds a character, wherever it begins and ends."""
    article = Article("a", f"Start\n{words}\nend.", Metadata(title=words))
    span = Span(0, len(article.text))
    ends = sorted({min(cut, span.end) for cut in cuts})
    highlights = tuple(Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False))
    citation = citation_of(Passage(article, (span,)), highlights=highlights)
    document = rendered(one(answer_of(citation)))
    assert {tag for tag, _ in document.elements} <= ELEMENTS
    [quoted] = document.quoted
    assert lines_of(quoted) == lines_of(shown(article.text))
    assert document.links == []


@pytest.mark.parametrize(
    ("before", "sentence", "after", "is_bold"),
    [
        ("Rain fell. ", "The ferry sank.", " Night came.", True),
        ("Rain fell.", "The ferry sank.", "\nNight came.", True),
        ("Rain fell. ", "“The ferry sank”", ", she said.", True),
        ("Rain fell. ", "The ferry sank.", "Night came.", False),
        ("Rain", "“The ferry sank.”", " Night came.", False),
        ("雨。", "船が沈んだ。", "夜が来た。", False),
    ],
)
def test_a_highlight_is_bold_where_asterisks_can_mark_it(
    before: str, sentence: str, after: str, is_bold: bool
) -> None:
    """Between punctuation and a letter they would be shown instead, so it stays plain."""
    article = article_of(f"{before}{sentence}{after}")
    passage = passage_in(article, before.strip(), sentence, after.strip())
    written = one(answer_of(citation_of(passage, highlights=passage.sentences[1:2])))
    assert rendered(written).marked == ([sentence] if is_bold else [])
    assert ("**" in written) == is_bold


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://e.example/a?b=1&c=(2)", "https://e.example/a?b=1&c=(2)"),
        ("https://e.example/a b", "https://e.example/a%20b"),
        ("https://e.example/><script>", "https://e.example/%3E%3Cscript%3E"),
        ("https://e.example/&copy;", "https://e.example/&copy%3B"),
        ("https://e.example/`*_\\", "https://e.example/%60*_%5C"),
        ("HTTP://e.example/\u202ex", "HTTP://e.example/%E2%80%AEx"),
        ("javascript:alert(1)", None),
        ("//evil.example/", None),
        ("![](http://evil.example)", None),
        ("http://[", None),
    ],
)
def test_an_address_is_a_link_to_itself_or_text(url: str, link: str | None) -> None:
    """Only on the web is it a link; what could end or change it is percent-encoded."""
    article = article_of("The ferry sank.", Metadata(title="Ferry", url=url))
    document = rendered(one(answer_of(citation_of(passage_in(article, "The ferry sank.")))))
    assert document.links == ([link] if link else [])
    if link is None:
        assert url in document.lines[-1]
