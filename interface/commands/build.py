"""`onrecord build`: bring the index up to date with the collection folder."""

from __future__ import annotations

import time
from dataclasses import asdict

import click

from index import BuildReport
from interface.commands.shared import listed, print_json, progress, say, user_errors
from interface.rendering.wording import counted
from interface.workspace import Workspace


@click.command()
@click.option("--full", is_flag=True, help="Read, encode and compile everything again.")
@click.option("--strict", is_flag=True, help="Fail, and publish nothing, where a file is skipped.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def build(workspace: Workspace, full: bool, strict: bool, as_json: bool) -> None:
    """Rebuild the index: only what changed, unless --full.

    Prints what was added, kept, changed and removed, and what was skipped with the reason: the
    first 20 of each, while --json has them all.
    """
    started = time.monotonic()
    with user_errors(workspace):
        report = workspace.build(progress(), say, full=full, strict=strict)
    if as_json:
        print_json(asdict(report))
        return
    for line in _lines(report):
        click.echo(line)
    say(f"Took {time.monotonic() - started:.1f} s.")


def _lines(report: BuildReport) -> list[str]:
    lines = [
        f"Added {len(report.added):,}, changed {len(report.changed):,}, "
        f"removed {len(report.removed):,}, kept {report.kept:,}.",
        f"{counted(report.articles, 'article')}, {counted(report.passages, 'passage')}, "
        f"{counted(report.encoded, 'passage')} encoded.",
    ]
    if not report.published:
        lines.append("Nothing has changed; the index stays as it was.")
    lines += listed("mended", report.mended)
    if report.kept:  # a first build adds everything, and a list of that tells nothing
        lines += listed("added", report.added)
    lines += listed("changed", report.changed)
    lines += listed("removed", report.removed)
    lines += listed("note:", [str(note) for note in report.notes])
    lines += listed("skipped:", [str(skip) for skip in report.skips])
    if report.skips:
        lines.append(f"{len(report.skips):,} skipped.")
    return lines
