"""A peer's engine as a contender: the same measures for all of them."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.benchmarks.peers.contract import DEPTH, Asked, Built, Engine, Inputs, Ranked, timed


@dataclass(frozen=True, slots=True)
class Peer:
    """name: of the folder in which its indexes lie."""

    name: str
    engine: Engine

    def build(self, inputs: Inputs) -> Built:
        strings = inputs.passages()
        folder = inputs.place(self.name, "built", empty=True)
        self.engine.warm()
        started = time.perf_counter()
        self.engine.build(folder, strings, None)
        return Built(self.engine.version, len(strings), time.perf_counter() - started)

    def load(self, inputs: Inputs) -> None:
        """Index what questions are asked over, in a process before the one that asks, whose
        memory is measured."""
        folder = inputs.place(self.name, "asked_over", empty=True)
        self.engine.build(folder, *inputs.asked_over())

    def ask(self, inputs: Inputs) -> Asked:
        self.engine.open(inputs.place(self.name, "asked_over"))
        return timed(lambda question: self.engine.search(question, None, DEPTH), inputs.questions())

    def rank(self, inputs: Inputs) -> Ranked:
        rankings = {}
        for name in inputs.settings["sets"]:
            judged = inputs.judged(name)
            folder = inputs.place(self.name, f"set-{name}", empty=True)
            self.engine.build(folder, judged.strings, judged.document_vectors)
            self.engine.open(folder)
            rankings[name] = {
                query: [
                    judged.documents[found.row] for found in self.engine.search(text, vector, DEPTH)
                ]
                for (query, text), vector in zip(
                    judged.queries.items(), judged.query_vectors, strict=True
                )
            }
        return Ranked(rankings)
