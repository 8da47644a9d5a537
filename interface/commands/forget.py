"""`onrecord forget`: erase an article from the index for good."""

from __future__ import annotations

from dataclasses import asdict

import click

from interface.commands.shared import print_json, progress, user_errors
from interface.rendering.terminal import visible
from interface.rendering.wording import counted
from interface.workspace import Workspace


@click.command()
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="Print what was erased as JSON.")
@click.pass_obj
def forget(workspace: Workspace, article: str, as_json: bool) -> None:
    """Erase every version of ARTICLE (its id) from the index. This cannot be undone.

    Its words leave the texts, the history, the vectors and all generations; that it was withdrawn
    stays known, so that it does not come back and old citations say so. Files of the collection
    are not touched: delete them too, since a text that was changed counts as another one.
    """
    with user_errors(workspace):
        forgotten = workspace.forget(article, progress())
    if as_json:
        print_json(asdict(forgotten))
        return
    click.echo(f"Erased {counted(forgotten.versions, 'version')} of {visible(article)}.")
    for other in forgotten.articles:
        if other != article:
            click.echo(f"  {visible(other)} had the same text and went with it.")
    for file in forgotten.files:
        click.echo(
            f"  {visible(file)} still lies in the collection; builds leave "
            "this text out, but would take a changed one."
        )
