"""`onrecord find`: every mention."""

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
from interface.rendering import mentions_csv, mentions_text
from interface.workspace import Workspace
from retrieval import MENTIONS_ON_A_PAGE, find_mentions, mentions_as_json

_MOST = 500


@click.command()
@click.argument("terms", nargs=-1, required=True)
@click.option("--newest/--oldest", default=True, help="Articles newest or oldest first.")
@click.option(
    "--page", type=click.IntRange(1), default=1, show_default=True, help="The page to print."
)
@click.option(
    "-n",
    "on_a_page",
    type=click.IntRange(1, _MOST),
    default=MENTIONS_ON_A_PAGE,
    show_default=True,
    help="Sentences on a page.",
)
@filter_options
@click.option("--json", "as_json", is_flag=True, help="Print the page as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print all pages as one CSV table.")
@click.pass_obj
def find(
    workspace: Workspace,
    terms: tuple[str, ...],
    newest: bool,
    page: int,
    on_a_page: int,
    first: str | None,
    last: str | None,
    publisher: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List every sentence that holds all TERMS, by article and date.

    A term is found in any form of its word. What stands in double quotation marks is found
    exactly: onrecord find '"hunter groups" arrests'.
    """
    if as_csv and (as_json or page != 1):
        raise UserError("--csv prints every page as a table. Leave out --json and --page.")
    selected = chosen(first, last, publisher)
    with opened(workspace) as index:
        mentions = find_mentions(
            " ".join(terms),
            index,
            chosen=selected,
            order="newest" if newest else "oldest",
            page=page,
            on_a_page=None if as_csv else on_a_page,
        )
    if as_json:
        print_json(mentions_as_json(mentions))
    elif as_csv:
        click.echo(mentions_csv(mentions), nl=False)
    else:
        click.echo(mentions_text(mentions, styled=stdout_is_terminal()))
