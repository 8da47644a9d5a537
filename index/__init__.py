"""From passages to something searchable, and back from a row to its passage.

Rebuild with `python -m index`.
"""

from index.build import (
    BuildReport,
    Forgotten,
    build_index,
    build_index_of,
    folder_state,
    forget_article,
)
from index.copies import SHORTEST_SHARED, folded, folded_words
from index.dense import (
    Encoded,
    Encoder,
    EncoderApart,
    EncoderIdentity,
    SentenceEncoder,
    WordVectors,
    encode_in_windows,
)
from index.dense.encoder import PRECISIONS
from index.dense.model_files import DEFAULT_ENCODER
from index.errors import (
    BuildFailed,
    EncoderRefused,
    IndexDamaged,
    IndexLocked,
    IndexProblem,
    IndexReplaced,
    IndexTooNew,
    IndexTooOld,
    NoIndex,
    NothingToForget,
    OtherCollection,
    OtherEncoder,
)
from index.layout import defects_of, has_vectors
from index.lexical import Token, terms, terms_with_starts, tokens, word_spans
from index.progress import Progress, Silent
from index.search import Ranking, Rankings, SearchIndex
from index.store import (
    Bearer,
    Catalogue,
    CatalogueEntry,
    Change,
    Dated,
    Encoding,
    Filter,
    Generations,
    Manifest,
    Withdrawal,
    withdrawals,
)

__all__ = [
    "DEFAULT_ENCODER",
    "PRECISIONS",
    "SHORTEST_SHARED",
    "Bearer",
    "BuildFailed",
    "BuildReport",
    "Catalogue",
    "CatalogueEntry",
    "Change",
    "Dated",
    "Encoded",
    "Encoder",
    "EncoderApart",
    "EncoderIdentity",
    "EncoderRefused",
    "Encoding",
    "Filter",
    "Forgotten",
    "Generations",
    "IndexDamaged",
    "IndexLocked",
    "IndexProblem",
    "IndexReplaced",
    "IndexTooNew",
    "IndexTooOld",
    "Manifest",
    "NoIndex",
    "NothingToForget",
    "OtherCollection",
    "OtherEncoder",
    "Progress",
    "Ranking",
    "Rankings",
    "SearchIndex",
    "SentenceEncoder",
    "Silent",
    "Token",
    "Withdrawal",
    "WordVectors",
    "build_index",
    "build_index_of",
    "defects_of",
    "encode_in_windows",
    "folded",
    "folded_words",
    "folder_state",
    "forget_article",
    "has_vectors",
    "terms",
    "terms_with_starts",
    "tokens",
    "withdrawals",
    "word_spans",
]
