"""An article: a text that never changes, and what is known about where it comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from corpus.span import Span
from corpus.text import text_sha256

Kind = Literal["article", "brief"]

# Ends a page of a text that has pages.
PAGE_END = "\f"
BRIEF_PUBLISHER = "On the Record (brief)"

FurnitureKind = Literal[
    "headline", "dateline", "byline", "stamp", "caption", "source line", "address", "heading"
]


@dataclass(frozen=True, slots=True, order=True)
class Furniture:
    """A span that is no quotable prose, and why. It is shown muted and never cited."""

    span: Span
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Original:
    """The publication that a brief is about. The brief's words do not stand in it."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The file that an article's text was extracted from, such as a web page or a PDF.

    file: its name. sha256: of its bytes, 64 hexadecimal digits.
    """

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where an article comes from. Unknown is None, never a guess.

    published: ISO 8601 at the precision that is known, see corpus.details.dates.
    published_evidence: what the date rests on: "metadata" (a field that says so), "address" (the
        day that a URL is filed under), "page" (what a web page shows as its date), "dateline" (a
        line of the text) or "posted" (the stamp of a content-management system, used when nothing
        better exists), followed by the words themselves where they are known.
    evidence: for other details that were inferred or cleaned, (name of the field, what it rests
        on), ordered by name: ("publisher", "host name: www.example.org"). Under "published" stands
        a stated date that could not be used, under "text" an encoding that was told by guess.
    imported: None for a text that was read as it is.
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_evidence: str | None = None
    url: str | None = None
    kind: Kind = "article"
    original: Original | None = None
    evidence: tuple[tuple[str, str], ...] = ()
    imported: Imported | None = None

    def fields(self) -> dict[str, Any]:
        """As `dataclasses.asdict` gives them, in a fifth of its time: a build needs them of every
        article."""
        given = {name: getattr(self, name) for name in Metadata.__slots__}
        for name in ("original", "imported"):
            if given[name] is not None:
                given[name] = asdict(given[name])
        return given

    @property
    def dated(self) -> str | None:
        """The date to sort and filter by: a brief counts as of the day of its original."""
        return self.published or (self.original.published if self.original else None)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The publishers to filter by: the article's own, and that of a brief's original."""
        named = (self.publisher, self.original.publisher if self.original else None)
        return tuple(publisher for publisher in named if publisher)


@dataclass(frozen=True, slots=True)
class Article:
    """One source document.

    article_id: the id in a JSON Lines file, else the path inside the collection folder without
        its suffix, with `/`.
    text: what offsets count in. Never changed after reading.
    file: the path inside the collection folder that it was read from.
    bytes_sha256: of the file's bytes, where the file is one article; "" for one of many.
    sha256: names the version of the text.
    """

    article_id: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    furniture: tuple[Furniture, ...] = ()
    file: str = ""
    bytes_sha256: str = ""
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", text_sha256(self.text))

    def prose(self) -> Iterator[Span]:
        """The stretches of the text between its furniture, in order; some may be white space."""
        start = 0
        end = Span(len(self.text), len(self.text) + 1)
        for stop in (*(item.span for item in self.furniture), end):
            if start < stop.start:
                yield Span(start, stop.start)
            start = max(start, stop.end)

    def page_at(self, offset: int) -> int | None:
        """The page, counted from 1, that holds the character at `offset`; None for a text without
        pages. Every page of a paged text ends in a form feed, as `pdftotext` writes them."""
        if PAGE_END not in self.text:
            return None
        return 1 + self.text.count(PAGE_END, 0, offset)

    @property
    def fingerprint(self) -> str:
        """Hash of text and metadata: equal for two articles only if both are equal.

        The id, the file, the furniture (which follows from the text) and what the metadata was
        inferred and imported from do not count: a page that was saved twice is one article.
        """
        counted = self.metadata.fields()
        del counted["evidence"], counted["imported"]
        details = json.dumps(counted, sort_keys=True, ensure_ascii=False)
        content = f"{self.sha256}\n{details}"
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
