"""Extraction in a process of its own: a page that hangs, bursts or crashes the reader costs itself.

The process reads requests from its stdin and answers on its stdout, each as a line of JSON; a
request is followed by the bytes of the file. It is started at the first file that needs it.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from contextlib import suppress
from typing import Any, Self

from corpus.collection.skip import Skip
from corpus.errors import UnreadableFile
from corpus.extraction.extracted import Extracted
from corpus.module_process import start_module
from corpus.record import metadata_from_json
from corpus.text import LARGEST_TEXT_BYTES

# Of the 40 pages and the longest reports that were measured, the slowest took under 3 seconds on
# a busy machine.
SECONDS = 60.0
# The readers and their libraries have 0.3 GB of addresses before they read anything.
MEMORY_BYTES = 2 * 1024**3
# The longest text that an article may have takes six times its size as JSON where all of it is
# written as escapes; the rest is for details.
LARGEST_ANSWER_BYTES = 8 * LARGEST_TEXT_BYTES
# What the process exits with when MEMORY_BYTES were too few.
OUT_OF_MEMORY = 3


class _OutOfMemory(UnreadableFile):
    """The process had not enough memory for a file."""


class Extractor:
    """Extracts, one file after the other; ends its process when it is closed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, kind: str, data: bytes) -> list[Extracted | Skip]:
        """What a file of this kind ("html", "pdf", "docx" or "feed") holds, in order.

        Raises UnreadableFile where it holds nothing, or more than the limits allow.
        """
        is_first = self._process is None
        try:
            answer = self._asked(kind, data)
        except _OutOfMemory:
            if is_first:
                raise
            # The files before it may have left the process little, which is no fault of this one.
            answer = self._asked(kind, data)
        if (reason := answer.get("unreadable")) is not None:
            raise UnreadableFile(reason)
        return [_read(item) for item in answer["held"]]

    def _asked(self, kind: str, data: bytes) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None
        is_answered = False
        try:
            process.stdin.write(json.dumps({"kind": kind, "bytes": len(data)}).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._line(process))
            is_answered = True
        except TimeoutError as error:
            raise UnreadableFile(
                f"took longer than {SECONDS:.0f} seconds to read; it may be damaged"
            ) from error
        except (OSError, EOFError, ValueError) as error:  # it died, in the middle of a line perhaps
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
            if process.returncode == OUT_OF_MEMORY:
                raise _OutOfMemory(
                    f"needs more than {MEMORY_BYTES / 1e9:.0f} GB of memory to be read"
                ) from error
            raise UnreadableFile("made its reader crash; it may be damaged") from error
        finally:
            if not is_answered:  # a late answer must not be taken for one about the next file
                self.close()
        return answer

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdout is not None
        deadline = time.monotonic() + SECONDS
        received = bytearray()
        while not received.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                raise TimeoutError
            piece = os.read(process.stdout.fileno(), 1 << 20)
            if not piece:
                raise EOFError
            received += piece
            if len(received) > LARGEST_ANSWER_BYTES:
                raise UnreadableFile(
                    f"holds more than {LARGEST_TEXT_BYTES / 1e6:.0f} MB of text; split it"
                )
        return bytes(received)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = start_module(
                "corpus.extraction",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def close(self) -> None:
        """End the process. The next file starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()


def _read(fields: dict[str, Any]) -> Extracted | Skip:
    if "reason" in fields:
        return Skip(**fields)
    return Extracted(fields["text"], metadata_from_json(fields["metadata"]), fields["article_id"])
