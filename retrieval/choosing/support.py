"""How well a passage supports an answer to the question: strong, related or none.

Two logistic models over a few signals. One tells passages on the subject of a question from those
of another collection; the other tells passages that answer from those that only look as if they
did. They say whether the words are likely to answer, never whether they are right. Coefficients,
thresholds and their measurement stand in support.json, which
`python -m tests.benchmarks.calibrating --write` makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from math import exp, log
from typing import Literal

from index import Token
from retrieval.ranking.query import Query
from retrieval.ranking.reading import Reading

# strong: worded on the page as "likely answer". related: near the subject. none: neither.
Support = Literal["strong", "related", "none"]

# Without vectors, by the share of the question's information alone, "strong" is never said. At
# this value 90% of the questions from another collection get "none", and 6%, 3%, 11% and 6% of
# the answerable ones of TREC QA, SQuAD 2, CLAP NQ and Cranfield.
_RELATED_BY_WORDS = 0.40
# A passage that lacks more of the question's names than this allows is never said to answer,
# however near it is: what it says, it says of somebody else. It costs SQuAD 2 2.0% of its
# answerable questions and 1.6% of those without an answer, TREC QA 2.4%, and takes one of five
# false "strong" off the questions near the starter collection's subject.
_NAMES_HELD = 0.75
# Passages that decide whether a question is on the subject, as in the measurement.
_LEADING = 5
# Beside a passage that is on the subject, others are shown from this probability: passages on
# something else have one of 0.0001, and the answer itself may have .04.
_BESIDE = 0.02


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a passage.

    cosine: of its vector with the question's.
    late: the late interaction of its words and its title's with the question's.
    in_context: the share of the question's information in it and in its title, 0 to 1.
    length: the logarithm of 1 + the number of the question's terms: a match of a long question
        is harder to come by.
    sentence: the late interaction of its best sentence.
    numbers, names: the share of the question's numbers, and of its words with a capital, that
        stand in it or its title; 1 where the question has none.
    """

    cosine: float
    late: float
    in_context: float
    length: float
    sentence: float
    numbers: float
    names: float


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression. threshold: the probability from which the answer is yes."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, signals: Signals) -> float:
        total = sum(weight * getattr(signals, name) for name, weight in self.weights.items())
        return 1 / (1 + exp(-(self.intercept + total)))

    def says_yes(self, signals: Signals) -> bool:
        return self.probability(signals) >= self.threshold


@cache
def models() -> dict[str, Model]:
    """`subject` and `answers`, as calibrated."""
    stored = json.loads(
        files("retrieval.choosing").joinpath("support.json").read_text(encoding="utf-8")
    )
    return {
        name: Model(model["intercept"], model["weights"], model["threshold"])
        for name, model in stored["models"].items()
    }


def signals_of(reading: Reading, query: Query, cosine: float, late: float) -> Signals:
    """The signals of a passage that was read. cosine, late: see Signals."""
    text, context = query.question.text, reading.terms_in_context
    numbers = [token for token in query.question.tokens if token.span.of(text)[0].isdigit()]
    names = [
        token
        for token in query.question.tokens
        if token.span.start and token.span.of(text)[0].isupper()
    ]
    return Signals(
        cosine=cosine,
        late=late,
        in_context=query.coverage(context),
        length=log(1 + len(query.idf)),
        sentence=reading.match,
        numbers=_held(numbers, context),
        names=_held(names, context),
    )


def is_on_subject(leading: Iterable[Signals]) -> bool:
    """Whether a question is about what the collection holds: whether one of its leading passages
    is on its subject. A refusal is of the question, never of a single passage."""
    return any(models()["subject"].says_yes(signals) for signals in islice(leading, _LEADING))


def passage_support(signals: Signals | None, coverage: float, *, on_subject: bool) -> Support:
    """The level of support of one passage.

    signals: None where there are no vectors of words.
    coverage: share of the question's information that the passage holds, 0 to 1.
    on_subject: whether the question is; without vectors of words it does not matter.
    """
    if signals is None:
        return "related" if coverage >= _RELATED_BY_WORDS else "none"
    if not on_subject or models()["subject"].probability(signals) < _BESIDE:
        return "none"
    answers = signals.names >= _NAMES_HELD and models()["answers"].says_yes(signals)
    return "strong" if answers else "related"


def answer_support(citations: Iterable[Support]) -> Support:
    """The level of an answer: that of its best citation."""
    levels = set(citations)
    return "strong" if "strong" in levels else "related" if "related" in levels else "none"


def _held(tokens: list[Token], context: frozenset[str]) -> float:
    return sum(token.term in context for token in tokens) / len(tokens) if tokens else 1.0
