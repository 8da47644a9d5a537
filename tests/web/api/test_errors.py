"""What does not fit is refused with a sentence that names the field and never repeats what was
sent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Served
from tests.web.http import request

NO_OBJECT = "The body must be one JSON object, sent as application/json."
UNKNOWN = "There is a field that is not known here. The fields are listed at /api."


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("ask", {}, "“question” is missing."),
        ("ask", {"question": ""}, "“question” is empty."),
        ("ask", {"question": 3}, "“question” must be text."),
        ("ask", {"question": None}, "“question” must be text."),
        ("ask", {"question": "x" * 2001}, "“question” is longer than 2,000 characters."),
        ("ask", {"question": "x", "limit": 0}, "“limit” must be at least 1."),
        ("ask", {"question": "x", "limit": 51}, "“limit” must be at most 50."),
        ("ask", {"question": "x", "limit": 10**40}, "“limit” must be at most 50."),
        ("ask", {"question": "x", "limit": "many"}, "“limit” must be a whole number."),
        ("ask", {"question": "x", "limit": 1.5}, "“limit” must be a whole number."),
        ("ask", {"question": "x", "order": "best"},
         "“order” must be 'relevance', 'newest' or 'oldest'."),
        ("ask", {"question": "x", "after": "y"}, "“after” must be a list."),
        ("ask", {"question": "x", "after": ["y"] * 11}, "“after” has more than 10 items."),
        ("ask", {"question": "x", "after": ["y", 2]}, "“after”, item 2, must be text."),
        ("ask", {"question": "x", "after": ["y" * 2001]},
         "“after”, item 1, is longer than 2,000 characters."),
        ("ask", {"question": "x", "as_asked": "perhaps"}, "“as_asked” must be true or false."),
        ("ask", {"question": "x", "secret": 1}, UNKNOWN),
        ("ask", {"question": "x", "from": 2018}, "“from” must be text."),
        ("ask", {"question": "x", "publisher": "y" * 201},
         "“publisher” is longer than 200 characters."),
        ("ask", ["x"], NO_OBJECT),
        ("ask", b"{bad", NO_OBJECT),
        ("ask", b"", NO_OBJECT),
        ("ask", b'{"question": "\\ud800"}',
         "“question” has half a character in it (a lone surrogate)."),
        ("ask", {"question": "?"}, "There is no question. Ask in a few words or a sentence."),
        ("ask", {"question": "x", "speaker": "Nobody Known"},
         "Nobody of this name speaks in the collection."),
        ("ask", {"question": "x", "from": "2019", "to": "2018"},
         "“from” 2019 is later than “to” 2018. Exchange them."),
        ("find", {"terms": "ferry", "page": 0}, "“page” must be at least 1."),
        ("find", {"terms": "ferry", "page": 9},
         "There is one page of these mentions, so none with the number 9."),
        ("find", {"terms": "ferry", "on_a_page": 501}, "“on_a_page” must be at most 500."),
        ("check", {"text": ""}, "“text” is empty."),
        ("check", {"text": "x" * 20_001}, "“text” is longer than 20,000 characters."),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_body_that_does_not_fit(served: Served, path: str, body: Any, sentence: str) -> None:
    """422, with what is wrong in words."""
    reply = request(f"{served.address}api/{path}", "POST", body)
    assert (reply.status, reply.detail) == (422, sentence)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("page=0", "“page” must be at least 1."),
        ("page=2", "There is no such page: the list has 1."),
        ("page=secret", "“page” must be a whole number."),
        ("on_a_page=501", "“on_a_page” must be at most 500."),
        ("secret=1", UNKNOWN),
    ],
)
def test_a_query_that_does_not_fit(served: Served, query: str, sentence: str) -> None:
    """The list has bounds, and an end."""
    reply = request(f"{served.address}api/articles?{query}")
    assert (reply.status, reply.detail) == (422, sentence)


def test_a_body_that_no_parser_reads(served: Served) -> None:
    """A hundred thousand lists in each other, a number of 5,000 digits, and what is no UTF-8 are
    refused in words."""
    for body in (b"[" * 100_000, b'{"question": "x", "limit": ' + b"9" * 5_000 + b"}", b"\xff"):
        reply = request(f"{served.address}api/ask", "POST", body)
        assert reply.status in (400, 422)
        assert reply.detail.endswith(".")


def test_a_body_of_another_kind_is_not_read(served: Served) -> None:
    """What a form of another site can send, text, is no JSON here."""
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        reply = request(
            f"{served.address}api/ask", "POST", b'{"question": "x"}', {"content-type": kind}
        )
        assert (reply.status, reply.detail) == (422, NO_OBJECT)
