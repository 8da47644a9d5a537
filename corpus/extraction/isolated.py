"""Extraction in a process of its own: a page that hangs, bursts or crashes the reader costs itself.

The process reads requests from its stdin and answers on its stdout, each as a line of JSON; a
request is followed by the bytes of the file. It is started at the first file that needs it.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.errors import UnreadableFile
from corpus.extraction.extracted import Extracted
from corpus.record import metadata_from_json
from corpus.skip import Skip

# Of the 40 pages and the longest reports that were measured, the slowest took under 3 seconds on
# a busy machine.
SECONDS = 60.0
# The readers and their libraries have 0.3 GB of addresses before they read anything.
MEMORY_BYTES = 2 * 1024**3


class Extractor:
    """Extracts, one file after the other; ends its process when it is closed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, kind: str, data: bytes) -> list[Extracted | Skip]:
        """What a file of this kind ("html", "pdf", "docx" or "feed") holds, in order.

        Raises UnreadableFile where it holds nothing, or more than the limits allow.
        """
        answer = self._asked(json.dumps({"kind": kind, "bytes": len(data)}).encode() + b"\n" + data)
        if (reason := answer.get("unreadable")) is not None:
            raise UnreadableFile(reason)
        return [_read(item) for item in answer["held"]]

    def _asked(self, request: bytes) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(request)
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._line(process))
        except TimeoutError as error:
            self.close()
            raise UnreadableFile(
                f"took longer than {SECONDS:.0f} seconds to read; it may be damaged"
            ) from error
        except (OSError, EOFError, ValueError) as error:  # it died, in the middle of a line perhaps
            self.close()
            raise UnreadableFile("made its reader crash; it may be damaged") from error
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
        return bytes(received)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # By path, so that it also works where the program was never installed.
            home = str(Path(__file__).parents[2])
            paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                [sys.executable, "-m", "corpus.extraction"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _read(fields: dict[str, Any]) -> Extracted | Skip:
    if "reason" in fields:
        return Skip(**fields)
    return Extracted(fields["text"], metadata_from_json(fields["metadata"]), fields["article_id"])
