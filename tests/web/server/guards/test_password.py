"""A name and a password for the whole server: from a file or the environment, told to nobody."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from interface.credentials import Credentials, UnusableCredentials, credentials_from
from interface.live import LiveIndex
from interface.server import Settings
from interface.server.guards import PasswordRequired, passwords
from interface.server.guards.passwords import WrongPasswords
from tests.web.asking import NEIGHBOUR, Reply, echo, reply_of, scope_of
from tests.web.conftest import Served, running
from tests.web.http import request

RIGHT = "desk:pässword: with colons"
WRONG_TOO_OFTEN = "Too many wrong passwords came from your address. Try again in a minute."


def basic(name_and_password: str) -> dict[str, str]:
    return {
        "authorization": f"Basic {base64.b64encode(name_and_password.encode()).decode()}",
    }


@pytest.fixture
def locked() -> PasswordRequired:
    return PasswordRequired(echo, Credentials.of(RIGHT))


def asked(app: PasswordRequired, given: dict[str, str], client: str = NEIGHBOUR) -> Reply:
    return reply_of(app, scope_of("POST", "/api/ask", given, client))


@pytest.fixture(scope="module")
def locked_address(served: Served) -> Iterator[str]:
    """A running server with a password, over the articles of `served`."""
    settings = Settings(credentials=Credentials.of(RIGHT))
    with running(LiveIndex(served.index, served.encoder), settings=settings) as address:
        yield address


@pytest.mark.parametrize(
    "path",
    [
        "", "config", "theme.css", "reading-room/page.js", "assets/x.js", "readyz", "api",
        "api/openapi.json", "api/articles", "source", "gradio_api/info", "gradio_api/upload",
        "nowhere", "healthz/", "healthz/../api/articles", "healthz%2f",
    ],
)  # fmt: skip
def test_everything_but_the_sign_of_life_is_locked(locked_address: str, path: str) -> None:
    """Without the password every route, of Gradio too, gets 401 and the question for one."""
    reply = request(locked_address + path)
    assert (reply.status, reply.detail) == (401, "Give the name and the password of this server.")
    assert reply.headers["www-authenticate"] == 'Basic realm="On the Record", charset="UTF-8"'
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert request(locked_address + "healthz").status == 200


def test_who_knows_the_password_is_answered(locked_address: str) -> None:
    """Page and routes open with it, in UTF-8 and with colons; a page of another site is still
    refused, though the browser sends the password along."""
    for path in ("", "api/articles", "gradio_api/info"):
        assert request(locked_address + path, headers=basic(RIGHT)).status == 200
    foreign = basic(RIGHT) | {"origin": "https://evil.example"}
    reply = request(locked_address + "api/ask", "POST", {"question": "x"}, foreign)
    assert reply.status == 403


@pytest.mark.parametrize(
    "given",
    [
        {},
        basic("desk:password"),
        basic(f"{RIGHT} "),
        basic(RIGHT[:-1]),
        basic("desk"),
        basic(""),
        {"authorization": RIGHT},
        {"authorization": "Basic"},
        {"authorization": "Basic not base64"},
        {"authorization": basic(RIGHT)["authorization"].replace("Basic", "Bearer")},
    ],
    ids=range(10),
)
def test_anything_else_is_refused(locked: PasswordRequired, given: dict[str, str]) -> None:
    """Half a password, another scheme and rubbish are all the same."""
    assert asked(locked, given).status == 401


def test_guessing_is_stopped_for_a_minute(
    locked: PasswordRequired, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After ten wrong ones even the right one gets 429 from that address, from others it does not;
    a minute after the first it is over. Asking without any is no guess."""
    now = [1000.0]
    monkeypatch.setattr(passwords, "time", SimpleNamespace(monotonic=lambda: now[0]))
    for second in range(10):
        now[0] = 1000.0 + second
        assert asked(locked, basic(f"desk:{second}")).status == 401
    reply = asked(locked, basic(RIGHT))
    assert (reply.status, reply.detail) == (429, WRONG_TOO_OFTEN)
    assert reply.headers["retry-after"] == "51"
    assert asked(locked, {}).status == 401
    assert asked(locked, basic(RIGHT), "203.0.113.6").status == 200
    assert asked(locked, basic(RIGHT), "127.0.0.1").status == 200
    now[0] = 1060.0
    assert asked(locked, basic(RIGHT)).status == 200


def test_the_memory_of_wrong_passwords_is_bounded() -> None:
    """Of very many addresses the one that failed first is forgotten first."""
    wrong = WrongPasswords()
    for _ in range(10):
        wrong.count("first", 0.0)
    for number in range(9_999):
        wrong.count(f"a{number}", 1.0)
    assert wrong.wait("first", 2.0) == 58
    wrong.count("one more", 1.0)
    assert wrong.wait("first", 2.0) == 0
    assert len(wrong._counted) == 10_000


def test_the_password_shows_nowhere(
    locked_address: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither what was set nor what was tried is in a log, in output, or in a dump of settings."""
    with caplog.at_level(logging.DEBUG):
        request(locked_address, headers=basic("desk:tried-in-vain"))
        request(locked_address + "api/ask", "POST", b"{", basic(RIGHT))
        shown = repr(Settings(credentials=Credentials.of(RIGHT)))
    told = caplog.text + "".join(capfd.readouterr()) + shown
    for secret in ("pässword", "tried-in-vain", basic(RIGHT)["authorization"][6:]):
        assert secret not in told


@pytest.fixture
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_AUTH", raising=False)


def written(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    file = folder / "password"
    file.write_bytes(content)
    file.chmod(mode)
    return file


@pytest.mark.parametrize(
    "content",
    [RIGHT.encode(), f"{RIGHT}\n".encode(), f"\ufeff{RIGHT}\r\nother:line\n".encode()],
    ids=["bare", "line", "windows"],
)
def test_the_first_line_of_a_file_counts(tmp_path: Path, content: bytes) -> None:
    """With or without an end of line or a byte-order mark, whatever follows."""
    found = credentials_from(written(tmp_path, content))
    assert found is not None
    assert found.are(RIGHT.encode())
    assert not found.are(b"other:line")


@pytest.mark.parametrize(
    ("content", "mode", "message"),
    [
        (b"", 0o600, "The first line of {} must be name:password, both of them not empty."),
        (b"\na:b", 0o600, "The first line of {} must be name:password, both of them not empty."),
        (b"secret", 0o600, "The first line of {} must be name:password, both of them not empty."),
        (b":secret", 0o600, "The first line of {} must be name:password, both of them not empty."),
        (b"secret:", 0o600, "The first line of {} must be name:password, both of them not empty."),
        (b"secret:\xff", 0o600, "{} is not UTF-8 text. Write it in UTF-8."),
        (b"a:secret", 0o640, "{} can be read or written by other users of this machine. "
         "Close it to them with: chmod 600 {}"),
        (b"a:secret", 0o602, "{} can be read or written by other users of this machine. "
         "Close it to them with: chmod 600 {}"),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, content: bytes, mode: int, message: str
) -> None:
    """The message says what to do, and never what stands in the file."""
    file = written(tmp_path, content, mode)
    with pytest.raises(UnusableCredentials) as refused:
        credentials_from(file)
    assert str(refused.value) == message.format(file, file)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableCredentials) as refused:
        credentials_from(tmp_path / "none")
    assert str(refused.value) == (
        f"{tmp_path / 'none'} cannot be read: No such file or directory. "
        "It must hold a line name:password."
    )


def test_the_environment_is_read_where_no_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file goes first; a variable that is set and unusable is an error and not an open door."""
    monkeypatch.setenv("ONRECORD_AUTH", "from:environment")
    found = credentials_from(None)
    assert found is not None
    assert found.are(b"from:environment")
    found = credentials_from(written(tmp_path, b"from:file"))
    assert found is not None
    assert found.are(b"from:file")
    for unusable in ("", "secret", "\udcff:secret"):
        monkeypatch.setenv("ONRECORD_AUTH", unusable)
        with pytest.raises(UnusableCredentials, match=r"^ONRECORD_AUTH .*(?<!secret)\.$"):
            credentials_from(None)


@pytest.mark.usefixtures("no_variable")
def test_without_a_file_and_a_variable_nobody_is_asked(served: Served) -> None:
    """That is the default, for a person on their own machine."""
    assert credentials_from(None) is None
    assert request(f"{served.address}api/articles").status == 200
