"""`onrecord doctor`: whether this installation is fit to answer."""

from __future__ import annotations

from dataclasses import asdict

import click

from interface.commands.shared import print_json, with_options
from interface.rendering.terminal import visible
from interface.workspace import Workspace


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Examine the installation: versions, the encoder's files, the index, and the disk.

    Each line says ok, warning or problem, and what to do next. Nothing is changed or built. The
    index is looked at, and not hashed as a whole, which `onrecord verify` does. Exits 1 where there
    is a problem.
    """
    from interface.doctor import examine

    workspace: Workspace = context.obj
    findings = list(examine(workspace))
    is_fit = all(finding.level != "problem" for finding in findings)
    if as_json:
        print_json({"fit": is_fit, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            click.echo(visible(f"{finding.level:<8} {finding.what}: {finding.found}"))
            if finding.advice:
                click.echo(visible(f"{'':<8} {with_options(finding.advice, workspace)}"))
    context.exit(0 if is_fit else 1)
