"""The routes for programs describe themselves, for machines and for people."""

from __future__ import annotations

import json
import re
import shlex
from html import unescape

from interface.api.description import description_html
from tests.web.conftest import Served
from tests.web.http import request

ROUTES = [
    ("/api/ask", "post"),
    ("/api/find", "post"),
    ("/api/check", "post"),
    ("/api/articles", "get"),
    ("/api/articles/{article_id}", "get"),
]


def test_openapi_lists_the_routes_and_nothing_of_the_page(served: Served) -> None:
    """With the bounds of each field, and one form of error."""
    schema = json.loads(request(f"{served.address}api/openapi.json").body)
    listed = [(path, method) for path, methods in schema["paths"].items() for method in methods]
    assert listed == ROUTES
    question = schema["components"]["schemas"]["AskRequest"]["properties"]["question"]
    assert (question["minLength"], question["maxLength"]) == (1, 2000)
    refused = schema["paths"]["/api/ask"]["post"]["responses"]["422"]["content"]
    assert refused["application/json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert "HTTPValidationError" not in schema["components"]["schemas"]


def test_the_page_for_people_runs_and_loads_nothing(served: Served) -> None:
    """No script, no file, no other host; its policy forbids them, and allows its own style."""
    reply = request(f"{served.address}api")
    page = reply.body.decode()
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert "unsafe" not in policy
    for loading in ("<script", "<link", "<img", "<iframe", "<form", "url(", "@import", "style="):
        assert loading not in page
    assert not re.search(r"<[^>]* on\w+=", page)
    assert re.findall(r'href="([^"]*)"', page) == ["api/openapi.json"]


def test_the_page_has_every_route_and_field_with_its_bounds(served: Served) -> None:
    """In the words of the models."""
    page = request(f"{served.address}api").body.decode()
    for path, method in ROUTES:
        assert f"<h2><code>{method.upper()} {path}</code></h2>" in page
    for field in (
        "<dt><code>question</code> (text of 1 to 2,000 characters; required)</dt>",
        "<dt><code>limit</code> (whole number from 1 to 50; otherwise 5)</dt>",
        "<dt><code>order</code> (relevance or newest or oldest; otherwise relevance)</dt>",
        "<dt><code>from</code> (text of 0 to 200 characters; optional)</dt>",
        "<dt><code>as_asked</code> (true or false; otherwise false)</dt>",
        "<dt><code>after</code> (list of at most 10, each text of 1 to 2,000 characters; optional)"
        "</dt>",
        "<dt><code>text</code> (text of 1 to 20,000 characters; required)</dt>",
        "<dt><code>on_a_page</code> (whole number from 1 to 500; otherwise 100, in the query)</dt>",
        "<dt><code>article_id</code> (text; required, in the path)</dt>",
        "<dt><code>413</code></dt>",
    ):
        assert field in page


def test_every_example_of_the_page_is_answered(served: Served) -> None:
    """What a person copies from it works as it stands."""
    page = request(f"{served.address}api").body.decode()
    examples = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert len(examples) == len(ROUTES)
    for example in examples:
        words = shlex.split(unescape(example).replace("\\\n", " "))
        assert words[0] == "curl"
        body = words[words.index("-d") + 1].encode() if "-d" in words else None
        address = words[1].replace("/ID", "/bridge")
        assert request(address, "POST" if body else "GET", body).status == 200, example


def test_an_address_is_shown_as_text() -> None:
    """Whatever name a client gives the server, it is no markup."""
    schema = {
        "paths": {"/x": {"get": {"description": "", "responses": {"200": {"description": ""}}}}}
    }
    page = description_html(schema, "http://<b>'&")
    assert "<b>" not in page
    assert "http://&lt;b&gt;" in page
