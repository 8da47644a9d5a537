"""What Gradio would do beside showing the page is closed, and its errors are sentences."""

from __future__ import annotations

import json
from pathlib import Path

import gradio
import pytest

from tests.web.conftest import Served
from tests.web.http import request

NOTHING = "There is nothing at this address. What a program can ask for is listed at /api."
NOT_UNDERSTOOD = "The request cannot be understood. What can be asked is listed at /api."
GRADIO = str(Path(gradio.__file__).parent)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "gradio_api/file=/etc/hostname"), ("GET", f"gradio_api/file={GRADIO}/package.json"),
        ("HEAD", "gradio_api/file=/etc/hostname"), ("GET", "gradio_api/file/etc/hostname"),
        ("GET", "gradio_api/proxy=https://outside.example/"), ("GET", "gradio_api/upload_progress"),
        ("POST", "gradio_api/stream/x"), ("POST", "gradio_api/stream/x/close"),
        ("GET", "gradio_api/stream/a/b/c/playlist.m3u8"), ("GET", "gradio_api/stream/a/b/c/d.ts"),
        ("POST", "gradio_api/component_server"), ("POST", "gradio_api/component_server/"),
        ("POST", "gradio_api/process_recording"), ("GET", "gradio_api/deep_link"),
        ("GET", "gradio_api/runs"), ("POST", "gradio_api/run-history/connect"),
        ("POST", "gradio_api/run/ask"), ("POST", "gradio_api/api/ask"),
        ("POST", "gradio_api/run/predict"), ("POST", "gradio_api/call/v2/ask"),
        ("POST", "gradio_api/cancel"), ("POST", "gradio_api/reset"), ("GET", "gradio_api/token"),
        ("GET", "gradio_api/user"), ("GET", "gradio_api/app_id"), ("GET", "gradio_api/dev/reload"),
        ("GET", "gradio_api/openapi.json"), ("GET", "monitoring"), ("GET", "monitoring/summary"),
        ("GET", "monitoring/x"), ("POST", "login"), ("GET", "logout"), ("GET", "pwa_icon/9"),
        ("POST", "gradio_api/vibe-edit"), ("GET", "gradio_api/vibe-code"),
        ("GET", "gradio_api/custom_component/a/b/c/d.js"), ("GET", "gradio_api/mcp/"),
        ("GET", "docs"), ("GET", "redoc"), ("GET", "openapi.json"), ("POST", ""), ("PUT", "config"),
        ("DELETE", "gradio_api/call/ask"), ("GET", "config/"), ("GET", "static/../config"),
        ("GET", "gradio_api/call/ask/"), ("GET", "gradio_api/call/ask_1/x"),
    ],
)  # fmt: skip
def test_what_the_page_does_not_need_is_closed(served: Served, method: str, path: str) -> None:
    """The page needs its files and the endpoint `ask`; the rest is not there, whatever Gradio
    adds to it."""
    reply = request(served.address + path, method, b"{}" if method == "POST" else None)
    assert reply.status == 404
    assert method == "HEAD" or reply.detail == NOTHING


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_nothing_can_be_uploaded(served: Served, method: str) -> None:
    """Gradio's upload route, always there, is closed to every method."""
    form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\na\r\n--x--'
    kind = {"content-type": "multipart/form-data; boundary=x"}
    reply = request(f"{served.address}gradio_api/upload", method, form, kind)
    assert (reply.status, reply.detail) == (403, "Nothing can be uploaded here.")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "api/ask", "POST"), ("DELETE", "api/articles/bridge", "GET"),
        ("PUT", "api/articles", "GET"), ("POST", "healthz", "GET, HEAD"),
        ("GET", "page/answer", "POST"), ("POST", "source", "GET"), ("PATCH", "api", "GET"),
    ],
)  # fmt: skip
def test_a_wrong_method_is_told_the_right_one(
    served: Served, method: str, path: str, allowed: str
) -> None:
    """405, with the methods in the header and in words."""
    reply = request(served.address + path, method)
    assert (reply.status, reply.headers["allow"]) == (405, allowed)
    assert reply.detail == f"This address is asked in another way: {allowed}."


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("gradio_api/call/ask", b"secret"), ("gradio_api/call/ask", b'{"data": "secret"}'),
        ("gradio_api/call/ask", b'{"secret": 1}'), ("gradio_api/call/ask", b"[" * 100_000),
        ("gradio_api/queue/join", b'{"secret": 1}'), ("gradio_api/queue/join", b"\xff"),
    ],
    ids=range(6),
)  # fmt: skip
def test_an_error_of_gradio_repeats_nothing(served: Served, path: str, body: bytes) -> None:
    """Its own would have what was sent in it."""
    reply = request(served.address + path, "POST", body)
    assert reply.status in (400, 422)
    assert reply.detail == NOT_UNDERSTOOD


def test_what_gradio_tells_has_no_path_of_the_server(served: Served) -> None:
    """The page and its configuration name no folder of this machine."""
    here = str(Path(__file__).parents[4])
    for path in ("", "config", "gradio_api/info"):
        text = request(served.address + path).body.decode()
        assert GRADIO not in text
        assert here not in text
    assert json.loads(request(f"{served.address}config").body)["root"] == served.address[:-1]
