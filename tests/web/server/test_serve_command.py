"""`onrecord serve`: what it is told, and what it warns of. Nothing is served here."""

from __future__ import annotations

from pathlib import Path

import click.testing
import pytest

import interface.server
from index import build_index
from interface.commands import command_line
from interface.server import Settings

PUBLIC = "Anybody who reaches {} can ask and read here, since no password is set. "


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """What was to be served with."""
    served: list[Settings] = []
    monkeypatch.setattr(
        interface.server, "serve_page", lambda index, encoder, listening, told: served.append(told)
    )
    monkeypatch.delenv("ONRECORD_AUTH", raising=False)
    return served


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "pier.txt").write_text("The pier opens on Friday.")
    build_index(tmp_path, tmp_path / "index", None)
    return tmp_path / "index"


def serve(index: Path, *options: str) -> click.testing.Result:
    arguments = ["--index", str(index), "serve", "--port", "0", *options]
    return click.testing.CliRunner().invoke(command_line, arguments, prog_name="onrecord")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_no_password_is_needed(
    settings: list[Settings], index: Path, host: str
) -> None:
    """No warning, and nobody is asked."""
    outcome = serve(index, "--host", host)
    assert (outcome.exit_code, settings) == (0, [Settings()])
    assert "password" not in outcome.stderr


@pytest.mark.parametrize(("host", "shown"), [("0.0.0.0", "0.0.0.0:"), ("::", "[::]:")])
def test_on_a_network_a_missing_password_is_warned_of(
    settings: list[Settings], index: Path, tmp_path: Path, host: str, shown: str
) -> None:
    """The warning names the address and the option; with a password there is none."""
    warned = serve(index, "--host", host).stderr.splitlines()[-1]
    assert warned.startswith(f"Anybody who reaches {shown}")
    assert warned.endswith("Set one with --auth FILE, or listen on 127.0.0.1.")
    file = tmp_path / "password"
    file.write_text("desk:lighthouse")
    file.chmod(0o600)
    outcome = serve(index, "--host", host, "--auth", str(file))
    assert "Anybody" not in outcome.stderr
    assert "lighthouse" not in outcome.output + outcome.stderr
    assert settings[1].credentials is not None
    assert settings[1].credentials.are(b"desk:lighthouse")


def test_a_password_that_cannot_be_used_stops_the_start(
    settings: list[Settings], index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unusable file or variable is an error: nothing is served without the lock."""
    outcome = serve(index, "--auth", str(tmp_path / "none"))
    assert outcome.exit_code == 2
    assert outcome.stderr == (
        f"onrecord: {tmp_path / 'none'} cannot be read: No such file or directory. "
        "It must hold a line name:password.\n"
    )
    monkeypatch.setenv("ONRECORD_AUTH", "nocolon")
    outcome = serve(index)
    assert outcome.exit_code == 2
    assert "ONRECORD_AUTH must be name:password" in outcome.stderr
    assert "nocolon" not in outcome.stderr
    assert settings == []


@pytest.mark.parametrize(("given", "path"), [("/news", "/news"), ("/a/b/", "/a/b"), ("/", "")])
def test_the_path_below_a_proxy(
    settings: list[Settings], index: Path, given: str, path: str
) -> None:
    """A slash at its end does not matter."""
    assert serve(index, "--root-path", given).exit_code == 0
    assert settings == [Settings(root_path=path)]


@pytest.mark.parametrize("given", ["news", "//evil.example", "/a?b", "/../x", "http://x", '/"><x'])
def test_a_path_that_is_none_is_refused(settings: list[Settings], index: Path, given: str) -> None:
    """It would stand in the page, so it has plain segments only."""
    outcome = serve(index, "--root-path", given)
    assert outcome.exit_code == 2
    assert outcome.stderr == (
        "onrecord: --root-path must be a path such as /news. Give one, or leave it out.\n"
    )
    assert settings == []
