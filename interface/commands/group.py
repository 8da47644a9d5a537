"""`onrecord`: global options, and the chat when no command is given."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from index import PRECISIONS
from interface.commands.shared import UserError, default_index
from interface.workspace import Workspace

# Command, and the module below that holds it. Loaded when called, so that `status` and `--help`
# wait for nothing that they do not use.
_COMMANDS = {
    "serve": "serve",
    "build": "build",
    "add": "add",
    "articles": "contents",
    "show": "contents",
    "status": "contents",
    "ask": "ask",
    "find": "find",
    "speakers": "speakers",
    "voices": "voices",
    "check": "check",
    "verify": "verify",
    "forget": "forget",
    "doctor": "doctor",
    "evaluate": "evaluate",
}


class _Commands(click.Group):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for argument in args:
            try:
                argument.encode()
            except UnicodeEncodeError as error:  # bytes that the system passed on as they were
                raise UserError(
                    f"The argument {argument!r} is not UTF-8. Give it in UTF-8."
                ) from error
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"interface.commands.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


def _show_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        shown = f"version {version('on-the-record')}"
    except PackageNotFoundError:  # `python app.py` in a clone that was never installed
        shown = "not installed"
    click.echo(f"onrecord, {shown}")
    context.exit()


@click.group(cls=_Commands, invoke_without_command=True)
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of articles. Default: the one that the index was built from, else the "
    "starter collection.",
)
@click.option(
    "--index",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the index. Default: .onrecord in the current folder, or ONRECORD_INDEX.",
)
@click.option(
    "--encoder",
    metavar="NAME",
    help="A sentence-transformers model, by name or folder. Default: the one of the index, "
    "else all-MiniLM-L6-v2.",
)
@click.option(
    "--precision",
    type=click.Choice(PRECISIONS),
    help="Arithmetic of the encoder. Default: for a build the one of the index, else bfloat16 "
    "where the processor has it and float32 elsewhere.",
)
@click.option(
    "--device",
    metavar="NAME",
    help="Where the encoder computes, as torch names it: cpu, cuda, cuda:1 … Default: a graphics "
    "card where torch can use one, else the processor.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def command_line(
    context: click.Context,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    precision: str | None,
    device: str | None,
) -> None:
    """Ask a collection of news articles; every answer is quoted from them, with its source.

    With no command, opens the chat.
    """
    context.obj = Workspace(
        corpus, (index or default_index()).absolute(), encoder, precision, device
    )
    if context.invoked_subcommand is None:
        command = command_line.get_command(context, "serve")
        assert command is not None
        context.invoke(command)
