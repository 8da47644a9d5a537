"""A build in a process of its own, for the chat that answers as soon as anything does."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from corpus import start_module
from index import SentenceEncoder, has_vectors
from interface.commands.shared import say
from interface.workspace import Workspace

# Seconds between two looks at whether something answers: nobody tells this process when.
_LOOK_EVERY = 0.1
_WORDS_FIRST = (
    "Questions are answered by words from now on; the build goes on, and what it has made answers "
    "when it is there."
)


@contextmanager
def built_meanwhile(workspace: Workspace) -> Iterator[None]:
    """Where there is no index, start a build, and come back when its first generation answers.

    The build goes on; at the end it is stopped, as by Ctrl-C. Exits with its exit code where it
    ends without an index; what was wrong it has said itself.
    """
    if workspace.manifest() is not None or workspace.make_encoder is not SentenceEncoder:
        yield
        return
    say(workspace.no_index_yet())
    with _started(workspace) as process:
        try:
            while (answering := workspace.manifest()) is None:
                if process.poll() is not None:
                    sys.exit(process.returncode)
                time.sleep(_LOOK_EVERY)
            if has_vectors(answering):
                process.wait()  # it says what it did, and is done
            else:
                say(_WORDS_FIRST)
            yield
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)


def _started(workspace: Workspace) -> subprocess.Popen[bytes]:
    named = {
        "--corpus": workspace.corpus,
        "--index": workspace.index,
        "--encoder": workspace.encoder,
        "--precision": workspace.precision,
        "--device": workspace.device,
    }
    options = [str(part) for pair in named.items() if pair[1] is not None for part in pair]
    return start_module("app", *options, "build", stdout=subprocess.DEVNULL)
