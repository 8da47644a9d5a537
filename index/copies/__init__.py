"""Which articles are copies of each other, and which sentences stand in several."""

from index.copies.find import Copies, copies_among, fingerprint_for
from index.copies.fingerprint import COPY_RULES, SHORTEST_SHARED, Fingerprint, sentence_digest
from index.copies.words import folded, folded_words, places_of

__all__ = [
    "COPY_RULES",
    "SHORTEST_SHARED",
    "Copies",
    "Fingerprint",
    "copies_among",
    "fingerprint_for",
    "folded",
    "folded_words",
    "places_of",
    "sentence_digest",
]
