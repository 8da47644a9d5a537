"""Whether the quotations of a draft stand in the collection, and what stands near its claims."""

from retrieval.checking.check import check_text
from retrieval.checking.outcome import (
    Check,
    CheckedClaim,
    CheckedQuotation,
    Near,
    Occurrence,
    Verdict,
)
from retrieval.checking.quotations import LONGEST_ALIGNED
from retrieval.checking.serialise import check_as_json
from retrieval.checking.words.differences import Cut, Difference

__all__ = [
    "LONGEST_ALIGNED",
    "Check",
    "CheckedClaim",
    "CheckedQuotation",
    "Cut",
    "Difference",
    "Near",
    "Occurrence",
    "Verdict",
    "check_as_json",
    "check_text",
]
