"""The index folder: texts, catalogue, manifest, and how a generation is published."""

from index.store.catalogue import Bearer, Catalogue, CatalogueEntry, Dated
from index.store.catalogue_writer import CatalogueWriter
from index.store.encoding_note import Encoding, encoding_of, forget_encoding, note_encoding
from index.store.filter import Filter
from index.store.generations import Generations, Remembered
from index.store.lease import Lease
from index.store.lock import building
from index.store.manifest import Change, Manifest, Part
from index.store.quotations import pack
from index.store.texts import TextStore
from index.store.withdrawn import Withdrawal, withdraw, withdrawals

__all__ = [
    "Bearer",
    "Catalogue",
    "CatalogueEntry",
    "CatalogueWriter",
    "Change",
    "Dated",
    "Encoding",
    "Filter",
    "Generations",
    "Lease",
    "Manifest",
    "Part",
    "Remembered",
    "TextStore",
    "Withdrawal",
    "building",
    "encoding_of",
    "forget_encoding",
    "note_encoding",
    "pack",
    "withdraw",
    "withdrawals",
]
