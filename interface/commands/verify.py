"""`onrecord verify`: whether the index, or the citations of exported answers, still hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from index import IndexDamaged, SearchIndex, defects_of
from interface.commands.shared import UserError, opened, print_json, progress, with_options
from interface.rendering.terminal import visible
from interface.rendering.wording import counted
from interface.workspace import Workspace
from retrieval import CitationCheck, exported_answers, verify_citation, verify_index

# What is not wrong: the words were there, and the collection has moved on since.
_SOUND = ("verified", "details changed", "superseded", "removed")


class _FoundWanting(UserError):
    """Checked, and not sound: exit code 1."""

    exit_code = 1


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_context
def verify(context: click.Context, file: Path | None, as_json: bool) -> None:
    """Check every passage of the index, or every citation of the answers exported to FILE.

    Without FILE, every file and text of the index is hashed again too, and each that is not what
    was written is named. FILE is what `onrecord ask --json` printed, or an answer or conversation
    that the page exported as JSON; a citation whose article has changed or gone since still holds.
    Exits 1 where something does not hold.
    """
    workspace: Workspace = context.obj
    try:
        with opened(workspace) as index:
            sound = (
                _verify_index(index, workspace, as_json)
                if file is None
                else _verify_file(file, index, as_json)
            )
    except UserError as error:
        # An index that cannot even be opened was checked all the same, and found wanting.
        if file is None and isinstance(error.__cause__, IndexDamaged):
            defects = [with_options(defect, workspace) for defect in defects_of(workspace.index)]
            raise _FoundWanting("\n".join(defects) or error.message) from error
        raise
    context.exit(0 if sound else 1)


def _verify_index(index: SearchIndex, workspace: Workspace, as_json: bool) -> bool:
    with progress().step("Verifying articles", index.manifest.articles) as advance:
        check = verify_index(index, advance)
    if as_json:
        print_json(asdict(check))
    else:
        for defect in check.defects:
            click.echo(visible(with_options(defect, workspace)))
        click.echo(
            f"{counted(check.articles, 'article')} and {counted(check.passages, 'passage')} "
            f"re-read, {counted(len(check.defects), 'defect')}."
        )
    return not check.defects


def _verify_file(file: Path, index: SearchIndex, as_json: bool) -> bool:
    try:
        exported = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(
            f"{file} cannot be read: {error.strerror}. Give an exported answer."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"{file} is not text. Give an answer from `onrecord ask --json`."
        ) from error
    answers = exported_answers(exported)
    checked = [[verify_citation(claimed, index) for claimed in each.citations] for each in answers]
    if as_json:
        print_json(_as_json(checked))
    else:
        questions = [" ".join(answer.question.split()) for answer in answers]
        for number, (question, checks) in enumerate(zip(questions, checked, strict=True)):
            if number:
                click.echo()
            if len(answers) > 1:
                click.echo(visible(question))
            for check in checks:
                article = visible(check.article_id)
                click.echo(f"[{check.number}] {check.verdict}: {article}: {check.reason}")
            if not checks:
                click.echo("The answer has no citations.")
    return all(check.verdict in _SOUND for checks in checked for check in checks)


def _as_json(checked: Sequence[Sequence[CitationCheck]]) -> list[dict[str, Any]]:
    """An object for each citation; of several answers with the answer's number, from 1."""
    if len(checked) == 1:
        return [asdict(check) for check in checked[0]]
    return [
        {"answer": number, **asdict(check)}
        for number, checks in enumerate(checked, start=1)
        for check in checks
    ]
