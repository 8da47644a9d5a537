"""How the collection looks as a table."""

from interface.rendering.articles.html import articles_html

__all__ = ["articles_html"]
