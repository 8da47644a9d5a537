"""The errors of reading a collection.

CorpusError            anything wrong with the collection as a whole
└── UnreadableFile     one file or record cannot become an article; the folder reader
                       turns it into a named skip
"""


class CorpusError(Exception):
    """The collection folder cannot be used. The message says what to do next."""


class UnreadableFile(CorpusError):
    """One file or record cannot become an article. The message is the reason, for a person."""
