"""Building: from the articles of a source to a published generation, and forgetting one."""

from index.build.forget import Forgotten, forget_article
from index.build.parts import encoded_string
from index.build.report import BuildReport
from index.build.run import build_index, build_index_of
from index.build.source import folder_state

__all__ = [
    "BuildReport",
    "Forgotten",
    "build_index",
    "build_index_of",
    "encoded_string",
    "folder_state",
    "forget_article",
]
