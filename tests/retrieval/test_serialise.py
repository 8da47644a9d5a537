"""The canonical JSON of an answer, and reading it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, Original, Passage, Span
from index import SearchIndex
from retrieval import (
    Answer,
    Citation,
    Cluster,
    Elsewhere,
    IndexState,
    Scope,
    Scores,
    UnreadableAnswer,
    answer_as_json,
    article_as_json,
    ask,
    exported_answers,
    exported_citations,
)
from tests.hash_encoder import HashEncoder

TEXT = "🛶🛶 Headline\n\nThe ferry sank. 𝔑obody was hurt.\n"
ARTICLE = Article(
    "news/ferry",
    TEXT,
    Metadata(
        title="Ferry “sinks”",
        publisher="Skerry Herald",
        author="Ines Marl",
        published="2018-04",
        published_evidence="metadata",
        url="https://herald.example/ferry",
    ),
)
BRIEF = Article(
    "board",
    "Advice has not changed.",
    Metadata(
        title="Advice unchanged",
        publisher="On the Record (brief)",
        kind="brief",
        original=Original(
            title="Our advice",
            publisher="Wardens Board",
            published="2019-05-02",
            url="https://board.example/advice",
        ),
    ),
)
ANSWER = Answer(
    question="Who was hurt?\n",
    searched_for="Who was hurt?",
    taken_over=("ferry",),
    support="strong",
    citations=(
        Citation(
            number=1,
            passage=Passage(ARTICLE, (Span(13, 28), Span(29, 45))),
            support="strong",
            highlights=(Span(29, 45),),
            elsewhere=(Elsewhere("wire/ferry", ARTICLE.sha256, Span(13, 45)),),
            scores=Scores(lexical=2.5, dense=0.75, late=0.5, fused=1.25),
            cluster=Cluster("wire/ferry", Metadata(), 3),
        ),
        Citation(
            number=2,
            passage=Passage(BRIEF, (Span(0, 23),)),
            support="related",
            highlights=(),
            elsewhere=(),
            scores=Scores(lexical=None, dense=None, late=None, fused=0.0),
        ),
    ),
    scope=Scope(30, 120, "2017", "2019-05-02", ("zeppelin",)),
    index=IndexState("20200101T000000.000000Z", "2020-01-01T00:00:00+00:00", {"lexical": 1.0}),
    speaker="Ann Lee",
    left_out=("Why should",),
)
EXPORTED = {
    "format": 1,
    "question": "Who was hurt?\n",
    "searched_for": "Who was hurt?",
    "taken_over": ["ferry"],
    "speaker": "Ann Lee",
    "left_out": ["Why should"],
    "support": "strong",
    "citations": [
        {
            "number": 1,
            "passage_id": f"{ARTICLE.sha256}:13-45",
            "text": "The ferry sank. 𝔑obody was hurt.",
            "start": 13,
            "end": 45,
            "page": None,
            "support": "strong",
            "highlights": [[29, 45]],
            "article": {
                "article_id": "news/ferry",
                "sha256": ARTICLE.sha256,
                "kind": "article",
                "title": "Ferry “sinks”",
                "publisher": "Skerry Herald",
                "author": "Ines Marl",
                "published": "2018-04",
                "url": "https://herald.example/ferry",
                "original": None,
                "cluster": {"earliest": "wire/ferry", "articles": 3},
            },
            "quotations": [],
            "cautions": [],
            "also_in": [
                {"article_id": "wire/ferry", "sha256": ARTICLE.sha256, "start": 13, "end": 45}
            ],
            "scores": {"lexical": 2.5, "dense": 0.75, "late": 0.5, "fused": 1.25},
        },
        {
            "number": 2,
            "passage_id": f"{BRIEF.sha256}:0-23",
            "text": "Advice has not changed.",
            "start": 0,
            "end": 23,
            "page": None,
            "support": "related",
            "highlights": [],
            "article": {
                "article_id": "board",
                "sha256": BRIEF.sha256,
                "kind": "brief",
                "title": "Advice unchanged",
                "publisher": "On the Record (brief)",
                "author": None,
                "published": None,
                "url": None,
                "original": {
                    "title": "Our advice",
                    "publisher": "Wardens Board",
                    "author": None,
                    "published": "2019-05-02",
                    "url": "https://board.example/advice",
                },
                "cluster": None,
            },
            "quotations": [],
            "cautions": [],
            "also_in": [],
            "scores": {"lexical": None, "dense": None, "late": None, "fused": 0.0},
        },
    ],
    "scope": {
        "articles": 30,
        "passages": 120,
        "from": "2017",
        "to": "2019-05-02",
        "absent_terms": ["zeppelin"],
    },
    "index": {
        "generation": "20200101T000000.000000Z",
        "built": "2020-01-01T00:00:00+00:00",
        "parts": {"lexical": 1.0},
        "vectors": "ready",
    },
}


def test_an_answer_by_value() -> None:
    """The canonical JSON has exactly the keys of its contract, with these values."""
    assert json.loads(json.dumps(answer_as_json(ANSWER))) == EXPORTED


def test_an_answer_of_the_index_has_the_same_keys(town: SearchIndex) -> None:
    """What asking gives is written in the same form, every part of the index included."""

    def shape(value: Any) -> Any:
        if type(value) is not dict:
            return ...
        return {key: shape(inner) for key, inner in value.items()} | (
            {"cluster": ...} if "cluster" in value else {}  # null for most articles
        )

    answer = answer_as_json(ask("Who closes the library?", town, HashEncoder()))
    parts = {"lexical": ..., "dense": ..., "late": ...}
    assert shape(answer) == shape(EXPORTED) | {
        "index": {"generation": ..., "built": ..., "parts": parts, "vectors": ...}
    }
    assert shape(answer["citations"][0]) == shape(EXPORTED["citations"][0])


def test_offsets_are_absolute_code_points(town: SearchIndex) -> None:
    """Offsets count in the article's text, and characters outside the basic plane count one."""
    citation = answer_as_json(ask("Engineer Ada Brook", town, None))["citations"][0]
    text = town.article("barrier").text
    assert text.startswith("🛶🛶 The flood barrier")
    assert citation["text"] == text[citation["start"] : citation["end"]]
    assert [text[start:end] for start, end in citation["highlights"]] == [
        "Engineer Ada Brook called it “a wall of wishes”."
    ]


def test_an_article_as_json_has_no_text() -> None:
    """Identity and source are exported, the text only where it is cited."""
    exported = EXPORTED["citations"][0]["article"]
    assert article_as_json(ARTICLE) | {"cluster": exported["cluster"]} == exported


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "indented"])
@pytest.mark.parametrize("ensure_ascii", [True, False], ids=["escaped", "UTF-8"])
def test_citations_survive_a_round_trip(indent: int | None, ensure_ascii: bool) -> None:
    """What was exported is read back, however the JSON is written."""
    exported = json.dumps(answer_as_json(ANSWER), indent=indent, ensure_ascii=ensure_ascii)
    first, second = exported_citations(exported)
    assert (first.number, first.text, first.span, first.highlights) == (
        1, "The ferry sank. 𝔑obody was hurt.", Span(13, 45), (Span(29, 45),),
    )  # fmt: skip
    assert (first.article_id, first.sha256) == ("news/ferry", ARTICLE.sha256)
    assert first.article == article_as_json(ARTICLE) | {
        "cluster": {"earliest": "wire/ferry", "articles": 3}
    }
    assert (second.number, second.text, second.highlights) == (2, "Advice has not changed.", ())
    assert second.article == article_as_json(BRIEF) | {"cluster": None}


def test_an_answer_without_citations_is_read_as_none() -> None:
    """Support none is an answer like another, with nothing to verify."""
    assert exported_citations('{"format": 1, "support": "none", "citations": []}') == ()
    with pytest.raises(UnreadableAnswer, match="says 'strong' with 0 citations"):
        exported_citations('{"format": 1, "support": "strong", "citations": []}')


def altered(change: Callable[[dict[str, Any]], object]) -> str:
    """The exported answer after a change to it."""
    answer = json.loads(json.dumps(EXPORTED))
    change(answer)
    return json.dumps(answer)


def test_unknown_keys_are_ignored() -> None:
    """What a later version adds does not keep this one from reading."""
    later = altered(
        lambda answer: (
            answer.update(mood="calm"),
            answer["citations"][0].update(colour=[1]),
            answer["citations"][0]["article"].update(section="Harbour"),
        )
    )
    plain = exported_citations(json.dumps(EXPORTED))
    assert [(c.number, c.text, c.span) for c in exported_citations(later)] == [
        (c.number, c.text, c.span) for c in plain
    ]


def first(answer: dict[str, Any]) -> dict[str, Any]:
    citation: dict[str, Any] = answer["citations"][0]
    return citation


MALFORMED = {
    "empty": "",
    "no JSON": "The ferry sank.",
    "cut off": json.dumps(EXPORTED)[:-20],
    "two values": "{} {}",
    "a number": "1",
    "a text": '"format"',
    "null": "null",
    "a list": json.dumps([EXPORTED]),
    "an empty object": "{}",
    "nested too deeply": "[" * 100_000,
    "a number too long": '{"format": ' + "9" * 5000 + "}",
    "no format": altered(lambda answer: answer.pop("format")),
    "a format in words": altered(lambda answer: answer.update(format="1")),
    "a format of truth": altered(lambda answer: answer.update(format=True)),
    "a format with a fraction": altered(lambda answer: answer.update(format=1.0)),
    "no citations": altered(lambda answer: answer.pop("citations")),
    "citations null": altered(lambda answer: answer.update(citations=None)),
    "citations an object": altered(lambda answer: answer.update(citations={})),
    "citations a text": altered(lambda answer: answer.update(citations="")),
    "a citation of text": altered(lambda answer: answer["citations"].append("text")),
    "a citation null": altered(lambda answer: answer["citations"].append(None)),
    "a citation of lists": altered(lambda answer: answer["citations"].append([[]])),
    **{
        f"no {key}": altered(lambda answer, key=key: first(answer).pop(key))
        for key in ("number", "text", "start", "end", "highlights", "article")
    },
    "a number in words": altered(lambda answer: first(answer).update(number="1")),
    "a number with a fraction": altered(lambda answer: first(answer).update(number=1.5)),
    "an infinite number": altered(lambda answer: first(answer).update(number=float("inf"))),
    "no number at all": altered(lambda answer: first(answer).update(number=float("nan"))),
    "a number of truth": altered(lambda answer: first(answer).update(number=True)),
    "text null": altered(lambda answer: first(answer).update(text=None)),
    "text a number": altered(lambda answer: first(answer).update(text=46)),
    "text half a surrogate pair": altered(lambda answer: first(answer).update(text="\ud83d")),
    "start in words": altered(lambda answer: first(answer).update(start="13")),
    "start with a fraction": altered(lambda answer: first(answer).update(start=13.0)),
    "start of truth": altered(lambda answer: first(answer).update(start=True)),
    "start null": altered(lambda answer: first(answer).update(start=None)),
    "start negative": altered(lambda answer: first(answer).update(start=-1)),
    "end before start": altered(lambda answer: first(answer).update(end=12)),
    "end at start": altered(lambda answer: first(answer).update(end=13)),
    "end infinite": altered(lambda answer: first(answer).update(end=float("inf"))),
    "highlights null": altered(lambda answer: first(answer).update(highlights=None)),
    "highlights an object": altered(lambda answer: first(answer).update(highlights={})),
    "highlights a text": altered(lambda answer: first(answer).update(highlights="")),
    "a highlight of one": altered(lambda answer: first(answer).update(highlights=[[13]])),
    "a highlight of three": altered(lambda answer: first(answer).update(highlights=[[13, 28, 1]])),
    "a highlight of words": altered(lambda answer: first(answer).update(highlights=["ab"])),
    "a highlight backwards": altered(lambda answer: first(answer).update(highlights=[[28, 13]])),
    "article null": altered(lambda answer: first(answer).update(article=None)),
    "article a text": altered(lambda answer: first(answer).update(article="ferry")),
    "article a list": altered(lambda answer: first(answer).update(article=["article_id"])),
    "no article_id": altered(lambda answer: first(answer)["article"].pop("article_id")),
    "no sha256": altered(lambda answer: first(answer)["article"].pop("sha256")),
    "article_id a number": altered(lambda answer: first(answer)["article"].update(article_id=7)),
    "page a text": altered(lambda answer: first(answer).update(page="3")),
    "page a fraction": altered(lambda answer: first(answer).update(page=3.0)),
    "sha256 null": altered(lambda answer: first(answer)["article"].update(sha256=None)),
    "article_id half a surrogate pair": altered(
        lambda answer: first(answer)["article"].update(article_id="\ud83d")
    ),
    "sha256 half a surrogate pair": altered(
        lambda answer: first(answer)["article"].update(sha256="\ud83d")
    ),
}


def test_the_page_is_where_the_words_begin() -> None:
    """A passage that runs over the end of a page has the first page's number."""
    text = "Minutes.\n\f\nThe wardens \fmet. They left.\n\f\n"
    article = Article("minutes", text)
    cited = []
    for words in ("Minutes.", "The wardens \fmet.", "They left."):
        span = Span(text.index(words), text.index(words) + len(words))
        passage = Passage(article, (span,))
        cited.append(replace(ANSWER.citations[0], passage=passage, highlights=()))
    exported = answer_as_json(replace(ANSWER, citations=tuple(cited)))
    pages = [citation["page"] for citation in exported["citations"]]
    assert pages == [1, 2, 3]


@pytest.mark.parametrize("exported", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_no_exported_answer_is_refused(exported: str) -> None:
    """A file that is no answer of this program is refused whole, and the message says what one
    is."""
    with pytest.raises(UnreadableAnswer, match="no answer exported by `onrecord ask --json`"):
        exported_citations(exported)


def test_a_later_format_is_refused() -> None:
    """An answer of a later version is not half understood but refused with both formats."""
    with pytest.raises(UnreadableAnswer) as refused:
        exported_citations(altered(lambda answer: answer.update(format=2)))
    assert str(refused.value) == (
        "The answer has format 2; this program reads formats up to 1. Update the program."
    )


NOTHING_FOUND = {"format": 1, "question": "Which zeppelin?", "support": "none", "citations": []}


def test_a_conversation_is_read_answer_by_answer() -> None:
    """In the order of the questions, each with its citations; an answer alone is read the same."""
    answers = exported_answers(json.dumps({"format": 1, "answers": [EXPORTED, NOTHING_FOUND]}))
    assert [(each.question, [c.number for c in each.citations]) for each in answers] == [
        ("Who was hurt?\n", [1, 2]),
        ("Which zeppelin?", []),
    ]
    assert exported_answers(json.dumps(EXPORTED)) == answers[:1]
    assert answers[0].citations == exported_citations(json.dumps(EXPORTED))


def test_an_answer_without_its_question_is_still_read() -> None:
    """Nothing that is checked depends on it."""
    exported = altered(lambda answer: answer.pop("question"))
    assert [answer.question for answer in exported_answers(exported)] == [""]


NO_CONVERSATION = {
    "no answers": {"format": 1},
    "no answer at all": {"format": 1, "answers": []},
    "answers an object": {"format": 1, "answers": {}},
    "no format": {"answers": [EXPORTED]},
    "an answer of text": {"format": 1, "answers": ["The ferry sank."]},
    "an answer null": {"format": 1, "answers": [EXPORTED, None]},
    "an answer without citations": {"format": 1, "answers": [EXPORTED, {"format": 1}]},
    "an answer without format": {"format": 1, "answers": [EXPORTED, {"citations": []}]},
    "a question of numbers": {"format": 1, "answers": [NOTHING_FOUND | {"question": 1}]},
    "a question of half a pair": {"format": 1, "answers": [NOTHING_FOUND | {"question": "\ud83d"}]},
    "a conversation inside": {"format": 1, "answers": [{"format": 1, "answers": [EXPORTED]}]},
    "a list": [EXPORTED],
}


@pytest.mark.parametrize("exported", NO_CONVERSATION.values(), ids=NO_CONVERSATION.keys())
def test_what_is_no_exported_conversation_is_refused(exported: object) -> None:
    """Whole, with a sentence that says what would be read: one bad answer among good ones too."""
    with pytest.raises(UnreadableAnswer, match="and no conversation exported as JSON: "):
        exported_answers(json.dumps(exported))


@pytest.mark.parametrize(
    "exported",
    [{"format": 2, "answers": []}, {"format": 1, "answers": [EXPORTED | {"format": 2}]}],
    ids=["of the conversation", "of an answer in it"],
)
def test_a_conversation_of_a_later_format_is_refused(exported: object) -> None:
    """It is not half understood."""
    with pytest.raises(UnreadableAnswer, match=r"The answer has format 2; .* Update the program"):
        exported_answers(json.dumps(exported))


def test_a_conversation_is_no_answer() -> None:
    """Where one answer is read, several are refused."""
    with pytest.raises(UnreadableAnswer, match="no answer exported by `onrecord ask --json`: it "):
        exported_citations(json.dumps({"format": 1, "answers": [EXPORTED]}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(key=st.sampled_from(sorted(EXPORTED["citations"][0])), value=JSON)
def test_any_value_in_any_place_is_read_or_refused(key: str, value: Any) -> None:
    """No JSON value anywhere in a citation makes reading fail in another way."""
    try:
        read = exported_citations(altered(lambda answer: first(answer).update({key: value})))
    except UnreadableAnswer:
        return
    assert [citation.number for citation in read[1:]] == [2]
