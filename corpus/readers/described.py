"""What every format ends in: an article with its furniture marked and its source described."""

from __future__ import annotations

from corpus.article import Article, Metadata
from corpus.errors import UnreadableFile
from corpus.furniture import read_page


def described(
    text: str, article_id: str, file: str, stated: Metadata, *, markdown: bool = False
) -> Article:
    """An article with its furniture marked. What the file states wins over what the text shows."""
    if not text.strip():
        raise UnreadableFile("is empty")
    page = read_page(text, stated.title, markdown=markdown)
    by_page = stated.kind == "article" and stated.published is None
    return Article(
        article_id=article_id,
        text=text,
        metadata=Metadata(
            title=stated.title or page.title,
            publisher=stated.publisher or page.publisher,
            author=stated.author or page.author,
            published=page.published if by_page else stated.published,
            published_evidence=page.published_evidence if by_page else stated.published_evidence,
            url=stated.url or page.url,
            kind=stated.kind,
            original=stated.original,
        ),
        furniture=page.furniture,
        file=file,
    )
