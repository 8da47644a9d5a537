"""Bodies, work at once, and requests of one address are bounded, each with a clear answer."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive, Scope, Send

from interface.server.guards import AdmissionControl, BoundedBodies, FairShare
from tests.web.asking import NEIGHBOUR, ask_app, echo, reply_of, run_apart, scope_of
from tests.web.conftest import Served

TOO_LARGE = "The request is larger than 1,000,000 bytes, which is the most that is read."


class Held:
    """An application that answers once it is let go, and counts how many are in it."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.inside = self.most_inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.inside += 1
        self.most_inside = max(self.inside, self.most_inside)
        await self.go.wait()
        self.inside -= 1
        await echo(scope, receive, send)


async def soon() -> None:
    """Let all tasks run until they wait."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    "chunks",
    [(b"x" * 1_000_001,), (b"x" * 600_000, b"x" * 600_000), (b"x" * 100,) * 10_001],
    ids=["at-once", "in-two", "in-many"],
)
def test_a_body_that_is_too_large_is_refused(chunks: tuple[bytes, ...]) -> None:
    """However it is cut, and whether or not its length was declared, it gets 413 and a sentence."""
    for headers in ({}, {"content-length": str(sum(map(len, chunks)))}):
        reply = reply_of(BoundedBodies(echo), scope_of("POST", headers=headers), chunks)
        assert (reply.status, reply.detail) == (413, TOO_LARGE)


def test_a_body_that_lies_about_its_length_is_refused_all_the_same() -> None:
    """What arrives counts, not what was declared."""
    lying = scope_of("POST", headers={"content-length": "5"})
    assert reply_of(BoundedBodies(echo), lying, (b"x" * 1_000_001,)).status == 413


def test_a_declared_giant_is_refused_before_it_arrives() -> None:
    """Of a body of a gigabyte nothing is read."""
    giant = scope_of("POST", headers={"content-length": "1000000000"})
    assert reply_of(BoundedBodies(echo), giant, ()).detail == TOO_LARGE


def test_the_largest_body_arrives_whole() -> None:
    """A million bytes in many pieces reach the application as they were sent."""
    chunks = (b"a" * 400_000, b"b" * 500_000, b"c" * 100_000)
    assert reply_of(BoundedBodies(echo), scope_of("POST"), chunks).body == b"".join(chunks)


def test_a_body_that_does_not_arrive_is_given_up() -> None:
    """Who sends nothing for too long gets 408 and keeps no place."""

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    got: list[Message] = []

    async def send(message: Message) -> None:
        got.append(message)

    run_apart(BoundedBodies(echo, patience=0.01)(scope_of("POST"), receive, send))
    assert got[0]["status"] == 408


@pytest.mark.parametrize("path", ["api/ask", "page/answer", "gradio_api/call/ask", "nowhere"])
def test_no_route_reads_a_large_body(served: Served, path: str) -> None:
    """Gradio's own routes are bounded as ours are."""
    request = urllib.request.Request(
        served.address + path, b"x" * 2_000_000, {"content-type": "application/json"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=20)
    with refused.value as error:
        assert (error.code, json.load(error)) == (413, {"detail": TOO_LARGE})


def test_work_waits_for_its_turn_and_what_finds_no_room_is_told() -> None:
    """Two run, three wait, the sixth gets 503 and when to try again; those that waited are
    answered; then there is room again. What is no work never waits."""

    async def story() -> None:
        held = Held()
        gate = AdmissionControl(held, at_once=2, waiting=3)
        work = scope_of("POST", "/api/ask")
        admitted = [asyncio.create_task(ask_app(gate, dict(work))) for _ in range(5)]
        await soon()
        assert held.inside == 2
        turned_away = await ask_app(gate, dict(work))
        assert (turned_away.status, turned_away.headers["retry-after"]) == (503, "2")
        assert turned_away.detail == "Too many requests are waiting here. Try again in 2 seconds."
        free = asyncio.create_task(ask_app(gate, scope_of(path="/healthz")))
        await soon()
        assert held.inside == 3
        held.go.set()
        assert [reply.status for reply in await asyncio.gather(*admitted, free)] == [200] * 6
        assert held.most_inside == 3
        assert (await ask_app(gate, dict(work))).status == 200

    run_apart(story())


def test_a_failure_gives_its_place_back() -> None:
    """However often work fails, there is room for more."""

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise KeyError

    async def story() -> None:
        gate = AdmissionControl(fail, at_once=1, waiting=0)
        shared = FairShare(gate, most=1)
        for _ in range(3):
            with pytest.raises(KeyError):
                await ask_app(shared, scope_of("POST", "/api/ask", client=NEIGHBOUR))

    run_apart(story())


@pytest.mark.parametrize(
    ("mine", "same", "other"),
    [
        (NEIGHBOUR, NEIGHBOUR, "203.0.113.6"),
        ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"),
        (NEIGHBOUR, f"::ffff:{NEIGHBOUR}", "::ffff:203.0.113.6"),
    ],
    ids=["v4", "v6-network", "v4-in-v6"],
)
def test_one_address_has_a_bounded_share(mine: str, same: str, other: str) -> None:
    """The ninth request of an address is told to wait, others and this machine are not. Of IPv6 the
    network of a client counts. Once one has ended, there is room again."""

    async def story() -> None:
        held = Held()
        shared = FairShare(held)

        def asks(client: str) -> asyncio.Task[object]:
            return asyncio.create_task(ask_app(shared, scope_of("POST", "/api/ask", client=client)))

        under_way = [asks(mine) for _ in range(8)]
        await soon()
        refused = await ask_app(shared, scope_of("GET", "/source", client=same))
        assert (refused.status, refused.headers["retry-after"]) == (429, "1")
        assert refused.detail == "8 requests from your address are under way. Wait for one to end."
        under_way += [asks(other), asks("127.0.0.1"), asks("::1"), *(asks("127.0.0.1"),) * 9]
        held.go.set()
        await asyncio.gather(*under_way)
        assert (await ask_app(shared, scope_of("POST", "/api/ask", client=same))).status == 200

    run_apart(story())


def test_fifty_programs_on_this_machine_get_answers(served: Served) -> None:
    """All of their questions at the same time, each with the same answer and no refusal."""
    body = json.dumps({"question": "How many cracks has the northern arch?"}).encode()
    request = urllib.request.Request(
        served.address + "api/ask", body, {"content-type": "application/json"}
    )

    def answer(_: int) -> tuple[int, bytes]:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read()

    with ThreadPoolExecutor(50) as clients:
        answers = set(clients.map(answer, range(100)))
    assert [status for status, _ in answers] == [200]
