"""Whether the speaker that a draft names is the one that an article shows."""

from __future__ import annotations

import re

from corpus import Speaker

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Not part of a name, wherever it is put.
_TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron rev reverend judge
    justice sergeant sgt inspector insp superintendent supt pc dc ds di dci det detective cllr
    councillor senator sen rep president minister hon the jr sr""".split()
)
_COMMON = frozenset("a an and at for from in of on the to with former".split())


def is_same_speaker(named: Speaker, shown: Speaker) -> bool:
    """Whether the speaker named in a draft can be the one that an article shows.

    A name decides where the draft gives one: the same surname, and no word in the shorter form
    that the longer has not, but for titles and initials. Else the words of the role, or of the
    organisation, must be among those of the article's role and organisation.
    """
    if named.name is not None:
        return shown.name is not None and _is_same_name(named.name, shown.name)
    given = _words(f"{shown.role or ''} {shown.organisation or ''}") - _COMMON
    if named.role is None and named.organisation is not None:
        given |= _words(shown.name or "")
    wanted = _words(f"{named.role or ''} {named.organisation or ''}") - _COMMON
    return bool(wanted) and wanted <= given


def _is_same_name(one: str, other: str) -> bool:
    shorter, longer = sorted((_name(one), _name(other)), key=len)
    if not shorter or shorter[-1] != longer[-1]:
        return False
    rest = longer[:-1]
    return all(
        any(word == full or (len(word) == 1 and full.startswith(word)) for full in rest)
        or any(len(full) == 1 and word.startswith(full) for full in rest)
        for word in shorter[:-1]
    )


def _name(name: str) -> list[str]:
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(name)]
    return [word for word in words if word not in _TITLES] or words


def _words(phrase: str) -> set[str]:
    return {word.casefold().replace("’", "'").removesuffix("'s") for word in _WORD.findall(phrase)}
