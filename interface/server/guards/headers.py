"""Headers of every response, of errors too."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio compiles templates in the page, hence 'unsafe-eval'; no other host is ever named.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
# What a page may ask a browser for and this one never does; the clipboard is not among it.
_CLOSED = (
    "accelerometer camera display-capture geolocation gyroscope hid magnetometer "
    "microphone midi payment serial usb xr-spatial-tracking"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _CLOSED.split()),
}
# Files of the program. All else may hold articles or answers, or be refused with a password.
_FILES = ("/assets/", "/static/", "/svelte/", "/reading-room/")


class SafeHeaders:
    """A response's own Content-Security-Policy and Cache-Control stay. That pages of other origins
    may read it, which Gradio allows to all of them with credentials, goes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(scope=message), scope, message["status"])
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _complete(headers: MutableHeaders, scope: Scope, status: int) -> None:
    for name in [name for name in headers if name.startswith("access-control-")]:
        del headers[name]
    for name, value in _ALWAYS.items():
        headers[name] = value
    policy = headers.setdefault("Content-Security-Policy", _POLICY)
    # By the HTML standard no page can be both in a sandbox and apart from its opener.
    is_apart = "sandbox" not in policy
    headers["Cross-Origin-Opener-Policy"] = "same-origin" if is_apart else "unsafe-none"
    is_file = scope["path"].startswith(_FILES) and status < 400
    # Files are asked for again after an update of the program, which their ETag makes cheap.
    headers.setdefault("Cache-Control", "no-cache" if is_file else "no-store")
