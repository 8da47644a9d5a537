"""Names as they are compared: what two articles must both write to speak of one person."""

from __future__ import annotations

import re
import unicodedata

from corpus.quotations import Speaker

_APART = re.compile(r"[\s.]+")


def folded_name(name: str) -> str:
    """A name without regard to case, accents, full stops, the form of its apostrophes, and a
    "the" before it."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(letter)
    )
    words = _APART.sub(" ", plain.casefold().replace("’", "'")).split()
    return " ".join(words[words[:1] == ["the"] :])


def called(speaker: Speaker) -> str | None:
    """The name of a person, or that of a body that speaks itself, folded; None for somebody who
    is told by a role only."""
    if speaker.name is not None:
        return folded_name(speaker.name)
    if speaker.role is None and speaker.organisation is not None:
        return folded_name(speaker.organisation)
    return None


def is_full(name: str) -> bool:
    """Whether a folded name has more than a surname and one initial: J. K. Rowling has, J. Smith
    could be anybody."""
    words = name.split()
    return len("".join(words[:-1])) > 1
