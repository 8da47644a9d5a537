"""The tools for language models, asked by a real client of the protocol's official SDK."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from interface.api.requests import AskRequest, CheckRequest, FindRequest
from interface.api.tools import TOOLS
from interface.commands.serve import serve
from interface.credentials import Credentials
from interface.live import LiveIndex
from retrieval import (
    answer_as_json,
    ask,
    check_as_json,
    check_text,
    find_mentions,
    mentions_as_json,
)
from tests.web.asking import run_apart
from tests.web.conftest import Served, running
from tests.web.http import request

pytest.importorskip("mcp", reason="the extra is not installed: pip install '.[mcp]'")

QUESTION = "Why must the old bridge at Ashford close?"
DRAFT = "“We cannot keep lorries on it,” said Mira Holt."
ACCEPTS = {"accept": "application/json, text/event-stream"}
KNOWN = {"authorization": "Basic cmVhZGVyOnNlOmNyZXQ="} | ACCEPTS


@pytest.fixture(scope="module")
def address(served: Served) -> Iterator[str]:
    """Where the tools are of a server with a password below a path. Its index is that of
    `served`."""
    from interface.server import Settings

    settings = Settings(Credentials.of("reader:se:cret"), "/news", mcp=True)
    with running(LiveIndex(served.index, served.encoder), settings=settings) as root:
        yield root.replace("http://", "http://reader:se%3Acret@") + "news/mcp"


def called(address: str, name: str, arguments: dict[str, Any], mode: str = "auto") -> Any:
    from mcp.client import Client

    async def call() -> Any:
        async with Client(address, mode=mode) as client:
            return await client.call_tool(name, arguments)

    return run_apart(call())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_ask_gives_the_answer_of_the_command_line(served: Served, address: str, mode: str) -> None:
    """With this revision of the protocol and with the earlier ones that begin with a handshake:
    the object and its text are both what `onrecord ask --json` prints."""
    expected = answer_as_json(ask(QUESTION, served.index, served.encoder, limit=2))
    assert expected["citations"]
    result = called(address, "ask", {"question": QUESTION, "limit": 2}, mode)
    assert not result.is_error
    assert result.structured_content == expected
    assert [json.loads(content.text) for content in result.content] == [expected]


def test_find_and_check_give_what_the_command_line_prints(served: Served, address: str) -> None:
    """The objects are those of `onrecord find --json` and `onrecord check --json`."""
    found = called(address, "find", {"terms": "lorries", "order": "oldest", "to": "2020"})
    checked = called(address, "check", {"text": DRAFT})
    filtered = FindRequest(terms="lorries", to="2020").chosen()
    mentions = find_mentions("lorries", served.index, chosen=filtered, order="oldest")
    assert found.structured_content == mentions_as_json(mentions)
    verdicts = check_as_json(check_text(DRAFT, served.index, served.encoder))
    assert checked.structured_content == verdicts


def test_the_tools_say_what_they_return_and_that_they_only_read(address: str) -> None:
    """Each describes its limits and its arguments, with the filters by their names for programs;
    a client is told that nothing is changed and nothing outside is asked."""
    from mcp.client import Client

    async def listed() -> Any:
        async with Client(address) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = run_apart(listed())
    assert "only with passages quoted" in instructions
    assert [tool.name for tool in tools] == ["ask", "find", "check"]
    for tool, ours, model in zip(
        tools, TOOLS, (AskRequest, FindRequest, CheckRequest), strict=True
    ):
        assert tool.description == ours.description
        assert "writes nothing itself" in tool.description
        assert tool.input_schema == model.model_json_schema(by_alias=True)
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
    assert set(tools[0].input_schema["properties"]) >= {
        "question", "from", "to", "publisher", "speaker", "order", "limit", "after",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("ask", {}, "“question” is missing."),
        ("ask", {"question": "Ash" * 1_000}, "“question” is longer than 2,000 characters."),
        ("ask", {"question": "ferry", "limit": 51}, "“limit” must be at most 50."),
        ("ask", {"question": "ferry", "form": "2018"}, "There is a field that is not known here."),
        ("ask", {"question": "ferry", "from": "soon"}, "'soon' is not a date"),
        ("find", {"terms": "!"}, "no word"),
        ("check", {"text": ""}, "“text” is empty."),
        ("ask", {"question": "ferry", "speaker": "Nobody"}, "Nobody of this name speaks"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_what_cannot_be_answered_is_an_error_in_a_sentence(
    address: str, name: str, arguments: dict[str, Any], sentence: str
) -> None:
    """The model that called is told what to do next, in the sentences of the HTTP routes."""
    result = called(address, name, arguments)
    assert result.is_error
    assert result.structured_content is None
    (said,) = result.content
    assert sentence in said.text
    assert "Traceback" not in said.text


def test_an_unforeseen_error_tells_nothing_of_the_question(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the client nor the log sees its message, which may hold what was asked."""

    def fail(*_: object) -> None:
        raise KeyError(QUESTION)

    monkeypatch.setattr("interface.live.LiveIndex.reading", fail)
    with caplog.at_level(logging.DEBUG):
        result = called(address, "ask", {"question": QUESTION})
    assert result.is_error
    assert result.content[0].text.startswith("Something went wrong here")
    assert "A tool failed: KeyError in test_mcp.py" in caplog.text
    assert QUESTION not in "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("mcp.client")
    )


def test_the_tools_are_behind_the_guards_of_the_server(address: str) -> None:
    """A password is asked for here too, a page of another site is refused, and a GET, which would
    open a stream for ever, is answered with the one method that there is."""
    plain = address.replace("reader:se%3Acret@", "")
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    assert request(plain, "POST", body, ACCEPTS).status == 401
    assert request(plain, "POST", body, KNOWN).status == 200
    assert request(plain, "POST", body, KNOWN | {"origin": "https://other.example"}).status == 403
    stream = request(plain, headers=KNOWN)
    assert (stream.status, stream.headers["allow"]) == (405, "POST")


def test_an_unknown_tool_is_not_repeated(address: str) -> None:
    """The error lists the tools that there are, and does not say what was asked for."""
    plain = address.replace("reader:se%3Acret@", "")
    asked = {"name": "<script>", "arguments": {}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": asked}
    reply = json.loads(request(plain, "POST", body, KNOWN).body)
    assert reply["error"]["message"] == "There is no such tool. There are: ask, find, check."


def test_without_the_option_there_are_no_tools(served: Served) -> None:
    """`onrecord serve` alone offers none."""
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    assert request(f"{served.address}mcp", "POST", body).status == 404


def test_serve_names_the_command_that_installs_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before anything is built or opened."""
    from click.testing import CliRunner

    monkeypatch.setattr("interface.commands.serve.find_spec", lambda name: None)
    result = CliRunner().invoke(serve, ["--mcp"])
    assert result.exit_code == 2
    assert "pip install --constraint constraints.txt '.[mcp]'" in result.stderr
