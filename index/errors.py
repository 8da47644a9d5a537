"""The errors of building and opening an index.

IndexProblem             anything wrong with an index; catch this one
├── NoIndex              the folder holds no index yet
├── IndexDamaged         a file of the index is missing, cut short or altered
├── IndexReplaced        a text was withdrawn while the index was open, and what was open is gone
├── IndexTooNew          written by a later version of this program
├── IndexTooOld          written by an earlier version of this program
├── OtherEncoder         built with another encoder than the one asked for
├── OtherCollection      built from another folder than the one asked for
├── EncoderRefused       the encoder's files are missing or not what they should be
├── NothingToForget      the index never held the article that is to be forgotten
├── IndexLocked          another process is building this index
└── BuildFailed          a build stopped; the index before it answers, or the new one
"""

_LONGEST_REASON = 100  # characters; SQLite's own messages have fewer


class IndexProblem(Exception):
    """Root of this tree. Every message says what happened, to what, and what to do next."""


class NoIndex(IndexProblem):
    """The folder holds no index yet."""


class IndexDamaged(IndexProblem):
    """A file of the index is missing, cut short or altered."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The index is damaged: {what}. Mend it with: onrecord build")


class IndexReplaced(IndexProblem):
    """What was open of the index is gone, and a newer generation answers: a text was withdrawn."""


class IndexTooNew(IndexProblem):
    """The index was written by a later version of this program."""


class IndexTooOld(IndexProblem):
    """The index was written by an earlier version of this program; a build brings it up to date."""


class OtherEncoder(IndexProblem):
    """The index was built with another encoder than the one asked for."""


class OtherCollection(IndexProblem):
    """The index was built from another collection folder than the one asked for."""


class EncoderRefused(IndexProblem):
    """The encoder's files are missing, or are not the ones that its name promises."""


class NothingToForget(IndexProblem):
    """The index never held the article that is to be forgotten."""


class IndexLocked(IndexProblem):
    """Another process is building this index."""


class BuildFailed(IndexProblem):
    """A build stopped. Whatever was published last answers, and the message says which."""


def brief(error: Exception) -> str:
    """What a library says, without the content that it may quote: SQLite repeats a whole text that
    is not UTF-8."""
    words = str(error)
    return words if len(words) <= _LONGEST_REASON else f"{words[:_LONGEST_REASON]}…"
