"""Title, author, publisher and address of a page, each with the place that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from corpus.extraction.html.blocks import short_text_of, text_of
from corpus.extraction.html.characters import shown
from corpus.extraction.html.parsing import Node
from corpus.extraction.html.structured import Statements

_SEPARATED = re.compile(r"\s+[-–—|•·:»«]{1,2}\s+")
_ADDRESS = re.compile(r"(?:https?:|www\.)|^\S+/\S*$|^@\S+$", re.IGNORECASE)
# Browsers write the first when they save a page, SingleFile the second.
_SAVED_FROM = re.compile(
    r"<!--[^>]*?(?:saved from url=\(\d+\)|SingleFile\s+url:)\s*(?P<address>\S+)"
)
# Where they write it; it is a comment, and those are left out when the page is parsed.
_HEAD = 4096
_LONGEST_BYLINE = 120


@dataclass(frozen=True, slots=True)
class Stated:
    """words: what the page states. evidence: where, for a person."""

    words: str
    evidence: str


def title_of(root: Node, stated: Statements, site: str | None) -> Stated | None:
    """The headline, without the name of the site; None for a page without any heading."""
    headings = headings_of(root)
    site = site or _name_in_heading(headings, title_element(root) or "")
    for found in _titles(root, stated, headings):
        if _same(found.words, site):
            continue
        return Stated(_without_site(found.words, site, headings), found.evidence)
    return next(_titles(root, stated, headings), None)


def headings_of(root: Node) -> list[str]:
    """The page's headings of the first level."""
    return [words for node in root.iter("h1") if (words := text_of(node))]


def title_element(root: Node) -> str | None:
    """What the title element says, which is not that of a drawing."""
    for node in root.iter("title"):
        if next(node.iterancestors("svg"), None) is None:
            return shown(node.text_content()).strip() or None
    return None


def author_of(root: Node, stated: Statements) -> Stated | None:
    """Names as the page writes them; an address of a profile is none."""
    metas = ("author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author",
             "sailthru.author", "citation_author")  # fmt: skip
    for names, evidence in (
        (stated.names("author"), "metadata: JSON-LD author"),
        *((stated.meta.get(name, ()), f"metadata: {name}") for name in metas),
        (_marked(root, "itemprop", "author"), "page: itemprop author"),
        (_marked(root, "rel", "author"), "page: rel author"),
    ):
        known = [name for name in dict.fromkeys(names) if not _ADDRESS.search(name)]
        if known:
            return Stated(", ".join(known), evidence)
    return _byline(root)


def publisher_of(stated: Statements) -> Stated | None:
    """The name that the page gives to its site or its publisher."""
    names = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "citation_publisher")
    for name in names[:1]:
        if (found := stated.first_meta(name)) and not _ADDRESS.search(found[1]):
            return Stated(found[1], f"metadata: {name}")
    for field in ("publisher", "sourceOrganization"):
        for words in stated.names(field):
            if not _ADDRESS.search(words):
                return Stated(words, f"metadata: JSON-LD {field}")
    for name in names[1:]:
        if (found := stated.first_meta(name)) and not _ADDRESS.search(found[1]):
            return Stated(found[1], f"metadata: {name}")
    return None


def url_of(root: Node, stated: Statements, content: str) -> Stated | None:
    """The page's own address; `content` is the file's. One without a path, which careless sites
    state on every page, counts only where nothing better stands."""
    addresses = list(_addresses(root, stated, _saved_from(content)))
    with_path = (found for found in addresses if urlsplit(found.words).path.strip("/"))
    return next(with_path, addresses[0] if addresses else None)


def _titles(root: Node, stated: Statements, headings: list[str]) -> Iterator[Stated]:
    if found := stated.first_meta("og:title"):
        yield Stated(found[1], "metadata: og:title")
    if headline := stated.words("headline"):
        yield Stated(headline, "metadata: JSON-LD headline")
    for heading in headings:
        yield Stated(heading, "page: heading")
    if (title := title_element(root)) is not None:
        yield Stated(title, "page: title element")
    for level in ("h2", "h3", "h4"):
        for node in root.iter(level):
            if words := text_of(node):
                yield Stated(words, "page: heading")


def _without_site(title: str, site: str | None, headings: list[str]) -> str:
    """What the page itself has as its heading, or the title without the site's name at its ends."""
    separators = list(_SEPARATED.finditer(title))
    parts = {title[: found.start()] for found in separators}
    parts |= {title[found.end() :] for found in separators}
    for heading in headings:
        if heading in parts and not _same(heading, site):
            return heading
    if separators and _same(title[separators[-1].end() :], site):
        return title[: separators[-1].start()]
    if separators and _same(title[: separators[0].start()], site):
        return title[separators[0].end() :]
    return title


def _name_in_heading(headings: list[str], title: str) -> str | None:
    """The site's name where its logo is a heading: "Herald" beside the title "… - Herald"."""
    ends = {title[found.end() :] for found in _SEPARATED.finditer(title)}
    return next((h for h in headings if h in ends and 2 * len(h) < len(title)), None)


def _same(words: str, site: str | None) -> bool:
    return site is not None and _core(words) == _core(site)


def _core(name: str) -> str:
    """A site's name without what is sometimes left out: an article and the end of a host."""
    lowered = re.sub(r"^(?:www\.|the )|\.(?:com|org|net|co\.uk|[a-z]{2})$", "", name.casefold())
    return "".join(re.findall(r"\w+", lowered))


def _marked(root: Node, attribute: str, value: str) -> list[str]:
    """The words of elements that carry this mark; the name inside where one is marked so."""
    found = []
    for node in root.iter("a", "span", "div", "p", "li", "address", "h3", "h4", "strong", "em"):
        if value in (node.get(attribute) or "").lower().split():
            inside = node.xpath(".//*[@itemprop='name']")
            if words := short_text_of(inside[0] if inside else node, _LONGEST_BYLINE):
                found.append(words)
    return found


def _byline(root: Node) -> Stated | None:
    for node in root.iter("p", "span", "div", "address"):
        names = (node.get("class") or "").lower()
        if "byline" in names or "author" in names:
            words = short_text_of(node, _LONGEST_BYLINE)
            if words and words.lower().startswith("by "):
                return Stated(words, f"page: {words}")
    return None


def _addresses(root: Node, stated: Statements, saved: str | None) -> Iterator[Stated]:
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), saved)
    for node in root.iter("link"):
        rel = (node.get("rel") or "").lower().split()
        if "canonical" in rel and (address := _address(node.get("href"), base)):
            yield Stated(address, "metadata: canonical link")
    if (found := stated.first_meta("og:url")) and (address := _address(found[1], base)):
        yield Stated(address, "metadata: og:url")
    if address := _address(saved, None):
        yield Stated(address, "comment of the program that saved the page")
    page = stated.article.get("mainEntityOfPage")
    for written in (page.get("@id") if isinstance(page, dict) else page, stated.words("url")):
        if isinstance(written, str) and (address := _address(written, base)):
            yield Stated(address, "metadata: JSON-LD url")


def _saved_from(content: str) -> str | None:
    found = _SAVED_FROM.search(content[:_HEAD])
    return found["address"] if found else None


def _address(written: str | None, base: str | None) -> str | None:
    """An absolute address of the web, or None."""
    written = (written or "").strip()
    if not written:
        return None
    try:
        address = urljoin(base or "", written)
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return address if known and address.isprintable() and " " not in address else None
