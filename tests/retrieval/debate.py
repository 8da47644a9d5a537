"""An invented debate: a copy, a variant, a month, an article without a date, a brief."""

from __future__ import annotations

_HERALD = (
    "“Night fishing must stop before somebody drowns off the pier,” said Mara Holt, the harbour "
    "master of Skerry.\n"
    "\n"
    "“Night fishing feeds forty families in this town,” said Tobias Renn, a fisherman.\n"
    "\n"
    "The library opens on Monday. “We have new books,” said Hester Quill, the librarian.\n"
)
_COURIER = (
    "Night fishing is in question again. “Night fishing must end before somebody drowns off the "
    "pier,” said Mara Holt, the harbour master.\n"
)
_BOARD = (
    "A spokesperson for the Port Board said: “Night fishing is under review.”\n"
    "\n"
    "Mara Holt, the harbour master, said: “The rules on night fishing are too weak.”\n"
)
_BRIEF = "Tobias Renn, a fisherman, said that night fishing was “a way of life” in Skerry.\n"


def _markdown(text: str, **fields: str) -> str:
    stated = "".join(f'{name}: "{value}"\n' for name, value in fields.items())
    return f"---\n{stated}---\n{text}"


DEBATE = {
    "herald.md": _markdown(
        _HERALD, title="Ban on the pier?", publisher="Skerry Herald", published="2018-04-10"
    ),
    "post.md": _markdown(
        _HERALD, title="Pier may be closed", publisher="Wexcombe Post", published="2018-04-12"
    ),
    "courier.md": _markdown(
        _COURIER, title="Pier again", publisher="Wexcombe Courier", published="2018-05"
    ),
    "board.txt": _BOARD,
    "brief.md": (
        '---\nkind: brief\ntitle: "Fishermen speak up"\noriginal:\n  title: "Let us fish"\n'
        '  publisher: "Pier Gazette"\n  published: "2019-02-03"\n'
        '  url: "https://gazette.example/fish"\n---\n' + _BRIEF
    ),
}
# What offsets count in.
DEBATE_TEXTS = {
    "herald": _HERALD,
    "post": _HERALD,
    "courier": _COURIER,
    "board": _BOARD,
    "brief": _BRIEF,
}
