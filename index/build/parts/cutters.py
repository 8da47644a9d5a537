"""Cutting many articles in processes of their own, one for each processor.

A process reads requests from its stdin and answers on its stdout, each a line of JSON with several
articles. What an article is cut into does not depend on who cuts it.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import Any

from corpus import Article, Furniture, Span, start_module
from index.build.parts.cutting import Cut, cut
from index.copies import Fingerprint

# Articles that are worth the second that processes take to start: cutting as many takes two.
_WORTH_PROCESSES = 200
_MOST_PROCESSES = 8
# Articles in one request, so that no process waits for another line.
_OF_A_REQUEST = 8
# Requests for each process that are sent or answered ahead of what is asked for.
_AHEAD = 3

_Cutting = Iterator[tuple[Article, Cut]]


@contextmanager
def cut_all(articles: Iterable[Article], count: int) -> Iterator[_Cutting]:
    """Gives the articles with what they are cut into, in their order, as far as they are asked for.

    count: about how many there are. Raises ChildProcessError where a process ended unasked.
    """
    if count < _WORTH_PROCESSES:
        yield ((article, cut(article)) for article in articles)
        return
    processes = [_started() for _ in range(min(processors(), _MOST_PROCESSES))]
    with ExitStack() as ending:
        for process in processes:
            ending.callback(process.communicate)  # closes its pipes and waits for its end
        threads = ending.enter_context(ThreadPoolExecutor(len(processes)))
        for process in processes:
            ending.callback(process.kill)  # first, so that no thread waits for an answer
        yield _cut_by(processes, threads, articles)


def _cut_by(
    processes: list[subprocess.Popen[bytes]],
    threads: ThreadPoolExecutor,
    articles: Iterable[Article],
) -> _Cutting:
    idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
    for process in processes:
        idle.put(process)

    def answered(some: list[Article]) -> list[Cut]:
        process = idle.get()
        try:
            return _asked(process, some)
        finally:
            idle.put(process)

    coming = iter(articles)
    under_way: deque[tuple[list[Article], Future[list[Cut]]]] = deque()
    while True:
        while len(under_way) < _AHEAD * len(processes):
            some = list(islice(coming, _OF_A_REQUEST))
            if not some:
                break
            under_way.append((some, threads.submit(answered, some)))
        if not under_way:
            return
        some, answer = under_way.popleft()
        yield from zip(some, answer.result(), strict=True)


def _asked(process: subprocess.Popen[bytes], articles: list[Article]) -> list[Cut]:
    assert process.stdin is not None
    assert process.stdout is not None
    request = [
        [article.text, [[item.span.start, item.span.end, item.kind] for item in article.furniture]]
        for article in articles
    ]
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        answer = process.stdout.readline()
    except OSError as error:
        raise ChildProcessError("a process that cuts articles ended") from error
    if not answer.endswith(b"\n"):
        raise ChildProcessError("a process that cuts articles ended")
    made = zip(articles, json.loads(answer), strict=True)
    return [_from_json(article.sha256, fields) for article, fields in made]


def answer_requests() -> None:
    """What a process does: until its stdin ends."""
    # Ctrl-C is for whoever started it, and ends this one too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin.buffer:
        made = []
        for text, furniture in json.loads(line):
            items = tuple(Furniture(Span(start, end), kind) for start, end, kind in furniture)
            made.append(_to_json(cut(Article("", text, furniture=items))))
        sys.stdout.buffer.write(json.dumps(made).encode() + b"\n")
        sys.stdout.buffer.flush()


def _to_json(made: Cut) -> list[Any]:
    print_of = made.fingerprint
    return [
        [[(span.start, span.end) for span in sentences] for sentences in made.sentences],
        made.terms,
        made.quotations,
        [
            base64.b64encode(part).decode()
            for part in (print_of.sentences, print_of.digests, print_of.signature)
        ],
    ]


def _from_json(sha256: str, fields: list[Any]) -> Cut:
    sentences, terms, quotations, fingerprint = fields
    return Cut(
        sentences=tuple(tuple(Span(*pair) for pair in spans) for spans in sentences),
        terms=tuple(terms),
        quotations=quotations,
        fingerprint=Fingerprint(sha256, *map(base64.b64decode, fingerprint)),
    )


def _started() -> subprocess.Popen[bytes]:
    return start_module("index.build.parts", stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
