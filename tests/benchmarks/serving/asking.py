"""Clients that ask `POST /api/ask` without pause, each its own order of the same questions."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx

# Far more than an answer takes: what is not here by then has failed.
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and what came of it.

    began, ended: seconds of `time.monotonic`, which all processes of a machine share.
    status: of HTTP; 0 where no response came, and `body` is what went wrong.
    """

    client: int
    question: str
    began: float
    ended: float
    status: int
    body: bytes


def ask_until(
    over: Path, address: str, questions: Sequence[str], clients: int, most_seconds: float
) -> list[Asked]:
    """Ask until the file `over` is there; for a process of its own."""
    end = time.monotonic() + most_seconds
    is_over = lambda: over.exists() or time.monotonic() > end  # noqa: E731
    return ask_without_pause(address, questions, clients, is_over)


def ask_without_pause(
    address: str, questions: Sequence[str], clients: int, is_over: Callable[[], bool]
) -> list[Asked]:
    """Every client asks on until `is_over`; gives what was asked, in the order of the answers.

    address: of the server, with a slash at its end.
    """
    asking = _ask_at_once(address, questions, clients, is_over)
    with ThreadPoolExecutor(1) as pool:  # where a browser is open, this thread has a loop already
        return pool.submit(asyncio.run, asking).result()


async def _ask_at_once(
    address: str, questions: Sequence[str], clients: int, is_over: Callable[[], bool]
) -> list[Asked]:
    asked: list[Asked] = []
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(
        base_url=address, limits=limits, timeout=_PATIENCE, trust_env=False
    ) as web:

        async def go_on(client: int) -> None:
            for question in _shuffled(questions, client):
                if is_over():
                    return
                asked.append(await _ask(web, client, question))

        await asyncio.gather(*(go_on(client) for client in range(clients)))
    return asked


def _shuffled(questions: Sequence[str], client: int) -> Iterator[str]:
    """All the questions in this client's order, and once all are asked, in another."""
    chance = random.Random(client)
    while True:
        yield from chance.sample(questions, len(questions))


async def _ask(web: httpx.AsyncClient, client: int, question: str) -> Asked:
    began = time.monotonic()
    try:
        response = await web.post("api/ask", json={"question": question})
        status, body = response.status_code, response.content
    except httpx.HTTPError as error:
        status, body = 0, repr(error).encode()
    return Asked(client, question, began, time.monotonic(), status, body)
