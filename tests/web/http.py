"""Asking a running server, as a program does."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from tests.web.asking import Reply


def request(
    address: str,
    method: str = "GET",
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """body: what is sent as JSON; bytes are sent as they are."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    kind = {"content-type": "application/json"} if data is not None else {}
    asked = urllib.request.Request(address, data, kind | dict(headers or {}), method=method)
    try:
        with urllib.request.urlopen(asked, timeout=30) as response:
            return _reply(response)
    except urllib.error.HTTPError as error:
        with error:
            return _reply(error)


def _reply(response: Any) -> Reply:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status, headers, response.read())
