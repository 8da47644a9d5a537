"""The parts of a generation: what is cut out of articles, and the files that are made of it."""

from index.build.parts.ahead import Ahead, encoding_ahead
from index.build.parts.cutting import encoded_string
from index.build.parts.vectors import Strings, write_vectors
from index.build.parts.words import Before, write_words

__all__ = [
    "Ahead",
    "Before",
    "Strings",
    "encoded_string",
    "encoding_ahead",
    "write_vectors",
    "write_words",
]
