"""Vectors: the encoder, the store that keeps what it made, and the FAISS index over them."""

from index.dense.encoder import Encoder, EncoderIdentity, SentenceEncoder
from index.dense.encoding import encode_in_windows
from index.dense.vector_index import VectorIndex, plan_for
from index.dense.vector_store import VectorStore

__all__ = [
    "Encoder",
    "EncoderIdentity",
    "SentenceEncoder",
    "VectorIndex",
    "VectorStore",
    "encode_in_windows",
    "plan_for",
]
