"""`onrecord articles`, `show` and `status`: what is in the collection and the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from index import CatalogueEntry, SearchIndex
from interface.articles import entry_as_json, whole_article_as_json
from interface.commands.shared import UserError, opened, print_json, with_options
from interface.rendering.terminal import visible
from interface.rendering.wording import (
    UNTITLED,
    about_line,
    brief_line,
    counted,
    original_title,
    source_line,
)
from interface.workspace import Workspace

# Details of an article that stand beside others, or have lines of their own.
_TOLD_OTHERWISE = {"original", "evidence", "imported", "published_evidence"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def articles(workspace: Workspace, as_json: bool) -> None:
    """List the articles, ordered by id."""
    with opened(workspace) as index:
        entries = index.catalogue.entries()
    if as_json:
        print_json([entry_as_json(entry) for entry in entries])
        return
    for entry in entries:
        title = visible(entry.metadata.title or UNTITLED)
        click.echo(f"{visible(entry.article_id)}\n    {title}\n    {_described(entry)}")
    click.echo(f"{counted(len(entries), 'article')}.")


@click.command()
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="Print the article as JSON.")
@click.pass_obj
def show(workspace: Workspace, article: str, as_json: bool) -> None:
    """Show ARTICLE (its id): what is known of it, from what, and its text."""
    with opened(workspace) as index:
        entry = index.catalogue.entry(article)
        if entry is None:
            advice = with_options("List them with: onrecord articles", workspace)
            raise UserError(f"There is no article {article}. {advice}")
        if as_json:
            print_json(whole_article_as_json(entry, index))
            return
        found = index.article(article)
    for line in _lines(entry):
        click.echo(visible(line))
    if entry.metadata.original:
        for name, value in asdict(entry.metadata.original).items():
            if value is not None:
                click.echo(f"original {name}: {visible(str(value))}")
    for item in found.furniture:
        click.echo(f"not quoted ({item.kind}): {visible(item.span.of(found.text))}")
    click.echo(f"\n{visible(found.text)}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@click.pass_obj
def status(workspace: Workspace, as_json: bool) -> None:
    """Show what the index was built from, when, and whether the folder has changed since."""
    with opened(workspace) as index:
        facts = _status(workspace, index)
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        shown = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
        click.echo(f"{name.replace('_', ' ')}: {visible(str(shown))}")


def _status(workspace: Workspace, index: SearchIndex) -> dict[str, object]:
    manifest = index.manifest
    has_encoder = manifest.encoder is not None
    count, passages, earliest, latest = index.catalogue.scope()
    return {
        "collection": manifest.collection,
        "folder_has_changed": workspace.is_stale(manifest),
        "index": str(workspace.index),
        "generation": manifest.generation,
        "built": manifest.built,
        "articles": count,
        "passages": passages,
        "from": earliest,
        "to": latest,
        "encoder": manifest.encoder["name"] if manifest.encoder else None,
        "precision": manifest.encoder["precision"] if manifest.encoder else None,
        "vectors": encoding.share if (encoding := index.encoding()) else float(has_encoder),
        "analyzer": manifest.analyzer,
        "bytes": sum(part.bytes for part in manifest.parts),
    }


def _lines(entry: CatalogueEntry) -> Iterator[str]:
    """What is known of an article, and beside each detail what it was inferred from."""
    evidence = {name: _basis(basis) for name, basis in entry.metadata.evidence}
    if (dated := entry.metadata.published_evidence) is not None:
        # A stated date that could not be used comes behind what was used instead.
        evidence["published"] = "; ".join(filter(None, [_basis(dated), evidence.get("published")]))
    for name, value in entry_as_json(entry).items():
        basis = evidence.pop(name, None)
        if basis is not None:
            yield f"{name}: {'unknown' if value is None else value} ({basis})"
        elif value is not None and name not in _TOLD_OTHERWISE:
            yield f"{name}: {value}"
    for name, basis in evidence.items():
        yield f"{name}: {basis}"
    if entry.metadata.imported:
        imported = entry.metadata.imported
        yield f"imported from: {imported.file} (sha256 {imported.sha256})"


def _basis(basis: str) -> str:
    """Most evidence is a place in the file; the rest already says what was done."""
    told = basis.startswith(("cleaned", "stated", "read", "posted"))
    return basis if told else f"from {basis}"


def _described(entry: CatalogueEntry) -> str:
    brief = brief_line(entry.metadata)
    about = (
        f" · {brief} {original_title(entry.metadata)}{about_line(entry.metadata)}" if brief else ""
    )
    return visible(
        f"{source_line(entry.metadata)}{about} · {counted(entry.words, 'word')}, "
        f"{counted(len(entry.rows), 'passage')}"
    )
