"""A running chat goes over to a new generation, without a restart and without a failed request."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from corpus import text_sha256
from index import BuildReport, Encoder, Generations, IndexDamaged, SearchIndex, build_index
from index.store.lease import is_read
from interface import live as live_module
from interface.live import LiveIndex
from retrieval import ask
from tests.hash_encoder import HashEncoder
from tests.web.conftest import Served, call_endpoint, guard, opened, running

ROOT = Path(__file__).parents[3]
PIER = "The pier of Ashford opens on Friday."
GATE = "The gate of Ashford has nine iron bars."
BARS = "How many iron bars has the gate?"


@dataclass(frozen=True)
class Harbour:
    """A folder of articles and the index of it."""

    collection: Path
    index: Path

    def build(self, encoder: Encoder | None = None, **files: str | None) -> BuildReport:
        """Write articles (None deletes one) and build with the tests' encoder, or another."""
        for name, text in files.items():
            path = self.collection / f"{name}.txt"
            if text is None:
                path.unlink()
            else:
                path.write_text(text)
        return build_index(self.collection, self.index, encoder or HashEncoder())

    def there(self) -> list[str]:
        return [folder.name for folder in Generations(self.index).kept()]


@pytest.fixture
def harbour(tmp_path: Path) -> Harbour:
    """One article about a pier, indexed."""
    (tmp_path / "collection").mkdir()
    made = Harbour(tmp_path / "collection", tmp_path / "index")
    made.build(pier=PIER)
    return made


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, the request that sees a new generation waits until it is open:
    what these tests say does not hang on half a second."""
    monkeypatch.setattr(live_module, "_PATIENCE", 60)


@pytest.fixture
def live(harbour: Harbour) -> Iterator[LiveIndex]:
    """The index of the harbour, as a chat has it open."""
    made = LiveIndex(SearchIndex(harbour.index), HashEncoder())
    yield made
    made.close()


def found(live: LiveIndex, question: str = BARS) -> list[str]:
    """The articles that are cited."""
    with live.reading() as index:
        answer = ask(question, index, live.encoder)
    return [citation.passage.article.article_id for citation in answer.citations]


def answering(live: LiveIndex) -> str:
    with live.reading() as index:
        return index.manifest.generation


def wait_for(generation: str, live: LiveIndex) -> None:
    deadline = time.monotonic() + 30
    while answering(live) != generation:
        assert time.monotonic() < deadline, "the new generation never answered"
        time.sleep(0.01)


def test_what_was_built_is_found_at_once(live: LiveIndex, harbour: Harbour) -> None:
    """Whoever builds and then asks gets the new article; one that was removed is gone."""
    assert found(live) == []
    report = harbour.build(gate=GATE)
    assert found(live) == ["gate"]
    assert answering(live) == report.generation
    harbour.build(gate=None)
    assert found(live) == []


def test_a_request_keeps_its_generation_to_the_end(live: LiveIndex, harbour: Harbour) -> None:
    """What began before a swap ends on the old generation, which is closed then and not before;
    the next builds remove its folder."""
    with live.reading() as old:
        for number in range(3):
            harbour.build(gate=f"{GATE} {number} of them are new.")
            assert found(live) == ["gate"]
        assert old.manifest.generation in harbour.there()
        assert ask(BARS, old, live.encoder).citations == ()
        assert old.article("pier").text == PIER
        assert is_read(old.folder)
    assert not is_read(old.folder)
    harbour.build(gate=GATE)
    assert old.manifest.generation not in harbour.there()
    assert len(harbour.there()) == 2, "the current one and the one before"


def test_a_generation_that_nobody_asked_is_skipped(live: LiveIndex, harbour: Harbour) -> None:
    """Only the current one is opened, however many were published since the last request."""
    for number in range(5):
        report = harbour.build(gate=f"{GATE} {number}")
    assert answering(live) == report.generation


def test_no_request_waits_for_a_generation_that_opens_slowly(
    live: LiveIndex, harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request that sees it first waits a little, the others not at all; all are answered
    from the old one, until the new one is open as a whole."""
    before, go = answering(live), threading.Event()
    monkeypatch.setattr(SearchIndex, "open_all", lambda index: go.wait(60))
    monkeypatch.setattr(live_module, "_PATIENCE", 0.2)
    report = harbour.build(gate=GATE)
    started = time.monotonic()
    assert answering(live) == before
    assert 0.2 <= time.monotonic() - started < 30
    monkeypatch.setattr(live_module, "_PATIENCE", 60)  # which the others do not spend
    started = time.monotonic()
    assert [answering(live) for _ in range(100)] == [before] * 100
    assert time.monotonic() - started < 30
    go.set()
    wait_for(report.generation, live)
    assert found(live) == ["gate"]


def damaged(harbour: Harbour) -> None:
    path = Generations(harbour.index).kept()[-1] / "catalogue.db"
    path.write_bytes(b"\0" * path.stat().st_size)


def later_format(harbour: Harbour) -> None:
    path = Generations(harbour.index).kept()[-1] / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))


@pytest.mark.parametrize(
    ("spoil", "advice"), [(damaged, "onrecord build"), (later_format, "Update the program")]
)
def test_a_generation_that_cannot_be_opened_leaves_the_old_one_answering(
    live: LiveIndex,
    harbour: Harbour,
    spoil: Any,
    advice: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is told once, with what to do, however often it is tried; the next sound one is used."""
    before = answering(live)
    harbour.build(gate=GATE)
    spoil(harbour)
    monkeypatch.setattr(live_module, "_AGAIN", 0)
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            assert answering(live) == before
            assert found(live, "When does the pier open?") == ["pier"]
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith("The new generation is not used, the old one answers on. The index")
    assert advice in told

    build_index(harbour.collection, harbour.index, HashEncoder(), full=True)
    assert found(live) == ["gate"]


def test_a_generation_that_failed_is_not_tried_at_every_request(
    live: LiveIndex, harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening costs time, so that it is tried again only after a while: then it may be whole."""
    harbour.build(gate=GATE)
    path = Generations(harbour.index).kept()[-1] / "vectors.faiss"
    aside = path.rename(path.with_name("aside"))
    assert found(live) == []
    aside.rename(path)
    assert found(live) == []
    monkeypatch.setattr(live_module, "_AGAIN", 0)
    assert found(live) == ["gate"]


def test_a_generation_of_another_encoder_asks_for_a_restart(
    live: LiveIndex, harbour: Harbour, caplog: pytest.LogCaptureFixture
) -> None:
    """The encoder that is loaded cannot read it: the old one answers, and the log says what to
    do. A generation without vectors needs no encoder."""
    before = answering(live)
    harbour.build(HashEncoder("other", "1" * 64), gate=GATE)
    assert (answering(live), found(live)) == (before, [])
    assert caplog.messages == [
        "The new generation is not used, the old one answers on. It was built with the encoder "
        "other, and this chat runs with hash. Restart the chat to use it."
    ]
    build_index(harbour.collection, harbour.index, None)
    assert found(live) == ["gate"]


def test_a_chat_without_an_encoder_does_not_use_vectors(
    harbour: Harbour, caplog: pytest.LogCaptureFixture
) -> None:
    """It would search them by words alone, and say that it had not."""
    build_index(harbour.collection, harbour.index, None)
    live = LiveIndex(SearchIndex(harbour.index), None)
    before = answering(live)
    harbour.build()
    assert answering(live) == before
    assert "this chat runs without one. Restart the chat" in caplog.text
    live.close()


def test_an_index_folder_that_vanishes_costs_no_answer(live: LiveIndex, harbour: Harbour) -> None:
    """What is open answers on while index and collection are gone, and what is built when they
    are back is found."""
    for folder in (harbour.index, harbour.collection):
        folder.rename(folder.with_name(f"{folder.name} elsewhere"))
    assert found(live, "When does the pier open?") == ["pier"]
    for folder in (harbour.index, harbour.collection):
        folder.with_name(f"{folder.name} elsewhere").rename(folder)
    harbour.build(gate=GATE)
    assert found(live) == ["gate"]

    shutil.rmtree(harbour.index)
    assert found(live) == ["gate"]
    harbour.build(gate=None)
    assert found(live) == []
    assert found(live, "When does the pier open?") == ["pier"]


def test_texts_that_a_build_mended_are_quoted_again(live: LiveIndex, harbour: Harbour) -> None:
    """While a stored text is damaged nothing is quoted from it; after the next build the chat,
    still running, quotes it."""
    connection = sqlite3.connect(harbour.index / "articles.db")
    with connection:
        connection.execute("UPDATE text SET content = 'Shut.'")
    connection.close()
    with pytest.raises(IndexDamaged):
        found(live, "When does the pier open?")
    harbour.build()
    assert found(live, "When does the pier open?") == ["pier"]


def test_a_follow_up_works_across_a_swap(live: LiveIndex, harbour: Harbour) -> None:
    """The questions before belong to the conversation and not to a generation."""
    before = "How many iron bars has the gate of Ashford?"
    assert found(live, before) == []
    harbour.build(skerry="The gate of Skerry has four iron bars.")
    with live.reading() as index:
        answer = ask("And in Skerry?", index, live.encoder, after=[before])
    assert "has four iron bars" in answer.citations[0].passage.text


def get(address: str, **query: object) -> tuple[int, Any]:
    """The status and the JSON of an address."""
    try:
        with urllib.request.urlopen(f"{address}?{urlencode(query)}", timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def cited(address: str, question: str) -> list[str]:
    """The articles that the public endpoint cites."""
    answer = call_endpoint(f"{address}gradio_api/call/ask", question)
    return [citation["article"]["article_id"] for citation in answer["citations"]]


def place(article: str, text: str) -> dict[str, object]:
    return {"article": article, "sha256": text_sha256(text), "start": 0, "end": 8}


@contextmanager
def asking(address: str, threads: int) -> Iterator[list[object]]:
    """Requests of every kind without pause, while the block runs; gives what each came to."""
    over = threading.Event()
    outcomes: list[object] = []

    def go_on() -> None:
        while not over.is_set():
            assert cited(address, "When does the pier open?") == ["pier"]
            status, source = get(f"{address}source", **place("pier", PIER))
            assert (status, source["note"]) == (200, None)
            status, health = get(f"{address}healthz")
            assert status == 200
            outcomes.append(health["generation"])

    with ThreadPoolExecutor(threads) as pool:
        streams = [pool.submit(go_on) for _ in range(threads)]
        try:
            yield outcomes
        finally:
            over.set()
            for stream in streams:
                stream.result(timeout=60)


def test_no_request_fails_while_generations_are_swapped(harbour: Harbour) -> None:
    """Four threads ask, open sources and look at the health without pause while five builds
    publish: all succeed, each new generation answers, and the old folders go."""
    live = LiveIndex(SearchIndex(harbour.index), HashEncoder())
    built = [answering(live)]
    with running(live) as address:
        with asking(address, threads=4) as outcomes:
            for number in range(5):
                built.append(harbour.build(gate=f"{GATE} {number} of them are new.").generation)
                done = len(outcomes)
                deadline = time.monotonic() + 60
                while built[-1] not in outcomes[done:]:
                    assert time.monotonic() < deadline
                    time.sleep(0.01)
                assert cited(address, BARS) == ["gate"]
        assert set(outcomes) <= set(built)
        harbour.build(gate=GATE)
        assert built[0] not in harbour.there()
    live.close()


def test_a_citation_from_before_a_swap_is_shown_with_what_became_of_it(harbour: Harbour) -> None:
    """Its link opens the words that were cited, and the note has the day."""
    live = LiveIndex(SearchIndex(harbour.index), HashEncoder())
    with running(live) as address:
        assert get(f"{address}source", **place("pier", PIER))[1]["note"] is None
        harbour.build(pier=PIER.replace("Friday", "Monday"), gate=GATE)
        day = r"\d{1,2} \w+ \d{4}"
        status, source = get(f"{address}source", **place("pier", PIER))
        assert status == 200
        assert "".join(segment["text"] for segment in source["segments"]) == PIER
        assert re.fullmatch(
            f"This is an earlier version, superseded on {day}; the collection holds a newer one.",
            source["note"],
        )
        assert get(f"{address}source", **place("gate", GATE))[1]["note"] is None
        harbour.build(gate=None)
        status, source = get(f"{address}source", **place("gate", GATE))
        assert status == 200
        assert re.fullmatch(
            f"This article is no longer in the collection: it was removed on {day}.",
            source["note"],
        )
    live.close()


def test_a_source_of_a_damaged_index_is_refused_in_words(
    damaged_index: SearchIndex, caplog: pytest.LogCaptureFixture
) -> None:
    """A link to an altered text gets a sentence and no trace; the log says what is wrong."""
    live = LiveIndex(damaged_index, None)
    with running(live) as address:
        status, body = get(f"{address}source", **place("pier", "The pier opens on Friday."))
    assert (status, body) == (
        503, {"detail": "The index is damaged, so nothing can be quoted from it."},
    )  # fmt: skip
    assert "articles.db holds an altered text" in caplog.text


@pytest.mark.browser
def test_a_page_that_is_opened_after_a_build_shows_the_new_collection(
    browser: Browser, harbour: Harbour
) -> None:
    """The masthead counts what is searched now, and an example is offered once its article is
    there."""
    live = LiveIndex(SearchIndex(harbour.index), HashEncoder())
    with running(live) as address, live.reading() as index:
        context = browser.new_context()
        guard(context, Served(address, index, HashEncoder()))
        page = opened(context, address)
        expect(page.locator("#masthead .collection")).to_have_text("1 article")
        assert page.locator("#examples button").count() == 0
        harbour.build(**{"gwent-pcc-july-2017": "Jeff Cuthbert made a suggestion."})
        page.reload()
        expect(page.locator("#masthead .collection")).to_have_text("2 articles")
        expect(page.locator("#examples button")).to_have_text(
            "What did Jeff Cuthbert suggest for members of the groups?"
        )
        page.locator("#examples button").click()
        expect(page.locator("#thread .answer")).to_contain_text("made a suggestion")
        context.close()
    live.close()


BUILD = """
import sys
from pathlib import Path
from index import build_index
print(build_index(Path(sys.argv[1]), Path(sys.argv[2]), None).generation)
"""


def test_a_served_chat_goes_over_to_what_another_process_builds(harbour: Harbour) -> None:
    """`onrecord serve` as people run it: three builds in processes of their own, requests all
    the while, and each build is found without a restart."""
    build_index(harbour.collection, harbour.index, None)
    server = subprocess.Popen(
        [sys.executable, ROOT / "app.py", "--index", harbour.index, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    try:
        assert server.stderr is not None
        address = server.stderr.readline().split()[5]
        deadline = time.monotonic() + 60
        while True:
            try:
                first = get(f"{address}healthz")[1]["generation"]
                break
            except urllib.error.URLError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        with asking(address, threads=2):
            for number in range(3):
                text = f"{GATE} {number} of them are new."
                (harbour.collection / f"gate-{number}.txt").write_text(text)
                command = [sys.executable, "-c", BUILD, harbour.collection, harbour.index]
                built = subprocess.run(
                    command, cwd=ROOT, capture_output=True, text=True, check=True
                ).stdout.strip()
                deadline = time.monotonic() + 60
                while get(f"{address}healthz")[1]["generation"] != built:
                    assert time.monotonic() < deadline, "the new generation never answered"
                    time.sleep(0.01)
                assert f"gate-{number}" in cited(address, f"Which {number} bars are new?")
        assert first not in harbour.there()
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
        assert "Traceback" not in server.stderr.read()
    finally:
        server.kill()
        server.communicate()
