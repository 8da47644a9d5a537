"""An article as the Markdown file that reads back to it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import yaml

from corpus.article import Article, Metadata, Original
from corpus.encoding import decoded
from corpus.errors import UnreadableFile
from corpus.readers import read_markdown
from corpus.text import LARGEST_TEXT_BYTES

_DETAILS = ("title", "publisher", "author", "published", "published_evidence", "url")


def as_markdown(article: Article) -> tuple[bytes, Article]:
    """The file, and the article that reading it gives: the same text, and the same metadata but
    for white space, which front matter holds as single spaces.

    Raises UnreadableFile for what no such file can hold.
    """
    if "\0" in article.text:
        raise UnreadableFile("holds a NUL character, which no text file may")
    written = yaml.safe_dump(
        _fields(article.metadata), allow_unicode=True, sort_keys=False, width=float("inf")
    )
    content = f"---\n{written}---\n{article.text}".encode()
    if len(content) > LARGEST_TEXT_BYTES:
        raise UnreadableFile(
            f"makes a file of {len(content) / 1e6:,.1f} MB; one may have "
            f"{LARGEST_TEXT_BYTES / 1e6:.1f}"
        )
    again = read_markdown(decoded(content)[0], article.article_id, article.file)
    if (again.text, again.metadata) != (article.text, _plain(article.metadata)):
        raise UnreadableFile("cannot be written so that it reads back the same")
    return content, again


def _fields(metadata: Metadata) -> dict[str, Any]:
    plain = _plain(metadata)
    fields: dict[str, Any] = {"kind": "brief"} if plain.kind == "brief" else {}
    fields |= _known({name: getattr(plain, name) for name in _DETAILS})
    if plain.original is not None:
        fields["original"] = _known(asdict(plain.original))
    if plain.evidence:
        fields["evidence"] = dict(plain.evidence)
    if plain.imported is not None:
        fields["imported"] = asdict(plain.imported)
    return fields


def _plain(metadata: Metadata) -> Metadata:
    """With single spaces. A date with no evidence is one that a field states."""
    published = _spaced(metadata.published)
    original, imported = metadata.original, metadata.imported
    return replace(
        metadata,
        title=_spaced(metadata.title),
        publisher=_spaced(metadata.publisher),
        author=_spaced(metadata.author),
        published=published,
        published_evidence=(
            _spaced(metadata.published_evidence) or "metadata" if published else None
        ),
        url=_spaced(metadata.url),
        original=original
        and Original(**{name: _spaced(value) for name, value in asdict(original).items()}),
        evidence=tuple(
            (name, spaced) for name, basis in metadata.evidence if (spaced := _spaced(basis))
        ),
        imported=imported and replace(imported, file=_spaced(imported.file) or "unnamed"),
    )


def _spaced(value: str | None) -> str | None:
    return None if value is None else " ".join(value.split()) or None


def _known(fields: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}
