"""For what supervises the server."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence

import numpy as np
import pytest
from fastapi import FastAPI

from interface.live import LiveIndex
from interface.server.errors import add_error_handlers
from interface.server.health import WarmUp, add_health_routes
from tests.hash_encoder import HashEncoder
from tests.web.asking import Reply, ask_app, run_apart, scope_of
from tests.web.conftest import Served
from tests.web.http import request


class SlowEncoder(HashEncoder):
    """Encodes once it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        assert self.go.wait(timeout=30)
        return super().encode(texts)


class BrokenEncoder(HashEncoder):
    def encode(self, texts: Sequence[str]) -> np.ndarray:
        raise OSError("its files are gone")


def ready(served: Served, warm_up: WarmUp) -> Reply:
    application = FastAPI()
    add_error_handlers(application)
    add_health_routes(application, LiveIndex(served.index, served.encoder), warm_up)
    return run_apart(ask_app(application, scope_of(path="/readyz")))


def wait_until_over(warm_up: WarmUp) -> None:
    for _ in range(1_000):
        if warm_up.is_over:
            return
        threading.Event().wait(0.01)
    pytest.fail("the encoder never became warm")


def test_a_server_that_answers_is_alive_and_ready(served: Served) -> None:
    """Both name the generation that answers; a HEAD is enough for a load balancer."""
    generation = served.index.manifest.generation
    for path, status in (("healthz", "ok"), ("readyz", "ready")):
        reply = request(served.address + path)
        assert reply.status == 200
        assert json.loads(reply.body) == {"status": status, "generation": generation}
        assert request(served.address + path, "HEAD").status == 200


def test_a_server_whose_encoder_still_loads_is_not_ready(served: Served) -> None:
    """503 and a sentence until the encoder has encoded something."""
    encoder = SlowEncoder()
    warm_up = WarmUp(encoder)
    warm_up.begin()
    reply = ready(served, warm_up)
    assert (reply.status, reply.headers["retry-after"]) == (503, "2")
    assert reply.detail == "The encoder is still loading. Try again in some seconds."
    encoder.go.set()
    wait_until_over(warm_up)
    assert ready(served, warm_up).status == 200


def test_an_index_without_vectors_waits_for_nothing(served: Served) -> None:
    """Where there is no encoder, the server is ready at once."""
    warm_up = WarmUp(None)
    warm_up.begin()
    assert ready(served, warm_up).status == 200


def test_a_server_whose_encoder_does_not_load_never_gets_ready(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says why."""
    warm_up = WarmUp(BrokenEncoder())
    warm_up._run()
    assert ready(served, warm_up).status == 503
    assert "The encoder cannot be used: its files are gone" in caplog.text
