"""RSS and Atom: the entries of a saved feed, each an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from corpus.article import Metadata
from corpus.collection.skip import Skip, capped
from corpus.details.dates import not_told, parse_date
from corpus.encoding import decoded
from corpus.errors import UnreadableFile
from corpus.extraction.extracted import Extracted
from corpus.extraction.paragraphs import paragraphs_of
from corpus.text import checked, with_plain_newlines

# Feeds hold some tens of entries; 8 MiB are 2,000 with 800 words each, read in 2 seconds. As much
# made to cost the reader all it can takes a minute and 1 GB.
LARGEST_FEED_BYTES = 8 * 1024 * 1024
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
# Vocabularies in which an entry can say when it was changed.
_WITH_CHANGES = {"http://purl.org/dc/terms/", "http://www.w3.org/2005/Atom"}
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9a-f]{1,9})|(?P<decimal>[0-9]{1,9}));?", re.IGNORECASE)
_FIRST_ELEMENT = re.compile(r"<[^\W\d]")


def extract_feed(data: bytes) -> list[Extracted | Skip]:
    """The entries of an RSS or Atom feed, in its order; those without text are named skips, as
    "entry 3", and so is a feed that is broken somewhere ("feed").

    The text is an entry's full content, else its summary (with evidence for that under "text").
    The feed's title is the publisher unless the entry names another source. The date is that of
    publication as written, never that of a change. Nothing is fetched and no entity of the
    feed's own is expanded.
    Raises UnreadableFile for what is no feed or is too large.
    """
    if len(data) > LARGEST_FEED_BYTES:
        raise UnreadableFile(f"is a feed of more than {LARGEST_FEED_BYTES / 1e6:.0f} MB; split it")
    import feedparser

    # Given the bytes themselves it might take them for an address or the name of a file.
    stream = io.BytesIO(_plain_utf8(data))
    parsed = feedparser.parse(stream, resolve_relative_uris=False)
    if not parsed.get("version"):
        raise UnreadableFile("is no RSS or Atom feed")
    found = list(capped(_entries(parsed), "feed"))
    if parsed.bozo:
        found.append(Skip("feed", "is not well-formed XML; what could be read of it was read"))
    return found


def _entries(parsed: Any) -> Iterator[Extracted | Skip]:
    for number, entry in enumerate(parsed.entries, start=1):
        try:
            yield _extracted(entry, parsed)
        except UnreadableFile as error:
            yield Skip(f"entry {number}", str(error))


def _plain_utf8(data: bytes) -> bytes:
    """The feed as UTF-8 without a declaration, so that what is checked here is what is parsed.

    Raises UnreadableFile where it declares entities: a few lines of them unfold to gigabytes.
    """
    declared = _DECLARED.match(data)
    try:
        text = data.decode(declared[1].decode() if declared else "utf-8")
    except (LookupError, ValueError):
        text = decoded(data)[0]
    text = _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
    first = _FIRST_ELEMENT.search(text)
    if "<!entity" in text[: first.start() if first else None].lower():
        raise UnreadableFile("declares XML entities of its own, which no feed needs")
    return _REFERENCE.sub(_referred, checked(text)).encode()


def _referred(found: re.Match[str]) -> str:
    """Half of a surrogate pair, on which the parser fails, is U+FFFD as it is to a browser."""
    number = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
    return "\ufffd" if 0xD800 <= number < 0xE000 else found[0]


def _extracted(entry: Any, parsed: Any) -> Extracted:
    evidence = {}
    text = _text(entry.get("content", []))
    if not text:
        text = _text([entry["summary_detail"]] if "summary_detail" in entry else [])
        evidence["text"] = "the summary in the feed"
    if not text:
        raise UnreadableFile("has no text")
    source = _words(entry.get("source", {}).get("title"))
    publisher = source or _words(parsed.feed.get("title"))
    if publisher:
        evidence["publisher"] = "source of the entry" if source else "title of the feed"
    written = _published(entry, parsed)
    published = parse_date(written) if written else None
    if written and not published:
        evidence["published"] = not_told(written)
    authors = [author.get("name", "") for author in entry.get("authors", [])]
    link = _words(entry.get("link"))  # the parser takes any id for one
    return Extracted(
        text=text,
        metadata=Metadata(
            title=_words(_text([entry["title_detail"]] if "title_detail" in entry else [])),
            publisher=publisher,
            author=_words(", ".join(authors) if len(authors) > 1 else entry.get("author")),
            published=published,
            published_evidence="metadata" if published else None,
            url=link if link and link.startswith(("http://", "https://")) else None,
            evidence=tuple(sorted(evidence.items())),
        ),
        article_id=_words(entry.get("id")),
    )


def _text(contents: list[Any]) -> str:
    """The longest of what an entry holds in several forms."""
    texts = (
        with_plain_newlines(checked(content.get("value") or ""))
        if content.get("type") == "text/plain"
        else paragraphs_of(checked(content.get("value") or ""))
        for content in contents
    )
    return max(texts, key=len, default="").strip("\n")


def _published(entry: Any, parsed: Any) -> str | None:
    """What the entry says of its publication. RSS 1.0 says it as dc:date, which the parser takes
    for any date; it is one of publication where the feed has no way to write others."""
    if "published" in entry:
        return _words(entry["published"])
    vocabularies = set(parsed.namespaces.values())
    if _DUBLIN_CORE in vocabularies and not vocabularies & _WITH_CHANGES:
        return _words(entry.get("updated"))
    return None


def _words(value: Any) -> str | None:
    return " ".join(checked(value).split()) or None if isinstance(value, str) else None
