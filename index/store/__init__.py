"""The index folder: texts, catalogue, manifest, and how a generation is published."""

from index.store.catalogue import Catalogue, CatalogueEntry, write_catalogue
from index.store.filter import Filter
from index.store.generations import Generations, Remembered
from index.store.lock import building
from index.store.manifest import Change, Manifest, Part
from index.store.texts import TextStore

__all__ = [
    "Catalogue",
    "CatalogueEntry",
    "Change",
    "Filter",
    "Generations",
    "Manifest",
    "Part",
    "Remembered",
    "TextStore",
    "building",
    "write_catalogue",
]
