"""The routes as a page for people, from the same schema as `/api/openapi.json`.

FastAPI's own pages load scripts from another host. This one has no script and loads nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shlex
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from interface.api.wording import ABOUT, ALL_ERRORS, ERRORS_ABOUT, HOW, OPENAPI, TITLE

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 ui-sans-serif, system-ui, sans-serif; margin: 0 auto; max-width: 46rem;
  padding: 1rem; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, monospace; font-size: .9rem; }
pre { border: 1px solid; padding: .75rem; white-space: pre-wrap; }
h2 code { font-size: 1.2rem; }
section { border-top: 1px solid; margin-top: 2rem; }
dt { font-weight: 600; margin-top: .75rem; }
dd { margin: 0 0 0 1rem; }
:focus-visible { outline: 3px solid; outline-offset: 2px; }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

_Schema = Mapping[str, Any]


def add_description_route(application: FastAPI, root_path: str) -> None:
    """`/api`. root_path: as in `interface.server.Settings`."""

    @application.get("/api", include_in_schema=False)
    def description(request: Request) -> HTMLResponse:
        page = description_html(application.openapi(), _address_of(request) + root_path)
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})


def description_html(schema: _Schema, address: str) -> str:
    """address: where the server is reached, for the examples; no slash at its end."""
    routes = [
        _route(method, path, route, schema, address)
        for path, methods in schema["paths"].items()
        for method, route in methods.items()
    ]
    errors = _list((f"<code>{status}</code>", told) for status, told in ALL_ERRORS.items())
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(TITLE)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(TITLE)}</h1>\n<p>{escape(ABOUT)}</p>\n<p>{escape(HOW)}</p>\n"
        f'<p>{escape(OPENAPI)} <a href="api/openapi.json">openapi.json</a>.</p>\n'
        f"{''.join(routes)}"
        f"<section>\n<h2>Errors</h2>\n<p>{escape(ERRORS_ABOUT)}</p>\n{errors}</section>\n"
        "</main>\n</body>\n</html>\n"
    )


def _address_of(request: Request) -> str:
    """Where the person who asks has found the server, which a proxy tells."""
    shown = request.headers.get("x-forwarded-host", request.url.netloc).split(",")[0].strip()
    return f"{request.url.scheme}://{shown}"


def _route(method: str, path: str, route: _Schema, schema: _Schema, address: str) -> str:
    fields = [*_parameters(route), *_properties(_body(route, schema))]
    found = route["responses"]["200"]["description"]
    return (
        f"<section>\n<h2><code>{method.upper()} {escape(path)}</code></h2>\n"
        f"<p>{escape(route['description'])}</p>\n{_list(fields)}"
        f"<p>Answers: {escape(found)}</p>\n"
        f"<pre>{escape(_curl(method, path, _body(route, schema), address))}</pre>\n</section>\n"
    )


def _body(route: _Schema, schema: _Schema) -> _Schema:
    """The schema of the JSON that is sent; empty where there is none."""
    if "requestBody" not in route:
        return {}
    name = route["requestBody"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
    body: _Schema = schema["components"]["schemas"][name]
    return body


def _parameters(route: _Schema) -> Iterator[tuple[str, str]]:
    for parameter in route.get("parameters", []):
        told = {"description": parameter.get("description", "")} | parameter["schema"]
        place = f", in the {parameter['in']}"
        yield _field(parameter["name"], told, is_required=parameter["required"], place=place)


def _properties(body: _Schema) -> Iterator[tuple[str, str]]:
    # What must be there first, the rest in the order of the model.
    required = set(body.get("required", []))
    fields = body.get("properties", {})
    for name, told in sorted(fields.items(), key=lambda field: field[0] not in required):
        yield _field(name, told, is_required=name in required)


def _field(name: str, told: _Schema, *, is_required: bool, place: str = "") -> tuple[str, str]:
    """The name with what it may be, as HTML, and what it means."""
    may_be = "; ".join([*_kinds(told), "required" if is_required else _default(told)])
    return f"<code>{escape(name)}</code> ({escape(may_be)}{place})", told.get("description", "")


def _kinds(told: _Schema) -> Iterator[str]:
    """`text of 1 to 2,000 characters`."""
    if "anyOf" in told:
        yield from (kind for each in told["anyOf"] for kind in _kinds(each))
    elif "enum" in told:
        yield " or ".join(told["enum"])
    elif told["type"] == "string":
        least, most = told.get("minLength", 0), told.get("maxLength")
        yield f"text of {least:,} to {most:,} characters" if most else "text"
    elif told["type"] == "integer":
        # OpenAPI's bounds are floats.
        yield f"whole number from {told['minimum']:,.0f} to {told['maximum']:,.0f}"
    elif told["type"] == "array":
        items = " ".join(_kinds(told["items"]))
        yield f"list of at most {told['maxItems']:,}, each {items}"
    elif told["type"] == "boolean":
        yield "true or false"


def _default(told: _Schema) -> str:
    default = told.get("default")
    if default is None:
        return "optional"
    return f"otherwise {default if isinstance(default, str) else json.dumps(default)}"


def _curl(method: str, path: str, body: _Schema, address: str) -> str:
    if method == "get":
        return f"curl {shlex.quote(address + path.replace('{article_id}', 'ID'))}"
    example = json.dumps(body["examples"][0], ensure_ascii=False)
    return (
        f"curl {shlex.quote(address + path)} \\\n  -H 'content-type: application/json' \\\n"
        f"  -d {shlex.quote(example)}"
    )


def _list(items: Any) -> str:
    """A list of terms, which are HTML already, with what they mean."""
    lines = [f"<dt>{term}</dt>\n<dd>{escape(meaning)}</dd>\n" for term, meaning in items]
    return f"<dl>\n{''.join(lines)}</dl>\n" if lines else ""
