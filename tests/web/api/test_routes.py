"""The routes for programs answer what the command line prints with `--json`."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import click.testing
import pytest

from index import Filter
from interface.commands import command_line
from retrieval import (
    answer_as_json,
    ask,
    check_as_json,
    check_text,
    find_mentions,
    mentions_as_json,
)
from tests.web.conftest import Served
from tests.web.http import request

QUESTION = "Engineers found how many cracks in the northern arch?"


def posted(served: Served, path: str, **body: Any) -> Any:
    reply = request(served.address + path, "POST", body)
    assert reply.status == 200, reply.body
    assert reply.headers["content-type"] == "application/json"
    return json.loads(reply.body)


def printed(served: Served, *arguments: str) -> Any:
    """What the command line prints with --json."""
    outcome = click.testing.CliRunner().invoke(
        command_line, ["--index", str(served.index.index), *arguments, "--json"]
    )
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


def test_an_answer_is_the_one_of_the_command_line(served: Served) -> None:
    """With no more than a question."""
    answer = posted(served, "api/ask", question=QUESTION)
    assert answer == answer_as_json(ask(QUESTION, served.index, served.encoder))
    assert answer["citations"][0]["article"]["article_id"] == "bridge"


@pytest.mark.parametrize(
    ("fields", "options"),
    [
        ({"limit": 1}, {"limit": 1}),
        ({"order": "newest", "limit": 9}, {"order": "newest", "limit": 9}),
        ({"order": "oldest", "limit": 9}, {"order": "oldest", "limit": 9}),
        ({"after": ["What did Mira Holt say?"]}, {"after": ["What did Mira Holt say?"]}),
        (
            {"after": ["What did Mira Holt say?"], "as_asked": True},
            {"after": ["What did Mira Holt say?"], "as_asked": True},
        ),
        ({"speaker": "Holt"}, {"chosen": Filter(speaker="Holt")}),
        ({"publisher": "Harbour Gazette"}, {"chosen": Filter(publisher="Harbour Gazette")}),
        (
            {"from": "2018-04", "to": "2020"},
            {"chosen": Filter(first_day="2018-04-01", last_day="2020-12-31")},
        ),
        ({"from": "", "publisher": None}, {}),
    ],
    ids=str,
)
def test_every_field_of_a_question_counts(
    served: Served, fields: dict[str, Any], options: dict[str, Any]
) -> None:
    """Number, order, earlier questions, and filters do what the options do; an empty filter is
    none."""
    for question in ("And the ferry?", "Who spoke of the ferry and the bridge?"):
        answer = posted(served, "api/ask", question=question, **fields)
        assert answer == answer_as_json(ask(question, served.index, served.encoder, **options))


def test_mentions_are_those_of_the_command_line(served: Served) -> None:
    """In both orders, filtered, and page by page."""
    assert posted(served, "api/find", terms="ferry") == printed(served, "find", "ferry")
    assert posted(
        served, "api/find", terms="residents bus", order="oldest", page=2, on_a_page=10
    ) == (printed(served, "find", "residents", "bus", "--oldest", "--page", "2", "-n", "10"))
    mentions = posted(served, "api/find", terms="ferry", publisher="Nobody")
    assert mentions == mentions_as_json(
        find_mentions("ferry", served.index, chosen=Filter(publisher="Nobody"))
    )
    assert mentions["sentences"] == 0


@pytest.mark.parametrize("draft", [False, True])
def test_a_check_is_the_one_of_the_command_line(served: Served, draft: bool) -> None:
    """A text without quotation marks is a quotation, and in a draft it is none."""
    for text in (
        "We cannot keep lorries on it.",
        "“We cannot keep lorries on it,” said Ada Poole.",
    ):
        checked = check_text(text, served.index, served.encoder, is_whole=not draft)
        assert posted(served, "api/check", text=text, draft=draft) == check_as_json(checked)


def test_the_list_is_that_of_the_command_line_in_pages(served: Served) -> None:
    """All pages together are the list, each article once, with its total and the generation."""
    listed = printed(served, "articles")
    whole = json.loads(request(f"{served.address}api/articles").body)
    index = {
        "generation": served.index.manifest.generation,
        "built": served.index.manifest.built,
    }
    assert whole == {"total": 4, "page": 1, "pages": 1, "articles": listed, "index": index}
    pages = [
        json.loads(request(f"{served.address}api/articles?page={page}&on_a_page=3").body)
        for page in (1, 2)
    ]
    assert [page["pages"] for page in pages] == [2, 2]
    assert [article for page in pages for article in page["articles"]] == listed
    assert [len(page["articles"]) for page in pages] == [3, 1]


@pytest.mark.parametrize("article_id", ["bridge", "hostile", "brief"])
def test_an_article_is_that_of_the_command_line(served: Served, article_id: str) -> None:
    """With its text, exactly, and what is known of it."""
    reply = request(f"{served.address}api/articles/{article_id}")
    assert json.loads(reply.body) == printed(served, "show", article_id)
    assert json.loads(reply.body)["text"] == served.index.article(article_id).text


@pytest.mark.parametrize(
    "article_id", ["none", "", "bridge/", "../bridge", "a/b/c", "bridge?", "%00", "\u202e", "'; --"]
)
def test_an_unknown_article_is_not_found(served: Served, article_id: str) -> None:
    """404 and a sentence that says where they are listed; the id is not repeated."""
    reply = request(f"{served.address}api/articles/{quote(article_id, safe='/')}")
    assert (reply.status, reply.detail) == (
        404, "There is no article with this id. GET /api/articles lists them.",
    )  # fmt: skip
