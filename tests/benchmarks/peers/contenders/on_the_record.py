"""Ours: the build of the application from articles, its answers, and its ranking alone."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from index import SearchIndex, SentenceEncoder, Silent, build_index, build_index_of
from interface.rendering import answer_html
from retrieval import ask
from retrieval.evaluation import evaluate, read_beir
from retrieval.questions.question import read_question
from retrieval.ranking.hybrid import rank_hybrid
from retrieval.ranking.query import query_of
from tests.benchmarks.judged_sets import evaluation_folder
from tests.benchmarks.peers.contract import DEPTH, Asked, Built, Inputs, Ranked, timed

NAME = "on_the_record"


class OnTheRecord:
    @cached_property
    def _encoder(self) -> SentenceEncoder:
        encoder = SentenceEncoder()
        encoder.encode(["warm"])
        return encoder

    def build(self, inputs: Inputs) -> Built:
        folder = inputs.place(NAME, "built", empty=True)
        encoder = self._encoder
        started = time.perf_counter()
        report = build_index(inputs.collection, folder, encoder)
        seconds = time.perf_counter() - started
        precision = encoder.identity.precision
        return Built(f"{version('on-the-record')}, {precision}", report.passages, seconds)

    def ask(self, inputs: Inputs) -> Asked:
        """The ranking alone, with the texts of the best passages: what peers do."""
        index, encoder = self._opened(inputs)

        def texts(asked: str) -> list[str]:
            query = query_of(read_question(asked), index, encoder)
            rows = rank_hybrid(query, index).ranking.rows[:DEPTH]
            return [index.passage(row).text for row in rows]

        return timed(texts, inputs.questions())

    def answer(self, inputs: Inputs) -> Asked:
        """Whole answers, as the page shows them."""
        index, encoder = self._opened(inputs)
        return timed(
            lambda question: answer_html(ask(question, index, encoder)), inputs.questions()
        )

    def rank(self, inputs: Inputs) -> Ranked:
        rankings = {}
        for name in inputs.settings["sets"]:
            judged = read_beir(evaluation_folder() / name)
            chosen = inputs.judged(name).queries
            asked = replace(
                judged,
                questions={query: judged.questions[query] for query in chosen},
                judgements={query: judged.judgements[query] for query in chosen},
            )
            place = inputs.place(NAME, f"set-{name}")
            build_index_of(judged.articles, place, self._encoder)
            found = evaluate(asked, SearchIndex(place), self._encoder, Silent())
            rankings[name] = {
                query: list(documents[:DEPTH])
                for query, documents in found.rankings["hybrid"].items()
            }
        return Ranked(rankings)

    def _opened(self, inputs: Inputs) -> tuple[SearchIndex, SentenceEncoder]:
        index = SearchIndex(Path(inputs.settings["index"]))
        index.open_all()
        index.require_encoder(self._encoder.identity)
        return index, self._encoder


def contender() -> OnTheRecord:
    return OnTheRecord()
