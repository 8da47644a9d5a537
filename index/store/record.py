"""Metadata as JSON, in the catalogue and in the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from corpus import Metadata, Original


def metadata_as_json(metadata: Metadata) -> dict[str, Any]:
    return asdict(metadata)


def metadata_from_json(fields: Mapping[str, Any]) -> Metadata:
    """Raises TypeError, KeyError or ValueError where the fields are not those of metadata."""
    original = fields["original"]
    return Metadata(**{**fields, "original": Original(**original) if original else None})
