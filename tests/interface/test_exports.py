"""A conversation as CSV, JSON and a page to print, and a citation as text."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, Original, Passage, Span
from interface.rendering import (
    Exchange,
    citation_text,
    conversation_csv,
    conversation_json,
    conversation_print,
    permalink,
)
from retrieval import answer_as_json, exported_answers
from tests.interface.answers import answer_of, article_of, citation_of, passage_in
from tests.interface.exported import (
    BOARD,
    CITED,
    CONVERSATION,
    FERRY,
    Document,
    hostile_answer,
)
from tests.interface.test_html import HOSTILE

PAGE = "https://host.example/news/"
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "figure",
    "blockquote", "mark", "figcaption", "sup", "a", "ol", "li", "bdi",
}  # fmt: skip


def test_a_citation_as_text() -> None:
    """The words exactly, and on a line of their own a dash and the source."""
    assert citation_text(CITED) == (
        "The ferry sank.\n\nNobody was *hurt*.\n"
        "— Ferry aground, Skerry Herald, 10 April 2018, by Ines Marl, https://herald.example/ferry"
    )


def test_a_brief_as_text_is_named_as_one() -> None:
    """With its original's author and address, never its own."""
    metadata = Metadata(
        title="Advice unchanged",
        publisher="On the Record (brief)",
        url="https://record.example/brief",
        kind="brief",
        original=Original(
            "Our\nadvice", "Wardens Board", "Lowell Sand", "2019-05-02", "https://board.example/a"
        ),
    )
    cited = citation_of(passage_in(article_of("It stands.", metadata), "It stands."))
    assert citation_text(cited) == (
        "It stands.\n— Brief by this project about: Our advice, Wardens Board, 2 May 2019, "
        "by Lowell Sand, https://board.example/a"
    )


def test_a_citation_of_an_unknown_source_as_text() -> None:
    """What is not known is said as on the page, and not made up."""
    cited = citation_of(passage_in(article_of("It stands."), "It stands."))
    assert citation_text(cited) == ("It stands.\n— Untitled article, publisher unknown, no date")


def test_a_page_number_is_part_of_the_source() -> None:
    """Of a text with pages."""
    article = Article("minutes", "Minutes.\n\f\nThe wardens met.\n\f\n", Metadata(title="Minutes"))
    cited = citation_of(passage_in(article, "The wardens met."))
    assert citation_text(cited).endswith("— Minutes, publisher unknown, no date, p. 2")


def test_one_answer_as_json_is_the_answer_itself() -> None:
    """What the page exports is what `onrecord ask --json` prints, readable, with a newline."""
    exchange = CONVERSATION[0]
    written = conversation_json([exchange])
    assert json.loads(written) == json.loads(json.dumps(answer_as_json(exchange.answer)))
    assert written.startswith('{\n  "format": 1,\n  "question": "Who was hurt?"')
    assert written.endswith("}\n")


def test_a_conversation_as_json_can_be_read_back() -> None:
    """Its answers in order, each with its citations."""
    written = conversation_json(CONVERSATION)
    assert list(json.loads(written)) == ["format", "answers"]
    assert [
        (answer.question, [(cited.number, cited.text) for cited in answer.citations])
        for answer in exported_answers(written)
    ] == [
        ("Who was hurt?", [(1, CITED.passage.text), (2, "The advice stands.")]),
        ("Which zeppelin?", []),
        ("Who?", [(1, CITED.passage.text)]),
    ]


def test_a_conversation_as_csv_by_value() -> None:
    """A line for each citation, and one for a question that nothing answers."""
    first = CONVERSATION[0].answer.citations
    assert conversation_csv(CONVERSATION).splitlines() == [
        "question,support,number,article_id,title,publisher,published,author,url,page,start,end,"
        "sha256,permalink,text,speakers",
        "Who was hurt?,likely answer,1,news/ferry,Ferry aground,Skerry Herald,2018-04-10,Ines Marl,"
        f"https://herald.example/ferry,,12,47,{FERRY.sha256},{permalink(FERRY, Span(12, 47))},"
        '"The ferry sank.',
        "",
        'Nobody was *hurt*.",',
        'Who was hurt?,related,2,board,"Brief by this project about: Our advice to spotters, '
        'Wardens Board, 2 May 2019",On the Record (brief),,,https://board.example/advice,,12,30,'
        f"{BOARD.sha256},{permalink(BOARD, first[1].passage.span)},The advice stands.,",
        "Which zeppelin?,none,,,,,,,,,,,,,,",
        "Who?,likely answer,1,news/ferry,Ferry aground,Skerry Herald,2018-04-10,Ines Marl,"
        f"https://herald.example/ferry,,12,47,{FERRY.sha256},{permalink(FERRY, Span(12, 47))},"
        '"The ferry sank.',
        "",
        'Nobody was *hurt*.",',
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", [*HOSTILE.values(), "=1+1", '@SUM("a")', "-1\n=2", 'a "b", c'],
)  # fmt: skip
def test_no_cell_runs_and_every_cell_holds_its_words(words: str) -> None:
    """Without the apostrophe that keeps a formula from running, each field is what it was."""
    answer = hostile_answer(words)
    rows = list(csv.DictReader(io.StringIO(conversation_csv([Exchange(answer)]), newline="")))
    for row, citation in zip(rows, answer.citations, strict=True):
        assert not any(field.startswith(("=", "+", "-", "@", "\t")) for field in row.values())
        for column, value in {
            "question": words,
            "article_id": citation.article.article_id,
            "publisher": words,
            "author": words,
            "text": citation.passage.text,
            "speakers": f"{speech(citation.article.metadata.kind)}: {words} ({words}, {words}); "
            "“Headline 🛶”, before this passage",
        }.items():
            assert row[column].removeprefix("'") == value.removeprefix("'")


def speech(kind: str) -> str:
    return "Words of" if kind == "article" else "Words, quoted in our brief, of"


def test_a_page_to_print_by_value() -> None:
    """A whole document: questions, passages, the sources under them, numbered notes at the end
    with addresses to read, and links that land on the words."""
    document = Document(conversation_print(CONVERSATION, PAGE))
    assert document.quoted == [
        "The ferry sank.\n\nNobody was *hurt*.",
        "The advice stands.",
        "The ferry sank.\n\nNobody was *hurt*.",
    ]
    assert document.marked == ["The ferry sank.", "The advice stands.", "Nobody was *hurt*."]
    assert document.lines[:6] == [
        "On the Record: 3 questions",
        "On the Record",
        "Quoted word for word from the articles. On the Record shows where words come from; it "
        "does not say whether they are true. Sentences in bold match the question best.",
        "Who was hurt?",
        "Likely answer: 2 passages from 2 articles",
        "From April 2018; Publisher: Skerry Herald",
    ]
    assert document.lines[-3:] == [
        "Quoted from: Ferry aground, Skerry Herald, 10 April 2018, by Ines Marl · "
        "https://herald.example/ferry · characters 12 to 47 of news/ferry · In the article: "
        f"{PAGE}{permalink(FERRY, Span(12, 47))} ↩",
        "Brief by this project about: Our advice to spotters, Wardens Board, 2 May 2019 · "
        "https://board.example/advice · Quoted from: Board says its advice is unchanged, On the "
        "Record (brief), characters 12 to 30 of board · In the article: "
        f"{PAGE}{permalink(BOARD, Span(12, 30))} ↩",
        "Quoted from: Ferry aground, Skerry Herald, 10 April 2018, by Ines Marl · "
        "https://herald.example/ferry · characters 12 to 47 of news/ferry · In the article: "
        f"{PAGE}{permalink(FERRY, Span(12, 47))} ↩",
    ]
    assert document.links == [
        "#note-1", "#note-2", "#note-3",
        "https://herald.example/ferry#:~:text=The%20ferry%20sank",
        f"{PAGE}{permalink(FERRY, Span(12, 47))}", "#cited-1",
        "https://board.example/advice",
        f"{PAGE}{permalink(BOARD, Span(12, 30))}", "#cited-2",
        "https://herald.example/ferry#:~:text=Nobody%20was%20%2Ahurt",
        f"{PAGE}{permalink(FERRY, Span(12, 47))}", "#cited-3",
    ]  # fmt: skip
    assert dict(document.elements)["html"] == {"lang": "en"}


def test_a_page_to_print_of_one_question_has_it_as_its_title() -> None:
    """So does a file that is saved from it."""
    document = Document(conversation_print(CONVERSATION[:1], None))
    assert document.lines[0] == "On the Record: Who was hurt?"
    assert "In the article" not in document.text


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_in_a_page_to_print_stay_words(words: str) -> None:
    """The elements and attributes are those of harmless words, every passage is exact, and
    nothing is said but fixed words and these."""
    answer = hostile_answer(words)
    document = Document(conversation_print([Exchange(answer)], PAGE))
    harmless = Document(conversation_print([Exchange(hostile_answer("x" * len(words)))], PAGE))
    assert {tag for tag, _ in document.elements} <= ELEMENTS
    assert document.shape == harmless.shape
    assert document.other == []
    assert document.quoted == [citation.passage.text for citation in answer.citations]
    plain = [text.replace("\u2028", " ") for text in (document.text, words)]
    expected = harmless.text.replace("x" * len(words), "…")
    assert without_permalinks(plain[0].replace(plain[1], "…")) == without_permalinks(expected)


def without_permalinks(text: str) -> str:
    return "\n".join(line.split("In the article:")[0] for line in text.split("\n"))


@given(words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")))
def test_any_words_are_printed_exactly(words: str) -> None:
    """For any text the passage in the document is the passage in the article."""
    article = Article("a", f"Start {words} end.")
    cited = citation_of(Passage(article, (Span(0, len(article.text)),)))
    document = Document(conversation_print([Exchange(answer_of(cited))], None))
    assert document.quoted == document.marked == [article.text]


def test_a_page_to_print_needs_nothing_else() -> None:
    """No script, no address that is loaded, and a policy that would refuse both."""
    written = conversation_print(CONVERSATION, PAGE)
    document = Document(written)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in document.elements}
    assert not any(name == "src" for _, names in document.shape for name in names)
    style = written.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "<" not in style
    [policy] = [
        attributes["content"]
        for tag, attributes in document.elements
        if tag == "meta" and "http-equiv" in attributes
    ]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )
