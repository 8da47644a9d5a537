"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus import Skip


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Article ids come in order.

    generation: the one that answers now. published: False where nothing had changed.
    encoded: how many strings the encoder was given.
    mended: what was found damaged in the index before and is whole again.
    """

    generation: str
    published: bool
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    articles: int
    passages: int
    encoded: int
    skips: tuple[Skip, ...]
    notes: tuple[Skip, ...]
    mended: tuple[str, ...] = field(default=())
