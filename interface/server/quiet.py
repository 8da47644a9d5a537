"""Keeping questions out of the log.

Gradio prints a traceback for every request that it cannot read, with what the client sent in
it, and uvicorn does so for what gradio lets through. The promise is that no question reaches a
log, so only the kind of error is told.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import gradio.queueing
import gradio.route_utils
import gradio.routes
import gradio.utils

_log = logging.getLogger(__name__)


class _KindsOnly:
    """Stands in gradio's modules where they have the module `traceback`."""

    def print_exc(self, *_arguments: Any, **_options: Any) -> None:
        _log.error("A request failed: %s", type(sys.exception()).__name__)

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)


def _without_traceback(record: logging.LogRecord) -> bool:
    if record.exc_info:
        kind = record.exc_info[0]
        record.msg, record.args = "A request failed: %s", (kind.__name__ if kind else "unknown",)
        record.exc_info = record.exc_text = None
    return True


def keep_questions_out_of_the_log() -> None:
    """Call once, before the application serves."""
    for module in (gradio.queueing, gradio.routes, gradio.route_utils, gradio.utils):
        module.traceback = _KindsOnly()
    logging.getLogger("uvicorn.error").addFilter(_without_traceback)
