"""Saved web pages: their article's text, and what they say about it."""

from corpus.extraction.html.page import extract_html

__all__ = ["extract_html"]
