"""Help: every command says what it does."""

from __future__ import annotations

import click
import pytest

from interface.commands import command_line
from tests.interface.conftest import Command

COMMANDS = command_line.list_commands(click.Context(command_line))
# Those of the design that exist so far; a command that vanishes is missed here.
PROMISED = [
    "serve", "build", "add", "articles", "show", "status", "ask", "find", "speakers",
    "voices", "check", "verify", "forget", "evaluate", "doctor",
]  # fmt: skip


def command_named(name: str) -> click.Command:
    command = command_line.get_command(click.Context(command_line), name)
    assert command is not None
    return command


def test_the_promised_commands_exist() -> None:
    """What the design promises and what was built stays."""
    assert set(PROMISED) <= set(COMMANDS)


def test_the_overview_lists_every_command(onrecord: Command) -> None:
    """`onrecord --help` names each command with the beginning of its sentence."""
    listed = onrecord("--help").out.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == COMMANDS
    for line, name in zip(listed, COMMANDS, strict=True):
        shown = line.split(maxsplit=1)[1].removesuffix("...")
        assert (command_named(name).help or "").startswith(shown.rstrip("."))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help(onrecord: Command, name: str) -> None:
    """Each has a docstring of whole sentences and explains each of its options."""
    command = command_named(name)
    assert command.help
    assert command.help.rstrip().endswith(".")
    outcome = onrecord(name, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"Usage: onrecord {name} ")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.opts[0] in outcome.out


def test_global_options_have_help() -> None:
    """Those that stand before the command are explained too."""
    options = {option.name: option for option in command_line.params}
    assert set(options) == {"corpus", "index", "encoder", "precision", "device", "version"}
    assert all(isinstance(o, click.Option) and o.help for o in options.values())


@pytest.mark.parametrize("name", [n for n in COMMANDS if n != "serve"])
def test_what_a_program_may_read_has_json(name: str) -> None:
    """Every command that prints results has --json."""
    assert "--json" in {opt for option in command_named(name).params for opt in option.opts}
