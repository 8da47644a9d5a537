"""When a page was published, by evidence. A page that tells only when it was changed is undated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from urllib.parse import urlsplit

from corpus.details.dates import parse_date
from corpus.extraction.html.blocks import short_text_of
from corpus.extraction.html.parsing import Node
from corpus.extraction.html.structured import Statements, words_in

_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article.published", "article_date_original", "originalpublicationdate", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date",
    "dc.date.issued", "dcterms.issued", "publication_date", "publish-date", "publishdate",
    "publish_date", "pubdate", "pub_date", "publicationdate",
)  # fmt: skip
# Names under which some sites write the day of publication and others that of a change.
_LOOSE_METAS = ("dc.date", "dcterms.date", "dcterms.created", "date")
_CHANGED_METAS = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "dcterms.modified", "dc.date.modified",
)  # fmt: skip
# What systems write where they have no date.
_EMPTY_DATES = {"0001-01-01", "1900-01-01", "1970-01-01"}

_PATH_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d|[a-z]{3})[/-]?(\d\d)(?=[/_-]|$)")
_PATH_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d\d)(?=/)")
_ELSEWHERE = ("aside", "nav", "footer", "form", "blockquote", "figure", "ul", "ol")
_ELSEWHERE_NAMES = re.compile(
    r"related|recommend|comment|sidebar|widget|footer|promo|teaser|popular|latest|more-|trending",
    re.IGNORECASE,
)
_DATED_NAMES = re.compile(
    r"date|publish|posted|time|stamp|byline|author|about|meta|info", re.IGNORECASE
)
_LABEL = re.compile(
    r"^(?:first )?(?:published|posted|created|added|released|date)(?: on| at)?\s*[:\-–]?\s*",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updat|modif|edited|revised|review|correct|amend|last |aktuali|mise à jour|mis à jour|actuali"
    r"|atuali|aggiorn",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<!\d)\d{1,2}[\s/.-]+\d{1,2}[\s/.-]+\d{2,4}")
_LONGEST_STAMP = 80
# Elements around a date that are looked at; pages of 2,000 nested ones exist.
_NEAR = 20
# Elements around a date outside any article of which one must hold the headline.
_HEAD_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Publication:
    """published: ISO 8601, see corpus.details.dates. evidence: where and how it is stated."""

    published: str
    evidence: str


def publication_of(root: Node, stated: Statements, url: str | None) -> Publication | None:
    """The date of publication that the page gives evidence for; None where it gives none.

    What is stated for programs comes first, then a marked time, the address, and what a reader
    sees as the date. Statements one day apart tell the same moment in two time zones, and the
    first counts. Where they are further apart, a time that is shown or the address decides
    between them; if neither does, only the month or year that all of them share is known.
    """
    statements = list(_statements(root, stated))
    changed = _changed(stated)
    shown = [*_times(root, changed), *_from_address(url)]
    if statements:
        return _agreed(statements, shown)
    loosely = (one for one in _loosely_stated(stated) if one.published not in changed)
    return next(chain(shown, loosely, _written(root, changed)), None)


def _agreed(statements: list[Publication], witnesses: list[Publication]) -> Publication | None:
    first = statements[0]
    others = [found for found in statements if not _near(found.published, first.published)]
    if not others:
        return first
    backed = [s for s in statements if any(_near(w.published, s.published) for w in witnesses)]
    if backed and all(_near(found.published, backed[0].published) for found in backed):
        witness = next(w for w in witnesses if _near(w.published, backed[0].published))
        return Publication(backed[0].published, f"{backed[0].evidence}; {witness.evidence}")
    evidence = "; contradicted by ".join(found.evidence for found in (first, others[0]))
    for length in (len("2018-04"), len("2018")):
        shared = {found.published[:length] for found in statements}
        if len(shared) == 1:
            return Publication(shared.pop(), evidence)
    return None


def _near(one: str, other: str) -> bool:
    """Whether two dates may be the same: a day apart, or one the month or year of the other."""
    if len(one) == len(other) == len("2018-04-10"):
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 1
    return one.startswith(other) or other.startswith(one)


def _publication(written: str | None, place: str) -> Iterator[Publication]:
    iso = parse_date(written) if written else None
    if iso is not None and iso not in _EMPTY_DATES:
        yield Publication(iso, f"{place} {written}")


def _statements(root: Node, stated: Statements) -> Iterator[Publication]:
    yield from _publication(stated.words("datePublished"), "metadata: JSON-LD datePublished")
    for name in _METAS:
        for content in stated.meta.get(name, ())[:1]:
            yield from _publication(content, f"metadata: {name}")
    for node in root.xpath("//*[contains(@itemprop, 'datePublished')][not(self::meta)]"):
        marks = node.get("itemprop").split()
        if "datePublished" in marks and "dateModified" not in marks and not _is_elsewhere(node):
            written = (
                node.get("datetime") or node.get("content") or short_text_of(node, _LONGEST_STAMP)
            )
            yield from _publication(words_in(written), "page: itemprop datePublished")


def _loosely_stated(stated: Statements) -> Iterator[Publication]:
    for name in _LOOSE_METAS:
        for content in stated.meta.get(name, ())[:1]:
            yield from _publication(content, f"metadata: {name}")


def _times(root: Node, changed: set[str | None]) -> list[Publication]:
    """Time elements that say that they are the publication's, else the only one beside the
    headline: elsewhere stand the days of other stories, of events, and of the page's visit."""
    named, plain = [], []
    for node in root.iter("time"):
        if _is_elsewhere(node):
            continue
        names = f"{node.get('class') or ''} {node.get('itemprop') or ''}".lower()
        words = node.get("datetime") or short_text_of(node, _LONGEST_STAMP)
        found = list(_publication(words_in(words), "page: time element"))
        if node.get("pubdate") is not None or "publish" in names:
            named += found
        elif (
            not _CHANGED.search(names)
            and not _CHANGED.search(_label_of(node))
            and _is_at_the_head(node, root)
        ):
            plain += [one for one in found if one.published not in changed]
    found = named or plain
    return found[:1] if len({one.published for one in found}) == 1 else []


def _is_at_the_head(node: Node, root: Node) -> bool:
    """Whether an element stands with the headline of the page, and not in a sentence."""
    paragraph = next(node.iterancestors("p"), None)
    if paragraph is not None and short_text_of(paragraph, _LONGEST_STAMP) is None:
        return False
    if (article := next(node.iterancestors("article"), None)) is not None:
        return article.find(".//h1") is not None or len(root.findall(".//article")) == 1
    around = islice(node.iterancestors("header", "div", "section", "main"), _HEAD_LEVELS)
    return any(one.find(".//h1") is not None for one in around)


def _label_of(node: Node) -> str:
    """The words before an element, such as "Last updated:": in its line, or in the element before
    the one that holds nothing else."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        return f"{(before.text or '')[-40:]} {(before.tail or '')[-40:]}"
    if parent is None:
        return ""
    above = parent.getprevious()
    label = "" if above is None or (parent.text or "").strip() else above.text or ""
    return f"{label[-40:]} {(parent.text or '')[-40:]}"


def _changed(stated: Statements) -> set[str | None]:
    """The days of changes that the page states, so that none is taken for the publication's."""
    written = [stated.words("dateModified")]
    for name in _CHANGED_METAS:
        written += stated.meta.get(name, ())
    return {parse_date(words) for words in written if words}


def _from_address(url: str | None) -> Iterator[Publication]:
    path = urlsplit(url).path if url else ""
    if found := _PATH_DAY.search(path.lower()):
        year, month, day = found.groups()
        written = f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}"
        for publication in _publication(written, "address:"):
            yield Publication(publication.published, f"address: {found[0]}")
    elif found := _PATH_MONTH.search(path):
        for publication in _publication(f"{found[1]}-{found[2]}", "address:"):
            yield Publication(publication.published, f"address: {found[0]}/")


def _written(root: Node, changed: set[str | None]) -> list[Publication]:
    """The one date in elements that are named for holding a date. That of a change counts only
    beside words such as "Published"."""
    found: dict[str, Publication] = {}
    for node in root.iter("p", "span", "div", "time", "em", "small", "li", "h4", "h5", "h6", "td"):
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if not _DATED_NAMES.search(names):
            continue
        written = short_text_of(node, _LONGEST_STAMP)
        if not written or _CHANGED.search(f"{names} {written}") or _is_elsewhere(node):
            continue
        if _CHANGED.search(_label_of(node)):
            continue
        stamp = _LABEL.sub("", written)
        iso = parse_date(stamp) or _in_another_language(stamp)
        if iso and (iso not in changed or stamp != written):
            found.setdefault(iso, Publication(iso, f"page: {written}"))
    return list(found.values()) if len(found) == 1 else []


def _in_another_language(stamp: str) -> str | None:
    """What htmldate reads in words such as "4. März 2017".

    It is asked about these words alone, since on a whole page it takes any date; the day and the
    year must stand in them, and it would guess which number of "07/12/2017" is the month.
    """
    if _NUMERIC.search(stamp) or not re.search(r"\b(?:19|20)\d\d\b", stamp):
        return None
    from htmldate import find_date
    from lxml import html

    page = html.document_fromstring("<html><body><div class='date'></div></body></html>")
    page.find(".//div").text = stamp
    try:
        iso = find_date(page, original_date=True, extensive_search=True)
    except (ValueError, OverflowError):
        return None  # numbers that are no date
    numbers = {int(number) for number in re.findall(r"[0-9]{1,4}", stamp)}
    if iso is None or parse_date(iso) != iso or not {int(iso[:4]), int(iso[8:])} <= numbers:
        return None
    return str(iso)


def _is_elsewhere(node: Node) -> bool:
    """Whether an element belongs to something beside the article."""
    return next(node.iterancestors(*_ELSEWHERE), None) is not None or any(
        _ELSEWHERE_NAMES.search(f"{around.get('class') or ''} {around.get('id') or ''}")
        for around in (node, *islice(node.iterancestors("div", "section", "article"), _NEAR))
    )
