"""The errors of asking and verifying.

RetrievalError
├── UnusableQuestion     empty, or too long to be a question
└── UnreadableAnswer     a file that is no exported answer
"""


class RetrievalError(Exception):
    """Root of this tree. The message says what to do next."""


class UnusableQuestion(RetrievalError):
    """There is nothing to ask, or too much."""


class UnreadableAnswer(RetrievalError):
    """The file is no answer that this program exported."""
