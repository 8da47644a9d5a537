"""What the commands share: the workspace, messages on stderr, and how errors end."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from corpus import CorpusError
from index import Filter, IndexProblem, SearchIndex
from interface.progress import ShownProgress
from interface.rendering.terminal import visible
from interface.workspace import Workspace
from retrieval import RetrievalError

DEFAULT_INDEX = ".onrecord"
# Names of articles and files that are listed before the rest is only counted.
_LISTED = 20
_FROM_HELP = "Articles from this date on: 2018, 2018-04 …"
_PUBLISHER_HELP = "Articles of this publisher, or briefs about it."


class UserError(click.ClickException):
    """Wrong usage or unusable input: one message on stderr, exit code 2, no traceback."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        say(f"onrecord: {self.format_message()}")


def say(message: str) -> None:
    """A message for the person, on stderr."""
    click.echo(visible(message), err=True)


def progress() -> ShownProgress:
    return ShownProgress(Console(stderr=True))


def print_json(value: Any) -> None:
    """One JSON value on stdout. Text stays text: only what JSON must escape is escaped."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def listed(what: str, items: Sequence[str], count: int | None = None) -> list[str]:
    """A line for each of the first of `items`, and one that counts the rest of them.

    count: how many there are, where `items` are only the first of them.
    """
    shown = [f"  {what} {visible(item)}" for item in items[:_LISTED]]
    more = (len(items) if count is None else count) - len(shown)
    return [*shown, f"  … and {more:,} more"] if more else shown


@contextmanager
def user_errors(workspace: Workspace) -> Iterator[None]:
    """Errors of the packages below become one line and exit code 2."""
    try:
        yield
    except (CorpusError, IndexProblem, RetrievalError) as error:
        raise UserError(with_options(str(error), workspace)) from error


@contextmanager
def opened(workspace: Workspace) -> Iterator[SearchIndex]:
    """The index, built first where there is none, closed afterwards."""
    with user_errors(workspace):
        index = workspace.open(progress(), lambda line: say(with_options(line, workspace)))
        try:
            yield index
        finally:
            index.close()


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--from, --to and --publisher, for `chosen` to read."""
    for option in (
        click.option("--publisher", metavar="NAME", help=_PUBLISHER_HELP),
        click.option("--to", "last", metavar="DATE", help="Articles up to this date."),
        click.option("--from", "first", metavar="DATE", help=_FROM_HELP),
    ):
        command = option(command)
    return command


def chosen(
    first: str | None, last: str | None, publisher: str | None, speaker: str | None = None
) -> Filter:
    """The filter of --from, --to, --publisher and --speaker."""
    from interface.filters import UnusableFilter, read_filter

    try:
        return read_filter(first, last, publisher, speaker, named="--{}")
    except UnusableFilter as error:
        raise UserError(str(error)) from error


def with_options(message: str, workspace: Workspace) -> str:
    """A command that a message advises, with the --index that it needs."""
    if workspace.index == default_index():
        return message
    option = f"--index {shlex.quote(str(workspace.index))}"
    return re.sub(
        r"\bonrecord (?=(--encoder .+ )?(build|articles|speakers|verify)\b)",
        lambda _: f"onrecord {option} ",
        message,
    )


def default_index() -> Path:
    return Path(os.environ.get("ONRECORD_INDEX") or DEFAULT_INDEX).absolute()


def stdout_is_terminal() -> bool:
    return sys.stdout.isatty()
