"""Vectors: the encoder, the store that keeps what it made, and the FAISS index over them."""

from index.dense.apart import EncoderApart
from index.dense.encoder import Encoded, Encoder, EncoderIdentity, SentenceEncoder
from index.dense.encoding import encode_in_windows
from index.dense.vector_index import VectorIndex, plan_for
from index.dense.vector_store import (
    Kept,
    VectorStore,
    basis_name,
    damaged_files,
    key_of,
    restore_basis,
)
from index.dense.word_vectors import WordVectors, save_places, segments_of

__all__ = [
    "Encoded",
    "Encoder",
    "EncoderApart",
    "EncoderIdentity",
    "Kept",
    "SentenceEncoder",
    "VectorIndex",
    "VectorStore",
    "WordVectors",
    "basis_name",
    "damaged_files",
    "encode_in_windows",
    "key_of",
    "plan_for",
    "restore_basis",
    "save_places",
    "segments_of",
]
