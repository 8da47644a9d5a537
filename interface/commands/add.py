"""`onrecord add`: put articles into the collection folder."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

import click

from corpus import (
    Details,
    Placed,
    Skip,
    bytes_of,
    import_articles,
    list_files,
    read_present,
    writing_into,
)
from interface.commands.shared import (
    UserError,
    default_index,
    listed,
    print_json,
    progress,
    say,
    user_errors,
)
from interface.workspace import STARTER_COLLECTION, Workspace

# Skips that are kept to be told: of ten million bad lines each is like the first.
_KEPT = 1_000


@dataclass(slots=True)
class _Report:
    """What an import did so far. skipped: how many; skips: the first of them."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    already_there: list[str] = field(default_factory=list)
    details: Details = field(default_factory=Details)
    notes: list[Skip] = field(default_factory=list)
    skipped: int = 0
    skips: list[Skip] = field(default_factory=list)

    def take(self, found: Placed | Skip) -> None:
        match found:
            case Skip():
                self.skipped += 1
                if len(self.skips) < _KEPT:
                    self.skips.append(found)
            case Placed("added" | "changed"):
                (self.added if found.outcome == "added" else self.changed).append(found.article_id)
                self.details.take(found.article_id, found.metadata)
            case Placed():
                self.already_there.append(found.article_id)

    @property
    def articles(self) -> int:
        return len(self.added) + len(self.changed) + len(self.already_there)


@click.command()
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--dry-run", is_flag=True, help="Only show what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def add(workspace: Workspace, paths: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    """Put articles from files, folders and archives into the collection folder.

    Each becomes a Markdown file, with where it comes from above its text. Adding again adds what
    is new and replaces what has changed; a file that you wrote yourself is never overwritten.
    Nothing is fetched from a network.
    """
    collection = workspace.collection()
    _require_own(collection)
    report = _Report()
    with user_errors(workspace):
        try:
            for found in _imported(paths, collection, report.notes, dry_run=dry_run):
                report.take(found)
        except KeyboardInterrupt:
            say(f"Stopped. {_summary(report, dry_run=dry_run)} What was written is whole.")
            raise
    if not report.articles:
        raise UserError("\n".join(["No article was found in what you named.", *_skipped(report)]))
    if as_json:
        print_json(_as_json(report, collection, dry_run=dry_run))
        return
    for line in _lines(report, dry_run=dry_run):
        click.echo(line)
    if dry_run:
        say("Nothing was written.")
    elif report.added or report.changed:
        say(f"Now run: {_build_command(workspace)}")


def _require_own(collection: Path) -> None:
    if Path(os.path.realpath(collection)).is_relative_to(os.path.realpath(STARTER_COLLECTION)):
        raise UserError(
            "The starter collection is part of the program and takes no articles. Name a folder "
            "of your own, which is made if there is none: onrecord --corpus DIR add PATH..."
        )


def _imported(
    paths: Sequence[Path], collection: Path, notes: list[Skip], *, dry_run: bool
) -> Iterator[Placed | Skip]:
    shown = progress()
    with nullcontext() if dry_run else writing_into(collection):
        there = sum(size for _, size, _ in list_files(collection)) if collection.exists() else 0
        with shown.step("Reading the collection (bytes)", there) as advance:
            present = read_present(collection, advance=advance)
        with shown.step("Adding (bytes)", bytes_of(paths, collection)) as advance:
            yield from import_articles(
                paths, collection, present, notes, dry_run=dry_run, advance=advance
            )


def _summary(report: _Report, *, dry_run: bool) -> str:
    written = ("Would add", "would change") if dry_run else ("Added", "changed")
    return (
        f"{written[0]} {len(report.added):,}, {written[1]} {len(report.changed):,}, "
        f"already there {len(report.already_there):,}, skipped {report.skipped:,}."
    )


def _lines(report: _Report, *, dry_run: bool) -> list[str]:
    return [
        _summary(report, dry_run=dry_run),
        *listed("would add" if dry_run else "added", report.added),
        *listed("would change" if dry_run else "changed", report.changed),
        *listed("already there:", report.already_there),
        *_details(report.details),
        *listed("note:", [str(note) for note in report.notes]),
        *_skipped(report),
    ]


_NAMED = {
    "title": "a title",
    "author": "an author",
    "published": "a date",
    "publisher": "a publisher",
}


def _details(details: Details) -> list[str]:
    """What a person may want to look at before the import is searched."""
    lines = []
    if details.unknown:
        without = (
            f"{name} {details.unknown[which]:,}"
            for which, name in _NAMED.items()
            if details.unknown[which]
        )
        lines.append(f"Without {', '.join(without)}.")
    if details.inferred:
        inferred = (
            f"{name} {basis} {n:,}" if basis == "cleaned" else f"{name} from {basis} {n:,}"
            for (name, basis), n in sorted(details.inferred.items())
        )
        lines.append(f"Not as stated: {', '.join(inferred)} (onrecord show tells which).")
    return [*lines, *listed("note:", [f"{one} {odd}" for one, odd in details.unused.items()])]


def _skipped(report: _Report) -> list[str]:
    return listed("skipped:", [str(skip) for skip in report.skips], report.skipped)


def _as_json(report: _Report, collection: Path, *, dry_run: bool) -> dict[str, Any]:
    details = {
        "unknown": {name: report.details.unknown[name] for name in _NAMED},
        "inferred": [
            {"field": name, "basis": basis, "articles": number}
            for (name, basis), number in sorted(report.details.inferred.items())
        ],
        "unused_dates": report.details.unused,
    }
    fields = {each.name: getattr(report, each.name) for each in dataclass_fields(report)}
    skips = {name: [asdict(skip) for skip in fields[name]] for name in ("notes", "skips")}
    return {
        "collection": str(collection),
        "dry_run": dry_run,
        **fields,
        **skips,
        "details": details,
    }


def _build_command(workspace: Workspace) -> str:
    """With the options that this command was given, so that it builds from the same folder."""
    options = []
    if workspace.corpus is not None:
        options += ["--corpus", str(workspace.corpus)]
    if workspace.index != default_index():
        options += ["--index", str(workspace.index)]
    if workspace.encoder is not None:
        options += ["--encoder", workspace.encoder]
    return shlex.join(["onrecord", *options, "build"])
