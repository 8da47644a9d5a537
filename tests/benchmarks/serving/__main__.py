"""Runs the load and prints its tables; see the package."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus import Article
from tests.benchmarks.serving.asking import Asked, ask_until, ask_without_pause
from tests.benchmarks.serving.collecting import write_articles
from tests.benchmarks.serving.publishing import Published, publish, publish_edits
from tests.benchmarks.serving.server import Sample, Server, middle, serving
from tests.benchmarks.serving.verifying import faults_of, generation_of, steps_back
from tests.benchmarks.shared import milliseconds, print_table, questions

CLIENTS = (1, 10, 50)
BUILDS = 3  # at each number of clients
EDITED = 3  # articles before each build
WARMING = 100  # questions, which are not asked again


@dataclass(frozen=True, slots=True)
class Level:
    """What came of so many clients. samples: of the server, one a second."""

    clients: int
    asked: list[Asked]
    published: list[Published]
    samples: list[Sample]

    @property
    def answered(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.status == 200]


def main(folder: Path, seconds: float) -> None:
    collection, index = folder / "collection", folder / "index"
    write_articles(collection)
    published = [publish(collection, index)]
    print(f"{len(published[0].articles)} articles, built in {_length(published[0]):.0f} s")
    all_questions = questions(1_000_000)
    warming, asked_later = all_questions[:WARMING], all_questions[WARMING:]
    levels = []
    with serving(index, folder / "server.log") as server:
        before = server.sample()
        cited = _warm_up(server, warming, published[0].articles)
        warm = server.sample()
        for number, clients in enumerate(CLIENTS):
            first = number * BUILDS
            edits = [cited[at * EDITED : (at + 1) * EDITED] for at in range(first, first + BUILDS)]
            level = _run(server, folder, asked_later, clients, edits, first, seconds)
            published += level.published
            levels.append(level)
        time.sleep(5)  # in which the last requests and generations are let go
        after = server.sample()
    _print_requests(levels, published)
    _print_memory(before, warm, levels, after)
    print(f"The log of the server:\n{server.log.read_text(encoding='utf-8')}")


def _warm_up(server: Server, warming: Sequence[str], articles: dict[str, Article]) -> list[str]:
    """Ids of the articles of the news sample, those that answers cite most often first: an edit of
    these changes what is asked for."""
    left = iter(warming)
    asked = ask_without_pause(server.address, warming, 1, lambda: next(left, None) is None)
    counts = Counter(
        citation["article"]["article_id"]
        for each in asked
        for citation in json.loads(each.body)["citations"]
    )
    ids = (article_id for article_id, _ in counts.most_common())
    return [article_id for article_id in ids if articles[article_id].file.endswith(".json")]


def _run(
    server: Server,
    folder: Path,
    asked_later: Sequence[str],
    clients: int,
    edits: Sequence[Sequence[str]],
    first: int,
    seconds: float,
) -> Level:
    """At least so many seconds, and until the last build has been answered from for a while."""
    over = folder / "over"
    over.unlink(missing_ok=True)
    pause = seconds / (BUILDS + 1)
    most = seconds + 600
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        asking = pool.submit(ask_until, over, server.address, asked_later, clients, most)
        publishing = pool.submit(
            publish_edits, folder / "collection", folder / "index", edits, first, pause
        )
        try:
            samples = _sampled(server, publishing, seconds, pause)
        finally:
            over.touch()
        return Level(clients, asking.result(), publishing.result(), samples)


def _sampled(
    server: Server, publishing: Future[list[Published]], seconds: float, pause: float
) -> list[Sample]:
    samples = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        samples.append(server.sample())
        time.sleep(1)
        if not publishing.done():
            end = max(end, time.monotonic() + min(pause, 5))
    return samples


def _print_requests(levels: Sequence[Level], published: Sequence[Published]) -> None:
    known = {each.generation: each.articles for each in published}
    names = [each.generation for each in published]
    rows, told = [], []
    for level in levels:
        faults = [(asked, faults_of(asked, known)) for asked in level.answered]
        wrong = [(asked, found) for asked, found in faults if found]
        right = [asked for asked, found in faults if not found]
        failed = [asked for asked in level.asked if asked.status != 200]
        length = level.asked[-1].ended - level.asked[0].began
        rows.append(
            (
                f"{level.clients}",
                f"{len(level.asked):,}",
                f"{len(failed)}",
                f"{len(wrong)}",
                f"{_citations(level.answered):,}",
                *milliseconds([asked.ended - asked.began for asked in level.answered]),
                f"{len(level.asked) / length:.1f}",
            )
        )
        told += [f"failed: {asked.status} {asked.body[:200]!r}" for asked in failed[:5]]
        told += [f"wrong: {found[0]}; asked: {asked.question}" for asked, found in wrong[:5]]
        answering = Counter(names.index(generation_of(asked)) for asked in right)
        told.append(
            f"{level.clients} clients: answers by generation "
            f"{dict(sorted(answering.items()))}, back to an older one "
            f"{steps_back(right, names)}; builds took "
            f"{', '.join(f'{_length(each):.0f} s' for each in level.published)}; the last answer "
            f"of the one before came {', '.join(_late(right, names, level.published))} after"
        )
    print_table(
        f"{len(published) - 1} builds published while asking",
        ["clients", "requests", "failed", "wrong", "citations", "p50 ms", "p95", "max", "a second"],
        rows,
    )
    print("\n".join(told))


def _late(
    answered: Sequence[Asked], names: Sequence[str], published: Sequence[Published]
) -> list[str]:
    """For each build, how many seconds after its end the last answer of the generation before it
    was begun."""
    late = []
    for each in published:
        before = names[names.index(each.generation) - 1]
        begun = [asked.began for asked in answered if generation_of(asked) == before]
        late.append(f"{max(begun, default=each.ended) - each.ended:+.1f} s")
    return late


def _citations(answered: Sequence[Asked]) -> int:
    return sum(len(json.loads(asked.body)["citations"]) for asked in answered)


def _print_memory(before: Sample, warm: Sample, levels: Sequence[Level], after: Sample) -> None:
    rows = [_row("ready", before), _row("warm", warm)]
    for level in levels:
        third = max(1, len(level.samples) // 3)
        largest = max(level.samples, key=lambda sample: sample.own)
        rows += [
            _row(f"{level.clients} clients, first third", middle(level.samples[:third])),
            _row(f"{level.clients} clients, last third", middle(level.samples[-third:])),
            _row(f"{level.clients} clients, largest", largest),
        ]
    rows.append(_row("5 s after", after))
    print_table("The server", ["", "resident MB", "own MB", "open files", "threads"], rows)


def _row(name: str, sample: Sample) -> tuple[str, ...]:
    return (
        name,
        f"{sample.resident:.0f}",
        f"{sample.own:.0f}",
        f"{sample.files:.0f}",
        f"{sample.threads:.0f}",
    )


def _length(build: Published) -> float:
    return build.ended - build.began


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.serving")
    parser.add_argument("folder", type=Path, help="where the collection and the index are put")
    parser.add_argument("--seconds", type=float, default=60, help="at each number of clients")
    arguments = parser.parse_args()
    # As with Ctrl-C, so that the server is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    main(arguments.folder, arguments.seconds)
