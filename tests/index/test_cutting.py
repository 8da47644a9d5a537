"""Cutting articles: in this process or in others, with the same outcome, and ahead of encoding."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import Article, Furniture, Metadata, Span
from index import Encoded, Silent
from index.build.parts import cutters
from index.build.parts.ahead import Ahead, encoding_ahead
from index.build.parts.cutters import cut_all
from index.build.parts.cutting import cut
from index.dense import VectorStore, key_of
from tests.hash_encoder import HashEncoder

SENTENCES = (
    "The gate of Thornby opens at nine.",
    "“It was never shut,” said Ann Lee, the warden.",
    "Größe und Maß stehen \u2028 hier; 你好 🌳 and a\u00a0space.",
    "Readers had collected 1,500 signatures by 4 May 2019.",
)


def article(number: int) -> Article:
    text = "\n\n".join(" ".join(SENTENCES[: 1 + (number + part) % 4]) for part in range(number % 5))
    headed = f"Headline {number}\n\n{text}"
    furniture = (Furniture(Span(0, len(f"Headline {number}")), "headline"),)
    return Article(f"a{number}", headed, Metadata(title=f"Title {number}"), furniture)


@pytest.fixture
def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes cut any number of articles."""
    monkeypatch.setattr(cutters, "_WORTH_PROCESSES", 0)


@pytest.mark.usefixtures("in_processes")
def test_processes_cut_as_this_one_does() -> None:
    """Every article comes in its order, cut as `cut` cuts it, also where texts are odd."""
    articles = [article(number) for number in range(50)]

    with cut_all(articles, len(articles)) as cuts:
        found = list(cuts)

    assert [one for one, _ in found] == articles
    assert [made for _, made in found] == [cut(one) for one in articles]


@pytest.mark.usefixtures("in_processes")
def test_articles_are_read_as_they_are_asked_for() -> None:
    """Of many articles only a few are held at a time."""
    read: list[int] = []

    def articles() -> Iterator[Article]:
        for number in range(1000):
            read.append(number)
            yield article(number)

    with cut_all(articles(), 1000) as cuts:
        first, _ = next(cuts)
        assert first.article_id == "a0"
        assert len(read) <= 8 * 8 * 3 + 1


@pytest.fixture
def started(in_processes: None, monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started so far."""
    processes: list[subprocess.Popen[bytes]] = []
    start = cutters._started

    def listening() -> subprocess.Popen[bytes]:
        processes.append(start())
        return processes[-1]

    monkeypatch.setattr(cutters, "_started", listening)
    return processes


def test_a_process_that_is_killed_is_an_error(started: list[subprocess.Popen[bytes]]) -> None:
    """It is told, and not waited for."""

    def kill_while_cutting() -> None:
        with cut_all(map(article, range(1000)), 1000) as cuts:
            next(cuts)
            for process in started:
                os.kill(process.pid, signal.SIGKILL)
            list(cuts)

    with pytest.raises(ChildProcessError, match="a process that cuts articles ended"):
        kill_while_cutting()


def test_no_process_is_left(started: list[subprocess.Popen[bytes]]) -> None:
    """Whether all articles were cut, or the build failed between two of them."""

    def fail_while_cutting() -> None:
        with cut_all(map(article, range(100)), 100) as cuts:
            next(cuts)
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        fail_while_cutting()

    assert started
    assert all(process.poll() is not None for process in started)


@pytest.fixture
def store(tmp_path: Path) -> VectorStore:
    """A store that holds nothing."""
    return VectorStore(tmp_path / "vectors")


def until(is_so: Callable[[], bool]) -> None:
    """Wait for it, a minute at most."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def four_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as it takes to encode while articles are cut."""
    monkeypatch.setattr("index.build.parts.ahead.processors", lambda: 4)


STRINGS = [f"The gate number {number} is open." for number in range(300)]


def test_what_is_offered_is_encoded_once_and_kept(store: VectorStore) -> None:
    """At the end of the block the store holds strings that were offered, each once, with the
    vectors that the encoder gives them."""
    encoder = HashEncoder()

    with encoding_ahead(encoder, store) as ahead:
        for string in STRINGS + STRINGS:
            ahead.offer(string)
        until(lambda: ahead.encoded > 0)

    kept = store.load([key_of(string) for string in STRINGS])
    assert 0 < len(STRINGS) - len(kept.missing) == ahead.encoded
    assert sorted(encoder.encoded) == sorted(set(encoder.encoded))
    there = [at for at in range(len(STRINGS)) if at not in kept.missing]
    assert kept.vectors is not None
    expected = HashEncoder().encode([STRINGS[at] for at in there])
    assert (kept.vectors[there] == expected).all()


def test_what_the_encoder_raises_is_raised(store: VectorStore) -> None:
    """In the thread of the build, where it is told."""

    class Broken(HashEncoder):
        def encode_words(self, *_arguments: object) -> Encoded:
            raise RuntimeError("no memory")

    def offer_all() -> None:
        with encoding_ahead(Broken(), store) as ahead:
            for string in STRINGS:
                ahead.offer(string)
            until(lambda: not ahead._thread.is_alive())

    with pytest.raises(RuntimeError, match="no memory"):
        offer_all()


def test_a_build_that_fails_gives_the_strings_up(store: VectorStore) -> None:
    """What it failed with is raised, and the thread has ended."""
    kept: list[Ahead] = []

    def fail_meanwhile() -> None:
        with encoding_ahead(HashEncoder(), store) as ahead:
            kept.append(ahead)
            ahead.offer("The gate is open.")
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        fail_meanwhile()

    assert not kept[0]._thread.is_alive()
    assert store.basis(HashEncoder(), Silent()) is not None


def test_with_few_processors_the_encoder_is_only_loaded(
    store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have enough to do with cutting; no string of an article is encoded meanwhile."""
    monkeypatch.setattr("index.build.parts.ahead.processors", lambda: 2)
    encoder = HashEncoder()

    with encoding_ahead(encoder, store) as ahead:
        for string in STRINGS:
            ahead.offer(string)
        until(lambda: not ahead._thread.is_alive())

    assert (ahead.encoded, encoder.encoded) == (0, ["warm up"])
    assert store.is_empty()
