"""The rules by which articles are cut and read today; a generation names those it was made by."""

from __future__ import annotations

from typing import TypedDict

from corpus import PASSAGE_RULES, QUOTATION_RULES
from index.copies import COPY_RULES
from index.lexical import ANALYZER
from index.store import Manifest
from index.store.manifest import FORMAT


class Rules(TypedDict):
    """Versions, by the name of their field in a manifest."""

    analyzer: str
    passage_rules: str
    copy_rules: str
    quotation_rules: str


def rules_of_today() -> Rules:
    """Those that a build follows."""
    return {
        "analyzer": ANALYZER,
        "passage_rules": PASSAGE_RULES,
        "copy_rules": COPY_RULES,
        "quotation_rules": QUOTATION_RULES,
    }


def is_of_today(manifest: Manifest) -> bool:
    """Whether a generation was made by the rules of today, in the format of today."""
    rules = rules_of_today()
    return manifest.format == FORMAT and all(
        getattr(manifest, field) == version for field, version in rules.items()
    )
