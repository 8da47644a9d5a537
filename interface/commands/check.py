"""`onrecord check`: whether quotations stand in the collection, and what is near to claims."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpus import UnreadableFile, read_single
from interface.commands.shared import UserError, opened, print_json, say, stdout_is_terminal
from interface.rendering import check_text_lines
from interface.workspace import Workspace
from retrieval import check_as_json, check_text

_DRAFTS = (".txt", ".md", ".docx")


@click.command()
@click.argument("text", required=False)
@click.option(
    "--file",
    "draft",
    type=click.Path(path_type=Path),
    metavar="DRAFT",
    help="Check this draft (.txt, .md or .docx) instead of TEXT.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_context
def check(context: click.Context, text: str | None, draft: Path | None, as_json: bool) -> None:
    """Check the quotations of TEXT, or of a draft, against the articles.

    Each is exact, altered, another speaker's, shortened, joined from several places, or not found.
    Sentences in plain words are shown beside what is nearest to them. TEXT without quotation marks
    is checked as a quotation and as a sentence; - reads it from stdin. Exits 0 only if every
    quotation is exact, with its speaker if one is named, else 1.
    """
    if (text is None) == (draft is None):
        raise click.UsageError("Give either TEXT to check, or --file DRAFT.")
    written = _draft(draft) if draft is not None else _given(text or "")
    workspace: Workspace = context.obj
    with opened(workspace) as index:
        encoder = workspace.encoder_for(index)
        checked = check_text(written, index, encoder, is_whole=draft is None)
    if as_json:
        print_json(check_as_json(checked))
    else:
        click.echo(check_text_lines(checked, styled=stdout_is_terminal()))
    context.exit(0 if checked.is_exact else 1)


def _given(text: str) -> str:
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise UserError("What came on stdin is not UTF-8 text. Give it in UTF-8.") from error


def _draft(path: Path) -> str:
    if path.suffix.lower() not in _DRAFTS:
        raise UserError(f"{path} is no draft that is read. Save it as .txt, .md or .docx.")
    try:
        article, notes = read_single(path)
    except UnreadableFile as error:
        raise UserError(f"{path} {error}.") from error
    for note in notes:
        say(f"{path} {note.reason}.")
    return article.text
