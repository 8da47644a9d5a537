"""An answer as HTML: whatever the articles hold, only our own elements come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Metadata, Original, Span
from interface.rendering import (
    about_html,
    answer_html,
    permalink,
    source_line,
)
from interface.rendering.fragments import text_fragment
from retrieval import Answer, Cluster, Scores
from tests.interface.answers import ARTICLE, BRIEF, answer_of, article_of, citation_of, passage_in

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script in a quote": "“<SCRIPT SRC=//evil.example/x.js></SCRIPT>”",
    "image": '<img src=x onerror="alert(1)">',
    "vector image": "<svg/onload=alert(1)>",
    "frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "link": '<a href="javascript:alert(1)">click</a>',
    "attribute": '" onmouseover="alert(1)" x="',
    "attribute with single quotes": "' onfocus='alert(1)' autofocus='",
    "end of our elements": "</mark></blockquote></li></ol></div><h1>Ours</h1>",
    "comment": "<!-- --><b>bold</b><!--",
    "section": "<![CDATA[<b>bold</b>]]>",
    "processing instruction": "<?php echo 1 ?>",
    "style": "<style>*{display:none}</style>",
    "textarea": "</textarea></title><b>bold</b>",
    "unclosed": "<b",
    "entities": "&lt;b&gt; &amp;amp; &#60;b&#62; &nbsp; &copy",
    "half entity": "&#x3c;script&#x3e",
    "template of a page": "{{value}} {% raw %} {{constructor.constructor('alert(1)')()}}",
    "template of a script": "${value} `${alert(1)}` <%= 1 %>",
    "Markdown": "# Head **bold** [x](javascript:alert(1)) ![x](x) `code` | a | b |",
    "mathematics": "$$x^2$$ \\(y\\) \\[z\\]",
    "javascript address": "javascript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "right to left": "\u202egnorw\u202c \u2066x\u2069 \u200fעברית\u200e",
    "invisible": "a\u200bb\u00adc\ufeffd\u2028e",
    "controls": "\x1b[31m\x07\x08",
    "backslashes": "\\x3cscript\\x3e \\u003c",
    "UTF-7": "+ADw-script+AD4-",
    "pictures": "🛶 <3 >:-( ∀x≤y & z",
}
HARMLESS = "harmless words"
ELEMENTS = {
    "div", "p", "ol", "li", "blockquote", "mark", "a", "span", "details", "summary", "button",
}  # fmt: skip
ATTRIBUTES = {
    "a": ("href", "target", "rel"), "button": ("type", "aria-expanded"), "div": ("hidden",),
}  # fmt: skip


@dataclass
class Page(HTMLParser):
    """What a browser makes of some HTML: elements with attributes, and the text that is shown, by
    element."""

    html: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    passages: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._hidden = 0  # how many elements were open where a hidden one began
        self.feed(self.html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if "hidden" in dict(attrs):
            self._hidden = len(self._open)
        self.elements.append((tag, dict(attrs)))
        if tag == "blockquote":
            self.passages.append("")
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) == self._hidden:
            self._hidden = 0
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data
        if "blockquote" in self._open:
            self.passages[-1] += data
        if "mark" in self._open:
            self.marked[-1] += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elements in order with the names of their attributes."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.elements if tag == "a"]


def answer_with(words: str) -> Answer:
    """An answer that has `words` in every place where data of others can stand."""
    first, second = f"First {words} ends.", f"Second {words} ends."
    address = f"https://evil.example/{words}"
    article = article_of(
        f"{first} {second}",
        Metadata(
            title=words, publisher=words, author=words, published="2018", url=address,
            published_evidence=f"dateline: {words}",
        ),
        article_id=words,
    )  # fmt: skip
    brief = article_of(
        f"{first} {second}",
        Metadata(
            title=words,
            publisher=words,
            kind="brief",
            url=words,
            original=Original(words, words, words, "2018", address),
        ),
        article_id=f"brief/{words}",
    )
    unlinked = Metadata(kind="brief", original=Original(title=words, url=words))
    return answer_of(
        citation_of(passage_in(article, first, second), elsewhere=(words, f"b {words}")),
        citation_of(passage_in(brief, first, second), number=2, support="related"),
        citation_of(passage_in(article_of(first, unlinked), first), number=3, highlights=()),
        question=words,
        absent=(words,),
    )


def require_ours(html: str) -> Page:
    """Only our elements and attributes, and no link but to a source or the web."""
    page = Page(html)
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    for tag, attributes in page.elements:
        assert set(attributes) <= {"class", *ATTRIBUTES.get(tag, ())}
    assert page.other == []
    for link in page.links:
        assert link.startswith("#source/") or urlsplit(link).scheme in ("http", "https")
    return page


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(words: str) -> None:
    """Whatever stands in title, publisher, text, id, address, original or question, the elements
    and attributes are those of a harmless answer, and the words are shown as text."""
    answer = answer_with(words)
    page = require_ours(answer_html(answer))
    assert page.shape == Page(answer_html(answer_with(HARMLESS))).shape
    assert page.passages == [citation.passage.text for citation in answer.citations]
    assert page.marked == [f"First {words} ends."] * 2
    assert page.text.count(words) == Page(answer_html(answer_with(HARMLESS))).text.count(HARMLESS)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_attributes_hold_their_values_exactly(words: str) -> None:
    """A link's address is the permalink or the address that the source states, quotes and all."""
    answer = answer_with(words)
    article, brief, unlinked = (citation.article for citation in answer.citations)
    assert Page(answer_html(answer)).links == [
        permalink(article, answer.citations[0].passage.span),
        text_fragment(f"https://evil.example/{words}", f"First {words} ends."),
        permalink(brief, answer.citations[1].passage.span),
        f"https://evil.example/{words}",
        permalink(unlinked, answer.citations[2].passage.span),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "//evil.example", "evil.example", "http://[", "",
    ],
)  # fmt: skip
def test_only_addresses_on_the_web_are_linked(url: str) -> None:
    """An address that is none is no link, and costs neither the answer nor the passage."""
    words = "The ferry sank."
    for metadata in (
        Metadata(title="Ferry", url=url),
        Metadata(title="Ferry", kind="brief", original=Original(title="Original", url=url)),
    ):
        page = require_ours(
            answer_html(answer_of(citation_of(passage_in(article_of(words, metadata), words))))
        )
        assert page.passages == [words]
        assert [link[:8] for link in page.links] == ["#source/"]


# What HTML's parsers do with a form feed or a null between the tags is theirs to know.
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)


@given(TEXT)
def test_any_passage_is_shown_exactly(words: str) -> None:
    """For any text the passage in the page is the passage in the article."""
    sentence = f"“{words}”"
    page = require_ours(
        answer_html(answer_of(citation_of(passage_in(article_of(sentence), sentence))))
    )
    assert page.passages == [sentence]
    assert page.marked == [sentence]


def test_highlights_are_marked() -> None:
    """Each highlighted sentence is one mark inside the passage, white space kept, with newlines
    and tabs written so that gradio cannot rearrange them."""
    article = article_of("Rain fell.\n\nThe ferry sank.  Night came. All were saved.")
    passage = passage_in(article, "Rain fell.", "The ferry sank.", "Night came.", "All were saved.")
    highlights = (passage.sentences[1], passage.sentences[3])
    html = answer_html(answer_of(citation_of(passage, highlights=highlights)))
    assert (
        '<blockquote class="passage">Rain fell.&#10;&#10;<mark>The ferry sank.</mark>  Night came. '
        "<mark>All were saved.</mark></blockquote>"
    ) in html


def test_a_citation_names_its_source_and_place() -> None:
    """Number, title, publisher and date, level, place and scores stand beside the passage."""
    passage = passage_in(article_of("The ferry sank.", ARTICLE), "The ferry sank.")
    scores = Scores(lexical=None, dense=0.5, late=None, fused=1.0)
    answer = answer_of(citation_of(passage, number=4, elsewhere=("wire/1", "b"), scores=scores))
    page = Page(answer_html(answer))
    text = page.text
    assert "4 Ferry aground" in text
    assert source_line(ARTICLE) in text
    assert "likely answer" in text
    assert "characters 12 to 27 of news/ferry" in text
    assert "not among the best by words; meaning 0.50 (cosine); together 1.00" in text
    assert "The same words, or nearly the same, also stand in: wire/1, b" in text
    assert page.links == [
        f"#source/news%2Fferry@{passage.article.sha256}/12-27",
        "https://herald.example/ferry#:~:text=The%20ferry%20sank",
    ]  # fmt: skip


def test_many_other_places_are_folded_up() -> None:
    """Twelve are shown, the others on demand; the earliest copy is named, and all is escaped."""
    passage = passage_in(article_of("The ferry sank.", ARTICLE), "The ferry sank.")
    ids = tuple(f"a<{number:02}" for number in range(14))
    cluster = Cluster("a<00", Metadata(title="Lost <b>", publisher="Wire", published="2018"), 15)
    html = answer_html(answer_of(citation_of(passage, elsewhere=ids, cluster=cluster)))
    shown = ", ".join(ids[:12]).replace("<", "&lt;")
    assert f"also stand in: {shown}; earliest: Lost &lt;b&gt;, Wire, 2018</p>" in html
    assert "<summary>and 2 more articles</summary><p>a&lt;12, a&lt;13</p></details>" in html
    assert "1 passage from 15 articles, 1 distinct text." in html


def test_links_leave_the_page_safely() -> None:
    """A link to the web opens beside the page and tells the other site nothing."""
    passage = passage_in(article_of("The ferry sank.", ARTICLE), "The ferry sank.")
    [attributes] = [
        attributes
        for tag, attributes in Page(answer_html(answer_of(citation_of(passage)))).elements
        if tag == "a" and (attributes["href"] or "").startswith("http")
    ]
    assert attributes["target"] == "_blank"
    assert attributes["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    ("metadata", "shown", "link"),
    [
        (BRIEF, "Brief by this project about: Our advice to spotters",
         "https://board.example/advice"),
        (Metadata(kind="brief", url="https://record.example/brief"),
         "Brief by this project about: an untitled original", None),
        (Metadata(kind="brief", original=Original(url="https://board.example/advice")),
         "Brief by this project about: an untitled original", "https://board.example/advice"),
    ],
    ids=["brief", "no original", "untitled original"],
)  # fmt: skip
def test_a_brief_is_shown_as_one(metadata: Metadata, shown: str, link: str | None) -> None:
    """A brief says whose it is and about what, and links the original and not itself."""
    passage = passage_in(article_of("Advice stays.", metadata), "Advice stays.")
    page = Page(answer_html(answer_of(citation_of(passage))))
    assert shown in page.text
    assert page.links[1:] == ([link] if link else [])


def test_an_article_is_not_called_a_brief() -> None:
    """Only what this project wrote is marked as its own."""
    passage = passage_in(article_of("The ferry sank.", ARTICLE), "The ferry sank.")
    assert "Brief by this project" not in answer_html(answer_of(citation_of(passage)))


def test_no_answer_by_value() -> None:
    """Where nothing answers there is a verdict and what was searched, and no list."""
    assert answer_html(answer_of(absent=("zeppelin",))) == (
        '<div class="answer none"><p class="verdict">Nothing in this collection answers that.</p>'
        '<p class="scope">Searched 30 articles, April 2018 to 3 February 2020. '
        "The word “zeppelin” occurs nowhere in the collection.</p></div>"
    )


def test_the_verdict_says_how_good_the_answer_is() -> None:
    """Strong and related answers open with different words."""
    passage = passage_in(article_of("The ferry sank."), "The ferry sank.")
    strong = Page(answer_html(answer_of(citation_of(passage)))).text
    related = Page(answer_html(answer_of(citation_of(passage, support="related")))).text
    assert strong.startswith("Likely answer: 1 passage from 1 article.")
    assert related.startswith("On this subject, but perhaps no answer: 1 passage from 1 article.")


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ((30, "2017-04-24", "2024-07"), "30 articles, 24 April 2017 to July 2024"),
        ((1, None, None), "1 article"),
    ],
    ids=["dated", "undated"],
)
def test_what_is_said_of_the_collection(
    facts: tuple[int, str | None, str | None], line: str
) -> None:
    """The head of the page says what is in the collection and what is promised."""
    page = Page(about_html(*facts))
    assert page.text.startswith(f"{line}Quoted word for word")
    assert page.text.endswith("it does not say whether they are true.")


def test_a_highlight_cannot_reach_out_of_its_passage() -> None:
    """What would be marked beyond the quoted words cannot even be made."""
    passage = passage_in(article_of("The ferry sank."), "The ferry sank.")
    with pytest.raises(ValueError, match="outside passage"):
        citation_of(passage, highlights=(Span(0, 20),))


def test_an_answer_says_what_was_taken_over_and_offers_to_undo_it() -> None:
    """What was searched for, escaped, where it came from, and a button; without citations too."""
    said = (
        '<p class="followed"><span class="searched-for">Searched for: And &lt;b&gt;? — fines, '
        "&lt;i&gt;</span> <span>Added from your earlier questions: fines, &lt;i&gt;.</span> "
        '<button type="button" class="undo">Search without them</button></p>'
    )
    citation = citation_of(passage_in(article_of("A ferry sank."), "A ferry sank."))
    for citations in ((), (citation,)):
        answer = answer_of(*citations, question="And <b>?", taken_over=("fines", "<i>"))
        assert said in answer_html(answer)


def test_an_answer_says_what_was_left_out_and_offers_to_search_as_asked() -> None:
    """With one button, also where something was taken over."""
    button = '<button type="button" class="undo">Search as asked</button></p>'
    html = answer_html(answer_of(question="… it?", taken_over=("<i>",), left_out=("Is", "<b>")))
    assert (
        "<span>Added from your earlier questions: &lt;i&gt;.</span> <span>Left out, to search for "
        f"both sides: “Is”, “&lt;b&gt;”.</span> {button}"
    ) in html
    assert html.count("<button") == 1


def test_an_undone_answer_says_what_was_searched_for() -> None:
    """Asked again alone, there is nothing to undo."""
    html = answer_html(answer_of(question="And why?"), alone=True)
    assert '<span class="searched-for">Searched for: And why?</span></p>' in html
    assert "button" not in html


def test_other_answers_say_nothing_of_it() -> None:
    """A question that took nothing over was searched for as it stands above the answer."""
    assert "followed" not in answer_html(answer_of())
