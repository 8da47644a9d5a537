"""The words by which a speaker is looked for."""

from __future__ import annotations

import re

from corpus import Speaker

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def speaker_words(speaker: Speaker) -> set[str]:
    """Those of the name; of somebody without one, those of role and organisation."""
    return name_words(speaker.name or f"{speaker.role or ''} {speaker.organisation or ''}")


def name_words(name: str) -> set[str]:
    """The words of a name as they are compared: without regard to case, "the" left out."""
    return {word.casefold().replace("’", "'") for word in _WORD.findall(name)} - {"the"}
