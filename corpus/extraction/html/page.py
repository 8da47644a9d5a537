"""A saved web page: the text of its article and what it says about it."""

from __future__ import annotations

import re

from corpus.article import Metadata
from corpus.errors import UnreadableFile
from corpus.extraction.extracted import Extracted
from corpus.extraction.html.characters import decoded
from corpus.extraction.html.details import (
    author_of,
    headings_of,
    publisher_of,
    title_element,
    title_of,
    url_of,
)
from corpus.extraction.html.main_text import main_text
from corpus.extraction.html.parsing import parsed
from corpus.extraction.html.published import publication_of
from corpus.extraction.html.structured import statements_of

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|title|article|main|section|div|p)\b", re.IGNORECASE
)
_NO_ARTICLE = "holds no article: a menu, a list of links or an empty page"


def extract_html(data: bytes) -> Extracted:
    """The article of a web page as it was saved. Nothing is fetched.

    The text is what the page shows, paragraph by paragraph; the headline is in the metadata only.
    Each detail has its evidence. Raises UnreadableFile for bytes that are no web page, and for a
    page without an article.
    """
    content, broken = decoded(data)
    if not _MARKUP.search(content):
        raise UnreadableFile("is no web page: it holds no markup")
    root = parsed(content)
    body = root.find("body")
    if body is None:
        raise UnreadableFile(_NO_ARTICLE)
    headings = headings_of(root)
    stated = statements_of(root, " ".join([*headings, title_element(root) or ""]))
    publisher = publisher_of(stated)
    site = stated.first_meta("application-name", "apple-mobile-web-app-title")
    title = title_of(root, stated, publisher.words if publisher else site[1] if site else None)
    url = url_of(root, stated, content)
    author = author_of(root, stated)
    publication = publication_of(root, stated, url.words if url else None)
    found = main_text(body, [*headings, title.words if title else ""], stated)
    if found is None:
        raise UnreadableFile(_NO_ARTICLE)
    if broken is not None and "\ufffd" in found.text:
        raise UnreadableFile(f"is UTF-8 but broken at byte {broken}")
    named = {"title": title, "publisher": publisher, "author": author, "url": url}
    evidence = {name: stated.evidence for name, stated in named.items() if stated}
    if found.evidence:
        evidence["text"] = found.evidence
    return Extracted(
        found.text,
        Metadata(
            title=title.words if title else None,
            publisher=publisher.words if publisher else None,
            author=author.words if author else None,
            published=publication.published if publication else None,
            published_evidence=publication.evidence if publication else None,
            url=url.words if url else None,
            evidence=tuple(sorted(evidence.items())),
        ),
    )
