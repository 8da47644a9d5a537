"""A citation as plain text, and its source in one line."""

from __future__ import annotations

from interface.rendering.cells import address_of
from interface.rendering.wording import (
    about_line,
    brief_line,
    original_title,
    place_line,
    title_of,
)
from retrieval import Citation


def citation_text(citation: Citation) -> str:
    """The quoted words exactly as they stand, and under them a dash and the source:

    The ferry sank.
    — Ferry aground, Skerry Herald, 10 April 2018, by Ines Marl, https://herald.example/ferry

    A brief is named as one, with the address of its original.
    """
    told = [source_words(citation), author_words(citation), address_of(citation.article.metadata)]
    source = ", ".join(one_line(part) for part in told if part)
    return f"{citation.passage.text}\n— {source}"


def source_words(citation: Citation) -> str:
    """`Ferry aground, Skerry Herald, 10 April 2018, p. 3`, or `Brief by this project about: Our
    advice, Wardens Board, 2 May 2019`."""
    article, metadata = citation.article, citation.article.metadata
    if brief := brief_line(metadata):
        return one_line(f"{brief} {original_title(metadata)}{about_line(metadata)}")
    return one_line(f"{title_of(article)}, {place_line(article, citation.passage.span)}")


def author_words(citation: Citation) -> str:
    """`by Ines Marl`, of a brief who wrote its original; nothing where it is not known."""
    metadata = citation.article.metadata
    source = metadata.original if metadata.original and metadata.kind == "brief" else metadata
    return one_line(f"by {source.author}") if source.author else ""


def one_line(words: str) -> str:
    """Of a title or the like, which may hold line breaks."""
    return " ".join(words.split())
