"""Metadata back from JSON: of the catalogue, the history, and the extracting process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.article import Imported, Metadata, Original


def metadata_from_json(fields: Mapping[str, Any]) -> Metadata:
    """Raises TypeError, KeyError or ValueError where the fields are not those of metadata."""
    original, imported = fields["original"], fields.get("imported")  # format 1 knew no imports
    return Metadata(
        **{
            **fields,
            "original": Original(**original) if original else None,
            "evidence": tuple((name, basis) for name, basis in fields.get("evidence", ())),
            "imported": Imported(**imported) if imported else None,
        }
    )
