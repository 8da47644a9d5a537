"""Text out of files that are no text: web pages, PDFs, Word files and feeds.

Each format has a module with one function that takes the bytes of a file and gives what it holds.
It raises UnreadableFile with the reason where that is nothing. Whoever made the bytes may wish us
ill, so the functions run in a process of their own, with limits on its time and its memory.
"""

from corpus.extraction.extracted import Extracted
from corpus.extraction.isolated import Extractor

__all__ = ["Extracted", "Extractor"]
