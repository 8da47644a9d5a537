"""Putting articles into a collection: from files, folders and archives to files of Markdown.

A collection is somebody's own, so nothing in it that was not imported is ever overwritten.
"""

from corpus.importing.details import Details
from corpus.importing.place import Placed, import_articles, writing_into
from corpus.importing.present import Present, read_present
from corpus.importing.sources import bytes_of

__all__ = [
    "Details",
    "Placed",
    "Present",
    "bytes_of",
    "import_articles",
    "read_present",
    "writing_into",
]
