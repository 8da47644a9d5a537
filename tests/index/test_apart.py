"""An encoder in a process of its own gives what it gives in this one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import EncoderApart, EncoderRefused, SentenceEncoder, word_spans

pytestmark = pytest.mark.encoder

STRINGS = ["The park is open.", "", "Größe 你好 🌳", "Closed. " * 40]


@pytest.fixture(scope="module")
def here() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="module")
def apart(here: SentenceEncoder) -> Iterator[EncoderApart]:
    with EncoderApart(here) as apart:
        yield apart


def cosines(ones: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each row with the row beside it."""
    norms = np.linalg.norm(ones, axis=1) * np.linalg.norm(others, axis=1)
    return np.asarray((ones * others).sum(axis=1) / norms)


def test_vectors_of_strings_and_words_are_the_same(
    here: SentenceEncoder, apart: EncoderApart
) -> None:
    """With the same shapes, but for what another number of threads does to the last bits."""
    words = [word_spans(string) for string in STRINGS]

    expected, found = here.encode_words(STRINGS, words), apart.encode_words(STRINGS, words)

    assert (cosines(found.vectors, expected.vectors) >= 0.9999).all()
    assert [each.shape for each in found.words] == [each.shape for each in expected.words]
    for mine, theirs in zip(found.words, expected.words, strict=True):
        assert (cosines(mine, theirs) >= 0.999).all()
    assert (cosines(apart.encode(STRINGS), here.encode(STRINGS)) >= 0.9999).all()
    assert apart.identity == here.identity


def test_several_threads_get_their_own_answers(here: SentenceEncoder, apart: EncoderApart) -> None:
    """Requests wait for each other, and none gets what another asked for."""
    strings = [f"Bridge number {number} is closed." for number in range(20)]

    with ThreadPoolExecutor(5) as threads:
        found = list(threads.map(lambda string: apart.encode([string])[0], strings))

    for string, vector in zip(strings, found, strict=True):
        assert vector @ here.encode([string])[0] >= 0.9999


def test_a_process_that_was_killed_is_told_and_started_again(here: SentenceEncoder) -> None:
    """The question that met it gets an error that says what to do; the next one is answered."""
    with EncoderApart(here) as apart:
        apart.encode(["The park is open."])
        assert apart._process is not None
        apart._process.kill()
        apart._process.wait()

        with pytest.raises(EncoderRefused, match=r"^The process of the encoder .* Try again"):
            apart.encode(["The park is open."])

        assert apart.encode(["The park is open."]).shape == (1, 384)


def test_a_model_that_cannot_be_loaded_is_refused_as_in_this_process(tmp_path: Path) -> None:
    """With the same words, at every request."""
    for name, content in {"model.safetensors": "weights", "modules.json": "[]"}.items():
        (tmp_path / name).write_text(content)
    broken = SentenceEncoder(str(tmp_path))

    with EncoderApart(broken) as apart:
        for _ in range(2):
            with pytest.raises(EncoderRefused, match=f"The encoder in {tmp_path} cannot be loaded"):
                apart.encode(["The park is open."])


def test_the_process_ends_with_whoever_started_it(here: SentenceEncoder) -> None:
    """Closing ends it, and closing again is no error."""
    apart = EncoderApart(here)
    process = apart._process
    assert process is not None

    apart.close()
    apart.close()

    assert process.poll() is not None
