"""For what supervises the server: does it live, and is it ready to answer."""

from __future__ import annotations

import logging
import threading

from fastapi import FastAPI, HTTPException

from index import Encoder
from interface.live import LiveIndex
from interface.server.wording import STARTING

_log = logging.getLogger(__name__)


class WarmUp:
    """Whether the encoder has encoded something, which loads it."""

    def __init__(self, encoder: Encoder | None) -> None:
        """encoder: None, where there is nothing to load, is warm."""
        self._encoder = encoder
        self._is_over = threading.Event()
        if encoder is None:
            self._is_over.set()

    @property
    def is_over(self) -> bool:
        return self._is_over.is_set()

    def begin(self) -> None:
        """In a thread of its own, while the page already opens."""
        if self._encoder is not None:
            threading.Thread(target=self._run, name="warm up", daemon=True).start()

    def _run(self) -> None:
        assert self._encoder is not None
        try:
            self._encoder.encode(["warm up"])
        except Exception as error:  # noqa: BLE001 (each kind leaves the server not ready)
            _log.error("The encoder cannot be used: %s", error)
            return
        self._is_over.set()


def add_health_routes(application: FastAPI, live: LiveIndex, warm_up: WarmUp | None) -> None:
    """`/healthz` and `/readyz`. warm_up: None where nothing is waited for."""

    @application.api_route("/healthz", methods=["GET", "HEAD"], include_in_schema=False)
    def healthz() -> dict[str, str]:
        """The process answers."""
        with live.reading() as index:
            return {"status": "ok", "generation": index.manifest.generation}

    @application.api_route("/readyz", methods=["GET", "HEAD"], include_in_schema=False)
    def readyz() -> dict[str, str]:
        """The index is open and the encoder loaded: the next question is answered at once."""
        if warm_up is not None and not warm_up.is_over:
            raise HTTPException(503, STARTING, {"Retry-After": "2"})
        with live.reading() as index:
            return {"status": "ready", "generation": index.manifest.generation}
