"""The files for a server and a container say what the program and the checkout really have."""

from __future__ import annotations

import fnmatch
import re
import shlex
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import click
import pytest

from interface.commands import command_line

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
RECIPE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


def parsed(arguments: list[str]) -> click.Context:
    """The command that these arguments call, read by the program's own parser and not run."""
    group = command_line.make_context("onrecord", list(arguments))
    name, command, rest = command_line.resolve_command(group, [*group._protected_args, *group.args])
    assert command is not None
    return command.make_context(name, rest, parent=group)


def unit(name: str) -> dict[str, str]:
    """The settings of its [Service]; of one that is given twice the last."""
    read = RawConfigParser(strict=False, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(DEPLOY / name)
    return dict(read["Service"])


def calls(text: str) -> list[list[str]]:
    """Each call of the program in the blocks of commands of a document."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            for at, word in enumerate(words):
                if word.endswith("bin/onrecord") or (word == "onrecord" and at == 0):
                    found.append(words[at + 1 :])
                elif word == "on-the-record" and words[:2] == ["docker", "run"]:
                    found.append(words[at + 1 :] or ["serve"])
    return found


def instructions(name: str) -> list[str]:
    """What follows the instruction of this name, each time it is used."""
    lines = DOCKERFILE.replace("\\\n", " ").splitlines()
    return [line.removeprefix(name).strip() for line in lines if line.startswith(f"{name} ")]


@pytest.mark.parametrize("name", ["onrecord.service", "onrecord-build.service"])
def test_a_service_calls_the_program_as_it_is(name: str) -> None:
    """ExecStart is understood by the program's parser, and is run by a user without rights."""
    service = unit(name)
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == "/opt/onrecord/.venv/bin/onrecord"
    assert (
        parsed(arguments).command.name
        == {
            "onrecord.service": "serve",
            "onrecord-build.service": "build",
        }[name]
    )
    assert service["User"] == "onrecord"
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""


def test_the_service_the_proxies_and_the_container_agree_on_a_port_and_a_path() -> None:
    """Else each would be right and nothing would answer."""
    serve = parsed(shlex.split(unit("onrecord.service")["ExecStart"])[1:]).params
    assert (serve["host"], serve["port"], serve["root_path"]) == ("127.0.0.1", 7860, "/news")
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "location /news/ {" in nginx
    assert "proxy_pass http://127.0.0.1:7860/;" in nginx
    assert "handle_path /news/*" in caddy
    assert "reverse_proxy 127.0.0.1:7860" in caddy
    assert instructions("EXPOSE") == ["7860"]
    assert "http://127.0.0.1:7860/healthz" in instructions("HEALTHCHECK")[0]


def test_the_password_is_on_no_command_line() -> None:
    """Everybody on a machine can read the command lines of all: a file is named."""
    serve = parsed(shlex.split(unit("onrecord.service")["ExecStart"])[1:]).params
    assert serve["credentials_file"] == Path("/etc/onrecord/auth")
    assert not re.search(r"ONRECORD_AUTH=\S", DOCKERFILE)


def test_the_chat_writes_nothing_and_the_build_only_the_index() -> None:
    """By the rights of the services, whatever the program would do."""
    chat, build = unit("onrecord.service"), unit("onrecord-build.service")
    assert "ReadWritePaths" not in chat
    assert "StateDirectory" not in chat
    assert build["ReadWritePaths"] == "/var/lib/onrecord"
    assert chat["User"] == build["User"]
    assert (chat["IPAddressDeny"], chat["IPAddressAllow"]) == ("any", "localhost")
    assert build["PrivateNetwork"] == "yes"


def test_the_timer_starts_the_service_of_its_name() -> None:
    """By systemd's rule: a timer without Unit= starts its namesake."""
    assert "Unit=" not in (DEPLOY / "onrecord-build.timer").read_text(encoding="utf-8")
    assert (DEPLOY / "onrecord-build.service").is_file()


def test_the_proxies_pass_on_what_the_server_goes_by() -> None:
    """The host as the browser names it, and who asks, which no client may choose; no buffer
    between an event and the page; no address in a log."""
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for line in (
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_buffering off;",
        "access_log off;",
    ):
        assert f" {line}\n" in nginx
    assert "flush_interval -1" in (DEPLOY / "Caddyfile").read_text(encoding="utf-8")


def test_the_image_copies_only_what_there_is_and_what_is_sent_to_it() -> None:
    """Every source of a COPY is in the checkout and let through by .dockerignore; all packages
    are copied."""
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    sent = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    assert "*" in ignored
    copied = [
        source
        for line in instructions("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
    ]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert sorted(copied) == sorted(sent)
    assert set(copied) >= {"corpus", "index", "retrieval", "interface"}
    assert not any(fnmatch.fnmatch(".onrecord", name) for name in sent)


def test_the_image_is_installed_with_the_pinned_versions_and_needs_no_network() -> None:
    """Each pip has the constraints; at run time no library asks a hub, and the index is there."""
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert len(installs) == 2
    assert all("--constraint constraints.txt" in line for line in installs)
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert any(re.fullmatch(r"torch==[\d.]+", pin) for pin in pins)
    environment = " ".join(instructions("ENV"))
    assert "HF_HUB_OFFLINE=1" in environment
    assert "ONRECORD_INDEX=/index" in environment
    assert "onrecord build" in instructions("RUN")
    assert instructions("USER") == ["onrecord"]


def test_the_container_serves_on_all_of_its_addresses() -> None:
    """ENTRYPOINT and CMD together are a call that the program's parser understands."""
    (entry,), (command,) = instructions("ENTRYPOINT"), instructions("CMD")
    program, *arguments = [*re.findall('"(.*?)"', entry), *re.findall('"(.*?)"', command)]
    assert program == "onrecord"
    serve = parsed(arguments)
    assert (serve.command.name, serve.params["host"], serve.params["port"]) == (
        "serve", "0.0.0.0", 7860,
    )  # fmt: skip


def test_the_recipe_calls_the_program_as_it_is() -> None:
    """Every call in docs/deploy.md is understood by the parser."""
    found = [parsed(arguments) for arguments in calls(RECIPE)]
    assert [call.command.name for call in found] == ["doctor", "serve", "serve", "build", "doctor"]
    assert found[2].params["with_mcp"] is True


def test_the_recipe_names_files_that_there_are() -> None:
    """Each file of deploy/ is in it, and each that it names is there."""
    named = set(re.findall(r"deploy/([\w.-]+\w)", RECIPE))
    assert named == {path.name for path in DEPLOY.iterdir()}


def test_the_tools_for_language_models_are_an_extra_that_the_tests_have() -> None:
    """It is pinned with all that it needs, and the extra for developers brings it."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    (wanted,) = re.findall(r'^    "(mcp==.*?)"', project, re.MULTILINE)
    assert wanted in pins
    assert '"on-the-record[mcp]"' in project


def test_a_wheel_has_every_file_that_is_no_python() -> None:
    """What `package-data` forgets works in a checkout and is missing in an image."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    taken: set[Path] = set()
    for package, patterns in project["tool"]["setuptools"]["package-data"].items():
        folder = ROOT / package.replace(".", "/")
        for pattern in patterns:
            taken.update(folder.glob(pattern))
    there = {
        path
        for package in ("corpus", "index", "retrieval", "interface")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert sorted(there - taken) == []
