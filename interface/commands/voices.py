"""`onrecord voices`: who says what on a subject."""

from __future__ import annotations

import click

from interface.commands.shared import (
    UserError,
    chosen,
    filter_options,
    opened,
    print_json,
    stdout_is_terminal,
)
from interface.rendering import voices_csv, voices_text
from interface.workspace import Workspace
from retrieval import find_voices, voices_as_json


@click.command()
@click.argument("subject")
@filter_options
@click.option("--speaker", metavar="NAME", help="Only what somebody of this name says.")
@click.option("--json", "as_json", is_flag=True, help="Print the voices as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print them as one CSV table.")
@click.pass_obj
def voices(
    workspace: Workspace,
    subject: str,
    first: str | None,
    last: str | None,
    publisher: str | None,
    speaker: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show who says what on SUBJECT, a question or some words, and when."""
    if as_csv and as_json:
        raise UserError("--csv prints a table, and --json does not. Leave one of them out.")
    selected = chosen(first, last, publisher, speaker)
    with opened(workspace) as index:
        found = find_voices(subject, index, workspace.encoder_for(index), chosen=selected)
    if as_json:
        print_json(voices_as_json(found))
    elif as_csv:
        click.echo(voices_csv(found), nl=False)
    else:
        click.echo(voices_text(found, styled=stdout_is_terminal()))
