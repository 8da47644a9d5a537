"""Who wrote an article, out of what an author field or a byline says."""

from __future__ import annotations

import re

from corpus.details.dates import parse_date

# What stands between two names. What holds them together in one name ("van", a hyphen) does not.
_SEPARATOR = re.compile(r"(\s*[,;|]\s*|\s+(?:and|AND|&)\s+)")
_BY = re.compile(
    r"(?:(?:(?:analysis|opinion|commentary|reporting|reported|written|words|text|story|posted)\s+)?"
    r"by(?:\s*:\s*|\s+)|author\s*:\s*)",
    re.IGNORECASE,
)
# "Analysis by Jane Doe" from which a program took the "by". Two words must follow: Story may be a
# first name, and so it is not among these.
_LABEL = re.compile(r"(?:Analysis|Opinion|Commentary|Written|Text)\s+(?=\S+\s+\S)")
_ADDRESS = re.compile(r"[^\s<>()]*://[^\s<>()]+|[^\s<>()@]+@[^\s<>()@]+\.\w+|@\w+", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"[(<\[]\s*[)>\]]")
# "Wsj.Com", as what is left of an address: a word, a full stop and a suffix of hosts.
_HOST = re.compile(
    r"(?:\bfor\s+)?(?:www\.\S+|\S+\.(?:com|org|net|co|uk|info|edu|gov|io|html?)\b\S*)",
    re.IGNORECASE,
)
_FOLLOW = re.compile(r"\s+follow(?:\s.*)?$", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d]+|[^\W\d]+\.?\s+\d{1,2}(?:st|nd|rd|th)?")
_QUOTED = re.compile(r"""["“”']([^"“”]+)["“”']""")

_NOBODY = frozenset(
    "admin administrator anonymous author editor editors guest moderator newsdesk newsroom none "
    "null root siteadmin staff sysadmin system unknown user webdesk webeditor webmaster "
    "n/a".split()
) | frozenset(
    (
        "by", "no author", "not available", "not stated", "the editor", "the editors",
        "site admin", "site administrator", "web admin", "web desk", "web editor", "news desk",
        "news room", "guest author", "guest writer", "staff account", "author of", "wire services",
    )
)  # fmt: skip
# What somebody is, when it ends what stands between two commas: "Political Editor".
_ROLE = re.compile(
    r".*\b(?:editor|editor-at-large|reporter|correspondent|writer|columnist|contributor|producer"
    r"|biographer|analyst|photographer|journalist)\.?",
    re.IGNORECASE,
)
# "Jane Doe Political Editor" without a comma has at least so many words, and is left alone where
# nobody else is named: a role is better shown than a name lost.
_NAME_AND_ROLE = 3
_DEPARTMENT = re.compile(r".*\b(?:staff|wires?|desk|newsroom)\.?", re.IGNORECASE)
# What no name begins with.
_NO_NAME = re.compile(
    r"(?:follow|visit|email|e-mail|contact|posted|published|updated|twitter|facebook|special to"
    r"|for|author of|reporter covering|photos?|photographs?|photography|videos?|graphics?"
    r"|illustrations?|in (?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)|view all|read more|more from)\b.*",
    re.IGNORECASE,
)
# What a page has beside its authors, and programs that collect pages take for them.
_WIDGET = re.compile(
    r".*_.*|(?:story|comment|share) counts?|popular tags|comments?|(?:minutes?|hours?|days?) ago",
    re.IGNORECASE,
)
# The longest of 3,000 author fields has 182 characters. What is much longer is left as it is.
_LONGEST_CLEANED = 2000


def author_of(written: str, publisher: str | None = None) -> str | None:
    """The people that `written` names; None where it names nobody.

    Only leaves out: "By", roles, addresses, accounts, dates, names of programs, what stands there
    twice and the publisher. No letter of a name is changed. Cleaning twice is cleaning once.
    """
    before = None
    author = " ".join(written.split())
    if len(author) > _LONGEST_CLEANED:
        return author
    while author and author != before:
        before, author = author, _cleaned(author, publisher)
    return author or None


def _cleaned(written: str, publisher: str | None) -> str:
    parts = _SEPARATOR.split(written)
    names = [_name(part) for part in parts[::2]]
    seen = {"", *([publisher.casefold()] if publisher else [])}
    kept = []
    for name in names:
        if name.casefold() not in seen and not _is_nobody(name):
            seen.add(name.casefold())
            kept.append(name)
    people = [name for name in kept if not _ROLE.fullmatch(name)]
    if not people:
        people = [name for name in kept if len(name.split()) >= _NAME_AND_ROLE]
    if len(people) < len(names):
        return ", ".join(people)
    parts[::2] = people
    return "".join(parts)


def _name(part: str) -> str:
    """What stands between two separators without what is no part of a name."""
    part = _EMPTY_BRACKETS.sub("", _ADDRESS.sub("", part)).strip(" -–—:·•")
    part = _FOLLOW.sub("", part)
    while found := _BY.match(part) or _LABEL.match(part):
        part = part[found.end() :].lstrip()
    if found := _QUOTED.fullmatch(part):
        part = found[1]
    while part.startswith("(") and part.endswith(")"):
        part = part[1:-1].strip()
    words = _without_date(part.split())
    elsewhere = _HOST.sub("", " ".join(words)).split()
    # One word beside a host is the first half of an e-mail address.
    return " ".join(words if elsewhere == words else elsewhere if len(elsewhere) > 1 else [])


def _without_date(words: list[str]) -> list[str]:
    for number in (4, 3, 2, 1):  # the whole date before its month and year
        last = " ".join(words[-number:])
        if len(words) > number and not last.isdigit() and parse_date(last):
            words = words[:-number]
            return words[:-1] if words[-1].casefold() in {"on", "at", "-", "–", "—"} else words
    return words


def _is_nobody(name: str) -> bool:
    return (
        name.casefold() in _NOBODY
        or not any(character.isalpha() for character in name)
        or parse_date(name) is not None
        or any(sign.fullmatch(name) for sign in (_DEPARTMENT, _NO_NAME, _WIDGET, _DAY))
    )
