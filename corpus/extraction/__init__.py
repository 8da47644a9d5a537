"""Text out of files that are no text: web pages, PDFs, Word files and feeds.

Each format has a module with one function that takes the bytes of a file and gives what it holds.
It raises UnreadableFile with the reason where that is nothing.
"""

from corpus.extraction.extracted import Extracted

__all__ = ["Extracted"]
