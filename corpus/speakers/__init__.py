"""Who speaks in a collection: which speakers of its articles are one person or body."""

from corpus.speakers.people import Person, people_among
from corpus.speakers.rules import RULES_FILE, NameRules, Parted, read_name_rules, rules_from

__all__ = [
    "RULES_FILE",
    "NameRules",
    "Parted",
    "Person",
    "people_among",
    "read_name_rules",
    "rules_from",
]
