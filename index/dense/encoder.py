"""From strings to vectors: any sentence-transformers model, by default all-MiniLM-L6-v2."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus import Span
from index.dense.model_files import DEFAULT_ENCODER, checked_files
from index.dense.packed import pack_linear_layers
from index.errors import EncoderRefused
from index.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

# Of the arithmetic; vectors are always float32.
PRECISIONS = ("bfloat16", "float32")
# Word pieces in a batch, padding counted. Passages a second in bfloat16 on two cores, with 512,
# 1,024, 2,048 and 4,096 of them: 94, 102, 106, 102. What a layer holds of so many stays in the
# processor's caches.
_BATCH_PIECES = 2048
# A graphics card is kept busy by more, and holds more.
_BATCH_PIECES_OF_GPU = 32_768
# For models whose word pieces are not known, strings.
_BATCH = 32
# Strings of the basis between two signs of progress.
_STRINGS_OF_A_STEP = 32
# Axes, a byte each. Mean nDCG@10 over six sets, and the first highlights that hold the answer on
# SQuAD 2 and CLAP NQ, with late interaction over words of 384 float32: .803, .875, .756; of
# 128 bytes: .804, .877, .756; 96: .804, .875, .746; 64: .805, .875, .766; 48: .803, .880, .773.
# Four bits for each of 96 axes do as well as 64 bytes and take as much room.
WORD_DIMENSIONS = 64
# Strings that the basis of word vectors is learnt from, of about 18 words each. 64 axes learnt so
# keep nDCG@10 within .001, over six sets, of axes learnt from the texts that are searched.
_SAMPLE = 600
_WORD = re.compile("[a-z]{3,}")
# What `learn_basis` gives for the model files with this hash, which are the default encoder's.
_BASIS = Path(__file__).with_name("minilm-l6-v2-basis.npy")
_WEIGHTS_OF_BASIS = "dfe9bd584e9330d24963f7b8eef8df4146f95b70548b9faa5cc8d9adce9d0849"


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What decides a vector besides the string.

    name: as a person gives it: `all-MiniLM-L6-v2`, a hub name or a folder.
    weights: SHA-256 over the model's files.
    precision: one of PRECISIONS.
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

    def __init__(
        self,
        name: str = DEFAULT_ENCODER,
        precision: str | None = None,
        device: str | None = None,
    ) -> None:
        """precision: one of PRECISIONS; None takes the one that suits the processor.
        device: as torch names it; None takes a graphics card where torch can use one.

        Raises EncoderRefused where the model's files are not here or not the right ones.
        """
        self._folder, weights = checked_files(name)
        self.device = device
        self.identity = EncoderIdentity(name, weights, precision or _best_precision())
        self._model: SentenceTransformer | None = None
        self._loading = threading.Lock()

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        """See Encoder. Strings are cut at the model's limit of word pieces (256 for MiniLM)."""
        import numpy as np

        if strings and self._tells_pieces():
            return self.encode_words(strings, [()] * len(strings)).vectors
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
        vectors = np.zeros((len(strings), self._dimensions()), np.float32)
        found: list[NDArray[np.float32]] = [vectors[:0]] * len(strings)
        for batch in self._batches(strings):
            vectors[batch.positions] = batch.vectors
            for position, pieces, offsets in zip(
                batch.positions, batch.pieces, batch.offsets, strict=True
            ):
                found[position] = _means(pieces[: len(offsets)], offsets, words[position])
        return Encoded(of_norm_one(vectors), tuple(found))

    def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32] | None:
        """See Encoder. For the default encoder it was learnt before, in float32, since that takes
        as long as encoding the starter collection does."""
        import numpy as np

        if self.identity.weights == _WEIGHTS_OF_BASIS and dimensions <= WORD_DIMENSIONS:
            learnt = np.load(_BASIS, allow_pickle=False)
            return np.ascontiguousarray(learnt[:, :dimensions], dtype=np.float32)
        return self.learn_basis(dimensions, progress)

    def learn_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32] | None:
        """See `Encoder.word_basis`. The leading singular vectors of the word vectors of _SAMPLE
        strings that are made of the model's own vocabulary, so that no collection decides them."""
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
            for start in range(0, _SAMPLE, _STRINGS_OF_A_STEP):
                some = strings[start : start + _STRINGS_OF_A_STEP]
                words = [[Span(*word.span()) for word in _WORD.finditer(one)] for one in some]
                found += self.encode_words(some, words).words
                advance(len(some))
        _, _, axes = np.linalg.svd(of_norm_one(np.concatenate(found)), full_matrices=False)
        return np.ascontiguousarray(axes[:dimensions].T, dtype=np.float32)

    def _batches(self, strings: Sequence[str]) -> Iterator[_Batch]:
        """What the model makes of the strings, in batches of nearly equal length."""
        import numpy as np
        import torch

        model = self._loaded()
        read = model.tokenizer(
            [string.strip() for string in strings],
            truncation=True,
            max_length=model.max_seq_length,
            return_offsets_mapping=True,
        )
        pieces = read["input_ids"]
        # The model strips its strings before it reads them.
        margins = [len(string) - len(string.lstrip()) for string in strings]
        padding = {
            "input_ids": model.tokenizer.pad_token_id,
            "token_type_ids": model.tokenizer.pad_token_type_id,
            "attention_mask": 0,
        }
        most = _BATCH_PIECES_OF_GPU if model.device.type == "cuda" else _BATCH_PIECES
        for positions in batches_of([len(ids) for ids in pieces], most):
            longest = len(pieces[positions[0]])
            features = {}
            for name in padding.keys() & read.keys():
                padded = np.full((len(positions), longest), padding[name], dtype=np.int64)
                for row, position in zip(padded, positions, strict=True):
                    row[: len(pieces[position])] = read[name][position]
                features[name] = torch.from_numpy(padded).to(model.device)
            with torch.inference_mode():
                output = model(features)
            yield _Batch(
                positions,
                output["sentence_embedding"].float().cpu().numpy(),
                output["token_embeddings"].float().cpu().numpy(),
                [
                    np.asarray(read["offset_mapping"][at], np.int64).reshape(-1, 2) + margins[at]
                    for at in positions
                ],
            )

    def _dimensions(self) -> int:
        return int(self._loaded().get_embedding_dimension() or 0)

    def _tells_pieces(self) -> bool:
        """Whether it is known which characters each of the model's tokens stands for."""
        model = self._loaded()
        return bool(
            getattr(model.tokenizer, "is_fast", False)
            and model.default_prompt_name is None
            and type(model[0]).__name__ == "Transformer"
            and not getattr(model[0], "do_lower_case", False)
            and model.tokenizer.pad_token_id is not None
        )

    def _loaded(self) -> SentenceTransformer:
        with self._loading:
            if self._model is None:
                self._model = _load(self._folder, self.identity.precision, self.device)
            return self._model


@dataclass(frozen=True, slots=True)
class _Batch:
    """positions: of its strings among all.
    vectors: a row for each; pieces: for each the vectors of its word pieces and of the padding
        behind them, shape (strings, pieces, dimensions); float32.
    offsets: for each the characters that its pieces stand for; int64, shape (pieces, 2).
    """

    positions: list[int]
    vectors: NDArray[np.float32]
    pieces: NDArray[np.float32]
    offsets: list[NDArray[np.int64]]


def batches_of(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Positions in batches, the longest first: at most `most` pieces each, where every string of
    a batch counts as long as its longest; a longer string is a batch of its own."""
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lambda at: (-lengths[at], at)):
        if batch and (len(batch) + 1) * lengths[batch[0]] > most:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


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

    means = np.zeros((len(words), tokens.shape[1]), dtype=np.float32)
    if not words:
        return means
    real = offsets[:, 1] > offsets[:, 0]  # not those that mark where a string starts and ends
    tokens, offsets = tokens[real], offsets[real]
    bounds = np.array([(word.start, word.end) for word in words], dtype=np.int64)
    first = np.searchsorted(offsets[:, 1], bounds[:, 0], side="right")
    last = np.searchsorted(offsets[:, 0], bounds[:, 1], side="left")
    counts = last - first
    alone = counts == 1  # as most words are
    means[alone] = tokens[first[alone]]
    for word in np.flatnonzero(counts > 1).tolist():
        means[word] = tokens[first[word] : last[word]].mean(axis=0)
    return means


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


def _load(folder: Path, precision: str, device: str | None) -> SentenceTransformer:
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
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    try:
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError) as error:  # a build without CUDA raises the latter
        raise EncoderRefused(
            f"torch cannot compute on {device} here: {str(error).splitlines()[0]} "
            "Leave out --device, or name another one."
        ) from error
    settings = {"use_safetensors": True, "dtype": getattr(torch, precision)}
    if device == "cpu":
        # torch's fused attention is made for long texts: on two cores 91 passages a second with
        # it, 106 without it in bfloat16; 49 and 53 in float32.
        settings["attn_implementation"] = "eager"
    try:
        model = SentenceTransformer(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs=settings,
        )
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EncoderRefused(
            f"The encoder in {folder} cannot be loaded: {reason}. "
            "Give another sentence-transformers model with --encoder."
        ) from error
    if device == "cpu":
        pack_linear_layers(model)
    return model
