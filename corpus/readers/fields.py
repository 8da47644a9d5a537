"""Metadata under the names that exports and front matter give it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Literal

from corpus.article import BRIEF_PUBLISHER, Imported, Metadata, Original
from corpus.details.dates import not_told, parse_date
from corpus.errors import UnreadableFile
from corpus.text import checked

ID = ("article_id", "id", "_id", "doc_id", "guid")
TEXT = ("text", "content", "body", "article", "article_text", "full_text")
_TITLE = ("title", "headline", "name")
_PUBLISHER = ("publisher", "source", "outlet", "site", "site_name", "newspaper", "publication")
_AUTHOR = ("author", "authors", "byline", "creator")
_PUBLISHED = (
    "published", "date", "published_at", "date_published", "publication_date", "publish_date",
    "pub_date", "datePublished", "publishedAt", "pubDate",
)  # fmt: skip
# Longer numbers are no ids or titles, and Python refuses to write the longest.
_LARGEST_NUMBER = 10**40
_URL = ("url", "link", "canonical_url", "source_url", "web_url")
# For formats whose names may be written in any case: the small letters of each, and its name.
NAMES = {
    name.casefold(): name
    for names in (ID, TEXT, _TITLE, _PUBLISHER, _AUTHOR, _PUBLISHED, _URL, ("kind",))
    for name in names
}
_HASH = re.compile(r"[0-9a-f]{64}")


def metadata_from(fields: Mapping[str, Any]) -> Metadata:
    """What `fields` state. A nested `metadata` object (BEIR) is read like the fields beside it.

    A value of an unexpected shape is unknown rather than wrong; a `kind` that does not exist
    raises UnreadableFile, because it decides how the article is quoted. A date that is stated and
    cannot be read stands in the evidence, under "published".
    """
    nested = fields.get("metadata")
    merged = {**nested, **fields} if isinstance(nested, Mapping) else dict(fields)
    written = first_text(merged, _PUBLISHED)
    published = parse_date(written) if written else None
    evidence = _evidence(merged.get("evidence"))
    if written and published is None:
        evidence["published"] = not_told(written)
    kind = _kind(merged)
    original = merged.get("original")
    return Metadata(
        title=first_text(merged, _TITLE),
        publisher=first_text(merged, _PUBLISHER) or (BRIEF_PUBLISHER if kind == "brief" else None),
        author=first_text(merged, _AUTHOR),
        published=published,
        published_evidence=(
            (first_text(merged, ("published_evidence",)) or "metadata") if published else None
        ),
        url=first_text(merged, _URL),
        kind=kind,
        original=_original(original) if isinstance(original, Mapping) else None,
        evidence=tuple(sorted(evidence.items())),
        imported=_imported(merged.get("imported")),
    )


def first_text(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first non-empty value among `names`, its white space made single spaces.

    Raises UnreadableFile for one that holds a lone surrogate.
    """
    for name in names:
        if (words := _words(fields.get(name))) is not None:
            return words
    return None


def _words(value: Any) -> str | None:
    items = value if isinstance(value, list) else [value]
    return ", ".join(word for item in items if (word := _word(item))) or None


def _word(value: Any) -> str | None:
    match value:
        case str(written) | {"name": str(written)}:
            return " ".join(checked(written).split()) or None
        case bool():
            return None
        case int():
            return str(value) if -_LARGEST_NUMBER < value < _LARGEST_NUMBER else None
        case float() if math.isfinite(value):
            return str(value)
        case _:
            return None


def _date(fields: Mapping[str, Any]) -> str | None:
    written = first_text(fields, _PUBLISHED)
    return parse_date(written) if written else None


def _evidence(stated: Any) -> dict[str, str]:
    if not isinstance(stated, Mapping):
        return {}
    found = {str(name): _word(basis) for name, basis in stated.items()}
    return {checked(name): basis for name, basis in found.items() if basis}


def _imported(stated: Any) -> Imported | None:
    """The file that an article was imported from, as front matter keeps it."""
    if not isinstance(stated, Mapping):
        return None
    file, sha256 = _word(stated.get("file")), _word(stated.get("sha256"))
    return Imported(file, sha256) if file and sha256 and _HASH.fullmatch(sha256) else None


def _kind(fields: Mapping[str, Any]) -> Literal["article", "brief"]:
    match fields.get("kind"):
        case None | "article":
            return "article"
        case "brief":
            return "brief"
        case other:
            raise UnreadableFile(f"has the kind {other!r}; it must be article or brief")


def _original(fields: Mapping[str, Any]) -> Original:
    return Original(
        title=first_text(fields, _TITLE),
        publisher=first_text(fields, _PUBLISHER),
        author=first_text(fields, _AUTHOR),
        published=_date(fields),
        url=first_text(fields, _URL),
    )
