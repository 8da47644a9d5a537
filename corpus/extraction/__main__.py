"""The extracting process; see `corpus.extraction.isolated`."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from corpus.collection.skip import Skip
from corpus.errors import UnreadableFile
from corpus.extraction.extracted import Extracted
from corpus.extraction.isolated import MEMORY_BYTES, OUT_OF_MEMORY, SECONDS

# After SECONDS the build ends this process. Where the build was killed nobody does, and a page
# that hangs would stay: so many seconds later the system ends it.
_GRACE = 10


def main() -> None:
    """Answer requests until stdin ends. Exits with OUT_OF_MEMORY where one needs too much."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends this
    with suppress(ValueError, OSError):  # where the system has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    try:
        while request := sys.stdin.buffer.readline():
            wanted = json.loads(request)
            data = sys.stdin.buffer.read(wanted["bytes"])
            signal.alarm(round(SECONDS) + _GRACE)
            answers.write(json.dumps(_answer(wanted["kind"], data)) + "\n")
            answers.flush()
            signal.alarm(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # at once: what would be tidied up needs memory too


def _answer(kind: str, data: bytes) -> dict[str, Any]:
    try:
        held = [asdict(item) for item in _held(kind, data)]
    except UnreadableFile as error:
        return {"unreadable": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the readers' libraries raise anything on bad bytes
        return {"unreadable": f"cannot be read ({type(error).__name__}); it may be damaged"}
    return {"held": held}


def _held(kind: str, data: bytes) -> Sequence[Extracted | Skip]:
    match kind:
        case "html":
            from corpus.extraction.html import extract_html

            return [extract_html(data)]
        case "pdf":
            from corpus.extraction.pdf import extract_pdf

            return [extract_pdf(data)]
        case "docx":
            from corpus.extraction.docx import extract_docx

            return [extract_docx(data)]
        case "feed":
            from corpus.extraction.feed import extract_feed

            return extract_feed(data)
    raise ValueError(f"there is no format {kind}")


if __name__ == "__main__":
    main()
