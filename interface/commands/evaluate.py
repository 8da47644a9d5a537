"""`onrecord evaluate`: how well the ranking finds what people have judged relevant."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from index import DEFAULT_ENCODER, Encoder, SearchIndex, build_index_of
from interface.commands.shared import UserError, print_json, progress, say, user_errors
from interface.rendering.terminal import visible
from interface.rendering.trec import trec_run
from interface.rendering.wording import counted
from interface.workspace import Workspace
from retrieval import METHODS, JudgedCollection, Method, read_beir
from retrieval import evaluate as evaluate_ranking


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
@click.option("--run", "run_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the rankings to FILE as a TREC run, 100 documents a query.")  # fmt: skip
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="hybrid",
    show_default=True,
    help="Whose rankings --run writes, and whose are the `measures` of --json.",
)
@click.pass_obj
def evaluate(
    workspace: Workspace, folder: Path, as_json: bool, run_file: Path | None, method: Method
) -> None:
    """Measure retrieval on DIR, a folder in BEIR layout.

    DIR holds corpus.jsonl, queries.jsonl, and qrels/test.tsv or qrels.tsv, and is only read. Its
    index is kept in the user's cache folder, so that a second run only ranks.
    """
    if run_file is not None and not run_file.absolute().parent.is_dir():
        raise UserError(
            f"There is no folder {run_file.absolute().parent} for the run. Make it, or give "
            "another FILE with --run."
        )
    with user_errors(workspace):
        judged = read_beir(folder)
        _tell_oddities(judged)
        encoder = workspace.make_own(DEFAULT_ENCODER)
        with _indexed(judged, encoder) as index:
            evaluation = evaluate_ranking(judged, index, encoder, progress())
    if as_json:
        print_json(
            {
                "dataset": judged.name,
                "queries": len(judged.questions),
                "measures": evaluation.measures[method],
                "by_method": evaluation.measures,
            }
        )
    else:
        click.echo(
            f"{visible(judged.name)}: {counted(len(judged.questions), 'question')} with a relevant "
            f"judgement, {counted(len(judged.articles), 'document')}\n"
        )
        click.echo(_table(evaluation.measures))
    if run_file is not None:
        lines = trec_run(evaluation.rankings[method], f"on-the-record-{method}")
        try:
            run_file.write_text("".join(lines), encoding="utf-8", newline="\n")
        except OSError as error:
            raise UserError(f"{run_file} cannot be written: {error.strerror}.") from error


@contextmanager
def _indexed(judged: JudgedCollection, encoder: Encoder) -> Iterator[SearchIndex]:
    """The index of the data, brought up to date first."""
    place = _cache_folder() / "evaluate" / judged.sha256
    report = build_index_of(judged.articles, place, encoder, progress=progress())
    if report.published:
        say(f"The index of {judged.name} is kept in {place}; delete it as you like.")
    index = SearchIndex(place)
    try:
        index.require_encoder(encoder.identity)
        yield index
    finally:
        index.close()


def _cache_folder() -> Path:
    """Where programs keep what they can make again. XDG_CACHE_HOME counts only if absolute, as
    its specification says."""
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return (stated if stated.is_absolute() else Path.home() / usual) / "on-the-record"


def _tell_oddities(judged: JudgedCollection) -> None:
    """What does not stop the measuring, and moves the measures."""
    if judged.without_words:
        count = counted(judged.without_words, "document")
        say(f"{count} without text or title: in the collection, and never found.")
    if judged.not_there:
        count = counted(judged.not_there, "relevant judgement")
        say(f"{count} of documents that are not in corpus.jsonl: counted as not found.")
    if judged.unasked:
        count = counted(judged.unasked, "judged question")
        say(f"{count} not in queries.jsonl: left out.")


def _table(measures: Mapping[Method, Mapping[str, float]]) -> str:
    names = list(measures[METHODS[0]])
    lines = ["".join([" " * 8, *(f"{name:>9}" for name in names)])]
    lines += [
        "".join([f"{method:<8}", *(f"{measures[method][name]:9.3f}" for name in names)])
        for method in METHODS
    ]
    return "\n".join(lines)
