"""Title and author as programs write them into a file, where they can be believed."""

from __future__ import annotations

import re

from corpus.article import Metadata

# What programs put there by themselves: a file's name, a template's, nothing.
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|dotx?|rtf|odt|pdf|indd|qxd|qxp|pptx?|"
    r"xlsx?|pub|tex|txt|html?)|(?:untitled|document|dokument|presentation|slide|title|print)"
    r"[\s\d_()-]*|powerpoint presentation|word document|\S*[_/\\:]\S*|(?:no|insert|enter) title.*",
    re.IGNORECASE | re.DOTALL,
)
_NO_AUTHOR = re.compile(
    r"(?:microsoft |ms |windows |office |default |my )*(?:office|user|account)[\s\d]*|"
    r"administrator|admin|owner|author|unknown|anonymous|guest|test|python-docx|(?:hp|dell|lenovo|acer|pc|mac)"
    r"[\s\d]*",
    re.IGNORECASE,
)
# A login such as jsmith or mh2041: no writer signs so.
_LOGIN = re.compile(r"[^\sA-Z]+|\S*\d\S*|\S+\\\S+|\S+@\S+")
# A headline is hardly longer; what is, was pasted there.
_LONGEST = 300


def stated(title: str, author: str, where: str) -> Metadata:
    """What a file's properties state. where: names them, such as "PDF document information".

    Values that a program and not a person put there are unknown. Dates are never read: they say
    when a file was made, which need not be when its words were published.
    """
    title, author = _one_line(title), _one_line(author)
    known_title = title if title and not _NO_TITLE.fullmatch(title) else None
    doubtful = _NO_AUTHOR.fullmatch(author) or _LOGIN.fullmatch(author)
    known_author = author if author and not doubtful else None
    known = (("author", known_author), ("title", known_title))
    return Metadata(
        title=known_title,
        author=known_author,
        evidence=tuple((name, where) for name, value in known if value),
    )


def _one_line(words: str) -> str:
    """`words` with single spaces; nothing where they are no words."""
    line = " ".join(words.split())
    readable = len(line) <= _LONGEST and all(
        character.isprintable() and character != "\ufffd" for character in line
    )
    return line if readable and any(character.isalpha() for character in line) else ""
