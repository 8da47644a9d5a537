"""What is known of imported articles, and from what, in numbers: no oddity is overlooked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from corpus.article import Metadata

_FIELDS = ("title", "author", "published", "publisher")


@dataclass(slots=True)
class Details:
    """unknown: how many articles lack a field. inferred: how many have one, by (field, basis),
    such as ("publisher", "host name"), where none was stated. unused: what is odd about each date
    that was stated and not used, by article.
    """

    unknown: Counter[str] = field(default_factory=Counter)
    inferred: Counter[tuple[str, str]] = field(default_factory=Counter)
    unused: dict[str, str] = field(default_factory=dict)

    def take(self, article_id: str, metadata: Metadata) -> None:
        """Count one article."""
        evidence = dict(metadata.evidence)
        if (odd := evidence.pop("published", None)) is not None:
            self.unused[article_id] = f"date {odd}"
        if metadata.published_evidence:
            evidence["published"] = metadata.published_evidence
        for name in _FIELDS:
            if getattr(metadata, name) is None:
                self.unknown[name] += 1
            basis = _kind(evidence.get(name, "metadata"))
            if basis != "metadata":
                self.inferred[name, basis] += 1


def _kind(basis: str) -> str:
    """`cleaned from "By By Ada Fenn"` is of the kind "cleaned"."""
    return basis.partition(":")[0].partition(" from ")[0]
