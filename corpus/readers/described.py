"""What every format ends in: an article with its furniture marked and its source described."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from corpus.article import Article, Metadata
from corpus.details.addresses import date_in, host_of
from corpus.details.dates import not_told
from corpus.details.people import author_of
from corpus.errors import UnreadableFile
from corpus.furniture import PageEvidence, read_page

# The longest title of 13,513 articles has 249 characters, the longest address 218, the longest
# author field 182. Papers name 3,000 authors in 60,000 and are no news.
_LONGEST_DETAIL = 10_000
# What exports write for a publisher and for a date where they know none.
_NO_PUBLISHER = {"n/a", "na", "none", "null", "unknown", "undefined", "-", "--"}
_NO_DATE = "1970-01-01"


def described(
    text: str, article_id: str, file: str, stated: Metadata, *, markdown: bool = False
) -> Article:
    """An article with its furniture marked. What the file states wins over what the text shows,
    and that over what the address shows; what each detail rests on is kept."""
    if not text.strip():
        raise UnreadableFile("is empty")
    page = read_page(text, stated.title, markdown=markdown)
    evidence = dict(stated.evidence)
    url = _inferred("url", stated.url, page.url, "address line", evidence)
    publisher = _publisher(stated.publisher, page.publisher, url, evidence)
    metadata = Metadata(
        title=_inferred("title", stated.title, page.title, "headline", evidence),
        publisher=publisher,
        author=_author(stated.author, page.author, publisher, evidence),
        published=stated.published,
        published_evidence=stated.published_evidence,
        url=url,
        kind=stated.kind,
        original=stated.original,
        imported=stated.imported,
    )
    _require_lengths(article_id, metadata)
    if stated.kind == "article":
        metadata = _dated(metadata, page, evidence)
    return Article(
        article_id=article_id,
        text=text,
        metadata=replace(metadata, evidence=tuple(sorted(evidence.items()))),
        furniture=page.furniture,
        file=file,
    )


def _require_lengths(article_id: str, details: Metadata) -> None:
    """The title goes before each passage when it is encoded: one of 4 MB beside a text of 4 MB
    would make 30 GB of that."""
    for name, words in (
        ("an id", article_id),
        ("a title", details.title),
        ("a publisher", details.publisher),
        ("an author", details.author),
        ("a URL", details.url),
    ):
        if words and len(words) > _LONGEST_DETAIL:
            raise UnreadableFile(
                f"has {name} of {len(words):,} characters; one may have {_LONGEST_DETAIL:,}"
            )


def _inferred(
    name: str, stated: str | None, shown: str | None, basis: str, evidence: dict[str, str]
) -> str | None:
    if stated is None and shown is not None:
        evidence[name] = basis
    return stated or shown


def _publisher(
    stated: str | None, shown: str | None, url: str | None, evidence: dict[str, str]
) -> str | None:
    if stated is not None and stated.casefold() in _NO_PUBLISHER:
        stated = None
    publisher = _inferred("publisher", stated, shown, "source line", evidence)
    if publisher is None and url is not None and (host := host_of(url)) is not None:
        evidence["publisher"] = f"host name: {host}"
        publisher = host.removeprefix("www.")
    return publisher


def _author(
    stated: str | None, shown: str | None, publisher: str | None, evidence: dict[str, str]
) -> str | None:
    author = author_of(stated, publisher) if stated else None
    if author != stated:
        evidence["author"] = f'cleaned from "{stated}"'
    if author is None and shown and (author := author_of(shown, publisher)) is not None:
        evidence["author"] = "byline"
    return author


def _dated(metadata: Metadata, page: PageEvidence, evidence: dict[str, str]) -> Metadata:
    """With the best date that there is: stated, in a line of the text, in the address, or as a
    content-management system stamped it."""
    published, basis = metadata.published, metadata.published_evidence
    if published == _NO_DATE:
        evidence["published"] = not_told(published)
        published = basis = None
    if published and _is_to_come(published):
        evidence["published"] = f'stated as "{published}", which is still to come'
        published = basis = None
    if published is None:
        published, basis = page.published, page.published_evidence
        in_address = date_in(metadata.url) if metadata.url else None
        posted = basis is not None and basis.startswith("posted")
        if in_address and not _is_to_come(in_address) and (published is None or posted):
            published, basis = in_address, f"address: {metadata.url}"
    return replace(metadata, published=published, published_evidence=basis)


def _is_to_come(published: str) -> bool:
    """After next year: journals and magazines are dated ahead by months, nothing by more."""
    return int(published[:4]) > datetime.now(UTC).year + 1
