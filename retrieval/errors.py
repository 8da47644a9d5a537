"""The errors of asking, verifying and evaluating.

RetrievalError
├── UnusableQuestion     empty, or too long to be a question
├── UnknownSpeaker       nobody of that name speaks in the collection
├── UnusableTerms        no word to look for, or too many
├── NoSuchPage           mentions or articles have fewer pages
├── UnusableDraft        no word to check, or more than a draft has
├── UnreadableAnswer     a file that is no exported answer
└── UnusableTestData     a folder that is not in BEIR layout
"""


class RetrievalError(Exception):
    """Root of this tree. The message says what to do next."""


class UnusableQuestion(RetrievalError):
    """There is nothing to ask, or too much."""


class UnknownSpeaker(RetrievalError):
    """Nobody of that name speaks in the collection."""


class UnusableTerms(RetrievalError):
    """There is no word that mentions could be found by, or too much to look for."""


class NoSuchPage(RetrievalError):
    """A page of mentions or articles was asked for that there is not."""


class UnusableDraft(RetrievalError):
    """There is nothing to check, or too much."""


class UnreadableAnswer(RetrievalError):
    """The file is no answer that this program exported."""


class UnusableTestData(RetrievalError):
    """The folder cannot be evaluated. The message names the file, and the line if it is one."""
