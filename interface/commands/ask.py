"""`onrecord ask`: one answer."""

from __future__ import annotations

import click

from interface.commands.shared import (
    chosen,
    filter_options,
    opened,
    print_json,
    stdout_is_terminal,
)
from interface.rendering.terminal import answer_text
from interface.workspace import Workspace
from retrieval import DEFAULT_LIMIT, answer_as_json
from retrieval import ask as ask_index

_MOST = 50


@click.command()
@click.argument("question")
@click.option(
    "-n",
    "limit",
    type=click.IntRange(1, _MOST),
    default=DEFAULT_LIMIT,
    show_default=True,
    help="Citations at most.",
)
@filter_options
@click.option("--speaker", metavar="NAME", help="Passages in which somebody of this name speaks.")
@click.option(
    "--after",
    multiple=True,
    metavar="QUESTION",
    help="A question asked before this one; repeat it for more, oldest first.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_obj
def ask(
    workspace: Workspace,
    question: str,
    limit: int,
    first: str | None,
    last: str | None,
    publisher: str | None,
    speaker: str | None,
    after: tuple[str, ...],
    as_json: bool,
) -> None:
    """Answer QUESTION with passages quoted from the articles."""
    selected = chosen(first, last, publisher, speaker)
    with opened(workspace) as index:
        encoder = workspace.encoder_for(index)
        answer = ask_index(question, index, encoder, limit=limit, chosen=selected, after=after)
    if as_json:
        print_json(answer_as_json(answer))
    else:
        click.echo(answer_text(answer, styled=stdout_is_terminal()))
