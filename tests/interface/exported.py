"""Exports made by hand, and what a reader's program makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from corpus import Metadata, Original, Quotation, Span, Speaker
from interface.rendering import Exchange
from retrieval import Answer, Caution, Cluster
from tests.interface.answers import ARTICLE, BRIEF, answer_of, article_of, citation_of, passage_in

_VOID = {"br", "meta", "hr", "img", "input", "link"}
_BLOCKS = {"p", "h1", "h2", "li", "blockquote", "figure", "figcaption", "section", "title"}
COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass
class Document(HTMLParser):
    """What a browser makes of a document: elements with attributes, and text."""

    html: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    quoted: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "blockquote":
            self.quoted.append("")
        if tag in ("mark", "strong"):
            self.marked.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in _BLOCKS:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.text += data
        if "blockquote" in self._open:
            self.quoted[-1] += data
        if {"mark", "strong"} & set(self._open):
            self.marked[-1] += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.split("\n") if line.strip()]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elements in order with the names of their attributes."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.elements if tag == "a"]


def rendered(markdown: str) -> Document:
    """Markdown as a renderer of CommonMark, with tables and deletions, shows it."""
    return Document(COMMONMARK.render(markdown))


def lines_of(words: str) -> list[str]:
    """Lines with words, as they stand; control characters and other lines are not compared."""
    return [line for line in words.split("\n") if line.strip()]


def hostile_answer(words: str) -> Answer:
    """An answer that has `words` in every place where data of others can stand, but in addresses,
    and nothing that depends on what they are but their number."""
    first, second = f"{words} ends.", f"“{words}”, she said."
    text = f"First {first}\n\n{second}\nThird {words}"
    article = article_of(
        text,
        Metadata(words, words, words, "2018", f"dateline: {words}", "https://e.example/a"),
        article_id=words,
    )
    brief = article_of(
        text,
        Metadata(
            title=words,
            publisher=words,
            author=words,
            kind="brief",
            original=Original(words, words, words, "2018", "https://e.example/b"),
        ),
        article_id=f"brief/{words}",
    )
    made = []
    for number, each in enumerate((article, brief), start=1):
        passage = passage_in(each, f"First {first}", second, f"Third {words}")
        citation = citation_of(
            passage,
            number=number,
            highlights=passage.sentences[:1],
            elsewhere=(words,),
            highlight_in=(f"b {words}",),
            cluster=Cluster("c", Metadata(words, words, published="2017"), 3),
        )
        said = passage.sentences[1]
        speech = Quotation(
            span=said,
            kind="direct",
            quoted=(Span(said.start + 1, said.start + 1 + len(words)),),
            speaker=Speaker(words, words, words),
            source=None,
            verb=None,
            attribution=Span(0, 10),
        )
        caution = Caution("denial", Span(passage.span.start, passage.span.start + 5))
        made.append(replace(citation, quotations=(speech,), cautions=(caution,)))
    return answer_of(
        *made, question=words, absent=(f"a {words}",), taken_over=(words,), left_out=(words,)
    )


FERRY = article_of("The ferry sank.\n\nNobody was *hurt*.", ARTICLE)
BOARD = article_of("The advice stands.", BRIEF, "board")
_FERRY = passage_in(FERRY, "The ferry sank.", "Nobody was *hurt*.")
CITED = citation_of(_FERRY)
CONVERSATION = (
    Exchange(
        answer_of(
            CITED, citation_of(passage_in(BOARD, "The advice stands."), number=2, support="related")
        ),
        ("From April 2018", "Publisher: Skerry Herald"),
    ),
    Exchange(answer_of(question="Which zeppelin?", absent=("zeppelin",))),
    Exchange(answer_of(citation_of(_FERRY, highlights=_FERRY.sentences[1:]), question="Who?")),
)
