"""What fails tells a client a sentence and the log a place, and neither what was asked."""

from __future__ import annotations

import logging

import pytest
from starlette.types import Receive, Scope, Send

from index import SearchIndex
from interface.api import routes
from interface.live import LiveIndex
from interface.server.guards import FailuresInWords
from tests.web.asking import reply_of, scope_of
from tests.web.conftest import Served, running
from tests.web.http import request

WENT_WRONG = "Something went wrong here, and the log of the server says what. Try again."
DAMAGED = "The index is damaged, so nothing can be quoted from it."


def test_a_failure_that_nobody_foresaw(
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """500 and a sentence with all headers; the log has the kind and the line, not the message,
    which may hold a question."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise KeyError("secret question")

    monkeypatch.setattr(routes, "mentions", fail)
    reply = request(f"{served.address}api/find", "POST", {"terms": "secret question"})
    assert (reply.status, reply.detail) == (500, WENT_WRONG)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "A request failed: KeyError in test_failures.py, line " in caplog.text
    assert "secret" not in caplog.text + "".join(capfd.readouterr())


def test_a_failure_within_an_answer_ends_it(caplog: pytest.LogCaptureFixture) -> None:
    """What has begun cannot become an error any more; it is told in the log."""

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise ValueError("secret")

    reply = reply_of(FailuresInWords(fail), scope_of())
    assert (reply.status, reply.body) == (200, b"half")
    assert "A request failed: ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_a_damaged_index_is_told_without_its_path(
    damaged_index: SearchIndex, caplog: pytest.LogCaptureFixture
) -> None:
    """503 and fixed words from every route; what is wrong where goes to the log."""
    with running(LiveIndex(damaged_index, None)) as address:
        for path, body in (
            ("api/ask", {"question": "When does the pier open?"}),
            ("api/find", {"terms": "pier"}),
            ("api/check", {"text": "The pier opens on Friday."}),
            ("api/articles/pier", None),
            ("page/answer", {"question": "When does the pier open?"}),
        ):
            caplog.clear()
            reply = request(address + path, "POST" if body else "GET", body)
            assert (reply.status, reply.detail) == (503, DAMAGED)
            assert "articles.db holds an altered text" in caplog.text


SECRET = "ein geheimes Wort"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("api/ask", {"question": SECRET}), ("api/ask", {"question": SECRET, "limit": 0}),
        ("api/ask", {"question": SECRET * 500}), ("api/ask", {SECRET: 1}),
        ("api/ask", {"question": SECRET, "speaker": SECRET}),
        ("api/ask", {"question": SECRET, "from": SECRET}), ("api/ask", [SECRET]),
        ("api/ask", SECRET.encode()), ("api/find", {"terms": SECRET, "page": 9}),
        ("api/find", {"terms": [SECRET]}), ("api/check", {"text": SECRET}),
        ("api/check", {"text": SECRET, "draft": SECRET}), (f"api/{SECRET.split()[1]}", {}),
        ("page/answer", {"question": SECRET, "order": SECRET}),
        ("page/voices", {"subject": [SECRET]}),
        ("page/print", SECRET.encode()), ("gradio_api/call/ask", {"data": [[SECRET]]}),
    ],
    ids=range(17),
)  # fmt: skip
def test_no_question_reaches_a_log(
    served: Served,
    path: str,
    body: object,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Answered or refused, understood or not: neither log nor output has a word of it."""
    with caplog.at_level(logging.INFO):
        request(served.address + path, "POST", body)
    assert "geheimes" not in caplog.text + "".join(capfd.readouterr())
