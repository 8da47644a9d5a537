"""An encoder in a process of its own, for a program that has other things to load.

Loading the encoder's libraries takes four seconds on one processor, in which Python can do nothing
else. Apart, they load while a server loads its own, and a question that is encoded keeps no other
request waiting.

The process reads requests from its stdin and answers on its stdout: a line of JSON each, behind
that of an answer the bytes of its arrays.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from corpus import Span, start_module
from index.dense.encoder import Encoded, SentenceEncoder
from index.dense.unneeded import leave_out_scikit_learn
from index.errors import EncoderRefused
from index.progress import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class EncoderApart:
    """Encodes as the encoder that it is made from; see `index.Encoder`. A context manager, whose
    end ends the process. Safe for several threads, which wait for each other.

    A process that has ended is started again by the next request.
    """

    def __init__(self, encoder: SentenceEncoder) -> None:
        """The process starts now, and loads at once."""
        self.identity = encoder.identity
        self._device = encoder.device
        self._asking = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = self._started()

    def encode(self, strings: Sequence[str]) -> NDArray[np.float32]:
        """See Encoder. Raises EncoderRefused where the model cannot be loaded, or the process
        ended."""
        return self._asked({"strings": list(strings)}).vectors

    def encode_words(self, strings: Sequence[str], words: Sequence[Sequence[Span]]) -> Encoded:
        """See Encoder. Raises as `encode`."""
        places = [[(span.start, span.end) for span in spans] for spans in words]
        return self._asked({"strings": list(strings), "words": places})

    def word_basis(self, dimensions: int, progress: Progress) -> NDArray[np.float32] | None:
        """Raises NotImplementedError: it is learnt by builds, which load the encoder anyway."""
        raise NotImplementedError

    def close(self) -> None:
        """End the process; again is no error."""
        with self._asking:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def _asked(self, request: dict[str, Any]) -> Encoded:
        with self._asking:
            try:
                return self._answer(request)
            except (OSError, EOFError, ValueError) as error:
                self._end()
                raise EncoderRefused(
                    f"The process of the encoder {self.identity.name} ended. "
                    "Try again; the next question starts it anew."
                ) from error

    def _answer(self, request: dict[str, Any]) -> Encoded:
        import numpy as np

        if self._process is None:
            self._process = self._started()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        if (reason := told.get("refused")) is not None:
            raise EncoderRefused(reason)

        def received(rows: int) -> NDArray[np.float32]:
            assert self._process is not None
            assert self._process.stdout is not None
            size = rows * told["dimensions"] * 4
            content = self._process.stdout.read(size)
            if len(content) < size:
                raise EOFError
            return np.frombuffer(content, "<f4").reshape(rows, told["dimensions"])

        vectors = received(told["strings"])
        return Encoded(vectors, tuple(received(count) for count in told["words"]))

    def _started(self) -> subprocess.Popen[bytes]:
        process = start_module("index.dense", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        settings = [self.identity.name, self.identity.precision, self._device]
        assert process.stdin is not None
        process.stdin.write(json.dumps(settings).encode() + b"\n")
        process.stdin.flush()
        return process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _compute_with_one_thread() -> None:
    """A second thread spins while it waits for the next question, and takes its processor from
    the server: on two, an answer took 34 ms at the median (97 at the 95th percentile) with two
    threads, and 22 (27) with one."""
    import torch

    torch.set_num_threads(1)


def answer_requests() -> None:
    """What the process does: until its stdin ends. The first line says which encoder it is."""
    # Ctrl-C, and the end of a service, are for whoever started it, which may still have requests
    # under way; at its end this one's stdin ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    leave_out_scikit_learn()
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    try:
        encoder = SentenceEncoder(*json.loads(sys.stdin.buffer.readline()))
        encoder.encode(["warm up"])
        _compute_with_one_thread()
        refused = None
    except EncoderRefused as error:
        refused = str(error)
    for line in sys.stdin.buffer:
        if refused is not None:
            out.write(json.dumps({"refused": refused}).encode() + b"\n")
            out.flush()
            continue
        request = json.loads(line)
        strings = request["strings"]
        if "words" in request:
            spans = [[Span(*place) for place in places] for places in request["words"]]
            encoded = encoder.encode_words(strings, spans)
        else:
            encoded = Encoded(encoder.encode(strings), ())
        told = {
            "strings": len(strings),
            "dimensions": encoded.vectors.shape[-1],
            "words": [len(vectors) for vectors in encoded.words],
        }
        arrays = (encoded.vectors, *encoded.words)
        content = b"".join(vectors.astype("<f4").tobytes() for vectors in arrays)
        out.write(json.dumps(told).encode() + b"\n" + content)
        out.flush()
