"""Who speaks in a collection: which speakers of its articles are one person or body."""

from corpus.speakers.people import Person, people_among

__all__ = ["Person", "people_among"]
