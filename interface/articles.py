"""Articles as JSON: what is known of each, and a whole one with its text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from index import CatalogueEntry, SearchIndex


def entry_as_json(entry: CatalogueEntry) -> dict[str, Any]:
    """What is known of an article."""
    metadata = asdict(entry.metadata) | {"evidence": dict(entry.metadata.evidence)}
    return {
        "article_id": entry.article_id,
        "sha256": entry.sha256,
        **metadata,
        "file": entry.file,
        "words": entry.words,
        "passages": len(entry.rows),
    }


def whole_article_as_json(entry: CatalogueEntry, index: SearchIndex) -> dict[str, Any]:
    """What is known of an article, its text, and spans in it: furniture in the order of the text
    with its kind, and passages in order. Raises IndexDamaged."""
    article = index.article(entry.article_id)
    passages = [index.passage(row) for row in entry.rows]
    return entry_as_json(entry) | {
        "text": article.text,
        "furniture": [
            {"start": item.span.start, "end": item.span.end, "kind": item.kind}
            for item in article.furniture
        ],
        "passage_spans": sorted([p.span.start, p.span.end] for p in passages),
    }
