"""`onrecord speakers`: who speaks in the collection."""

from __future__ import annotations

import click

from interface.commands.shared import UserError, opened, print_json
from interface.rendering import speakers_text
from interface.workspace import Workspace
from retrieval import list_speakers, speakers_as_json

# Two screens; of 3,000 articles thousands of people speak.
_SHOWN = 30


@click.command()
@click.argument("name", required=False)
@click.option(
    "-n",
    "limit",
    type=click.IntRange(1),
    default=_SHOWN,
    show_default=True,
    help="Speakers at most, the most quoted first.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def speakers(workspace: Workspace, name: str | None, limit: int, as_json: bool) -> None:
    """List who speaks in the articles, or everybody named NAME with the articles.

    A file speakers.toml in the collection joins names of one person and parts people of one name.
    """
    if name is not None and not name.strip():
        raise UserError("NAME is empty. Give one, or leave it out.")
    with opened(workspace) as index:
        listed = list_speakers(index, name, limit=limit)
    if as_json:
        print_json(speakers_as_json(listed))
    else:
        click.echo(speakers_text(listed))
