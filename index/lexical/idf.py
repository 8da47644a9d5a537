"""How much a term tells: inverse document frequency, always positive."""

from __future__ import annotations

import math


def lucene_idf(passages: int, holding: int) -> float:
    """Weight of a term that `holding` of `passages` passages contain; positive, in nats.

    Lucene's form, log(1 + (N - n + 1/2) / (n + 1/2)).
    """
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))
