"""Levels of support."""

from __future__ import annotations

from dataclasses import fields, replace
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Metadata, Passage, Span
from index import terms
from retrieval.choosing import support
from retrieval.choosing.support import (
    Model,
    Signals,
    answer_support,
    is_on_subject,
    models,
    passage_support,
    signals_of,
)
from retrieval.questions.question import question_of
from retrieval.ranking.query import Query
from retrieval.ranking.reading import Reading

NAMES = [field.name for field in fields(Signals)]
MIDDLING = Signals(
    cosine=0.5, late=0.5, in_context=0.5, length=1.5, sentence=0.5, numbers=1.0, names=1.0
)
SIGNALS = st.builds(
    Signals,
    cosine=st.floats(-1, 1),
    late=st.floats(-1, 1),
    in_context=st.floats(0, 1),
    length=st.floats(0, 6),
    sentence=st.floats(-1, 1),
    numbers=st.floats(0, 1),
    names=st.floats(0, 1),
)


@pytest.fixture
def by_cosine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A subject from a cosine of .2 on, an answer from .8 on."""

    def model(at: float) -> Model:
        return Model(intercept=-10 * at, weights={"cosine": 10.0}, threshold=0.5)

    monkeypatch.setattr(support, "models", lambda: {"subject": model(0.2), "answers": model(0.8)})


def test_a_probability_is_that_of_a_logistic_regression() -> None:
    """1 / (1 + exp(-(intercept + weights · signals)))."""
    model = Model(-1.0, {"cosine": 2.0, "names": 3.0}, 0.5)
    assert model.probability(MIDDLING) == pytest.approx(1 / (1 + np.exp(-3)))
    assert model.probability(replace(MIDDLING, cosine=0.5, names=0.0)) == pytest.approx(0.5)


@pytest.mark.parametrize(("threshold", "yes"), [(0.49, True), (0.5, True), (0.51, False)])
def test_a_model_says_yes_from_its_threshold_on(threshold: float, yes: bool) -> None:
    """The threshold itself is enough."""
    assert Model(0.0, {}, threshold).says_yes(MIDDLING) is yes


@given(SIGNALS, st.sampled_from(NAMES), st.floats(0, 5), st.floats(0, 20), st.floats(-20, 20))
def test_more_of_a_signal_that_counts_is_never_less_probable(
    signals: Signals, name: str, more: float, weight: float, intercept: float
) -> None:
    """A probability does not fall when a signal of positive weight rises."""
    model = Model(intercept, {name: weight}, 0.5)
    raised = replace(signals, **{name: getattr(signals, name) + more})
    assert 0 <= model.probability(signals) <= model.probability(raised) <= 1


def level_of(signals: Signals | None, coverage: float) -> str:
    """The level of a passage that stands alone."""
    on_subject = signals is not None and is_on_subject([signals])
    return passage_support(signals, coverage, on_subject=on_subject)


@pytest.mark.usefixtures("by_cosine")
@pytest.mark.parametrize(
    ("cosine", "level"),
    [(-1.0, "none"), (0.19, "none"), (0.21, "related"), (0.79, "related"), (0.81, "strong")],
)
def test_levels_by_the_two_models(cosine: float, level: str) -> None:
    """Off the subject is none, on it related, and strong what probably answers."""
    assert level_of(replace(MIDDLING, cosine=cosine), 0.0) == level


@pytest.mark.parametrize("coverage", [0.0, 1.0])
def test_without_the_subject_there_is_no_support(
    monkeypatch: pytest.MonkeyPatch, coverage: float
) -> None:
    """Not even where it looks like an answer, and whatever words it holds."""
    refuses, agrees = Model(0.0, {}, 0.9), Model(0.0, {}, 0.1)
    monkeypatch.setattr(support, "models", lambda: {"subject": refuses, "answers": agrees})
    assert level_of(MIDDLING, coverage) == "none"


@pytest.mark.parametrize(("probability", "level"), [(0.01, "none"), (0.03, "related")])
def test_beside_a_passage_on_the_subject_a_weaker_one_is_shown(
    monkeypatch: pytest.MonkeyPatch, probability: float, level: str
) -> None:
    """A refusal is of the question: what is not quite elsewhere is near the subject then."""
    weak = Model(log(probability / (1 - probability)), {}, 0.3)
    monkeypatch.setattr(support, "models", lambda: {"subject": weak, "answers": weak})
    assert passage_support(MIDDLING, 0.0, on_subject=True) == level
    assert passage_support(MIDDLING, 0.0, on_subject=False) == "none"


@pytest.mark.usefixtures("by_cosine")
@pytest.mark.parametrize(("place", "is_on"), [(0, True), (4, True), (5, False)])
def test_the_first_five_passages_decide_on_the_subject(place: int, is_on: bool) -> None:
    """As they do where the threshold was measured."""
    passages = [replace(MIDDLING, cosine=-1.0)] * 8
    passages[place] = replace(MIDDLING, cosine=1.0)
    assert is_on_subject(passages) is is_on


@pytest.mark.usefixtures("by_cosine")
@pytest.mark.parametrize(
    ("names", "level"),
    [(0.0, "related"), (0.74, "related"), (0.75, "strong"), (1.0, "strong")],
)
def test_a_likely_answer_holds_the_names_of_the_question(names: float, level: str) -> None:
    """Three quarters of them at least, however near it is: it may speak of somebody else."""
    assert level_of(replace(MIDDLING, cosine=1.0, names=names), 1.0) == level


@pytest.mark.parametrize(
    ("coverage", "level"),
    [(0.0, "none"), (0.3999, "none"), (0.40, "related"), (0.7, "related"), (1.0, "related")],
)
def test_levels_by_words_alone(coverage: float, level: str) -> None:
    """Without vectors a passage with two fifths of the question's information is related, and
    even one with all of it is no likely answer."""
    assert level_of(None, coverage) == level


def test_the_stored_models_can_be_used() -> None:
    """Both are there, of signals that there are, with thresholds that decide something."""
    assert set(models()) == {"subject", "answers"}
    for model in models().values():
        assert set(model.weights) <= set(NAMES)
        assert 0 < model.threshold < 1
    nothing = Signals(
        cosine=0.0, late=0.0, in_context=0.0, length=1.5, sentence=0.0, numbers=0.0, names=0.0
    )
    everything = Signals(
        cosine=1.0, late=1.0, in_context=1.0, length=1.5, sentence=1.0, numbers=1.0, names=1.0
    )
    assert (level_of(nothing, 1.0), level_of(everything, 0.0)) == ("none", "strong")


def reading(text: str, title: str) -> Reading:
    passage = Passage(Article("a", text, Metadata(title=title)), (Span(0, len(text)),))
    return Reading(
        passage, frozenset(terms(text)), frozenset(terms(title)), 0.625, (0.625,), 0.5, True, ()
    )


@pytest.mark.parametrize(
    ("question", "numbers", "names"),
    [
        ("Did Quill close the library?", 1.0, 1.0),
        ("Did Quill and Renn close the library?", 1.0, 0.5),
        ("Did Wexcombe close 3 of 4 libraries?", 0.5, 1.0),
        ("Zeppelins close the library", 1.0, 1.0),
        ("does nobody close 7?", 0.0, 1.0),
    ],
    ids=["a name", "one of two", "a number of two, a name in the title",
         "the first word is no name", "a number that is not there"],
)  # fmt: skip
def test_names_and_numbers_are_those_of_the_question(
    question: str, numbers: float, names: float
) -> None:
    """The share of them that stands in the passage or its title; all where there are none."""
    asked = question_of(question)
    query = Query(asked, dict.fromkeys(asked.terms, 1.0), None, None)
    signals = signals_of(reading("Hester Quill closes 3 libraries.", "Wexcombe"), query, 0.4, 0.3)
    assert (signals.numbers, signals.names) == (numbers, names)


def test_the_other_signals_are_those_of_the_reading() -> None:
    """Nearness as given, the match of the best sentence, information, and the log of length."""
    asked = question_of("Did Wexcombe close the zeppelin?")
    query = Query(asked, {"wexcomb": 2.0, "close": 1.0, "zeppelin": 5.0}, None, None)
    signals = signals_of(reading("Libraries close.", "Wexcombe"), query, 0.4, 0.3)
    assert (signals.cosine, signals.late, signals.sentence) == (0.4, 0.3, 0.625)
    assert signals.in_context == pytest.approx(3 / 8)
    assert signals.length == pytest.approx(np.log(4))


@pytest.mark.parametrize(
    ("citations", "level"),
    [
        ([], "none"),
        (["related"], "related"),
        (["strong"], "strong"),
        (["related", "strong", "related"], "strong"),
        (["related", "related"], "related"),
    ],
    ids=["no citation", "one related", "one strong", "mixed", "all related"],
)
def test_an_answer_is_as_good_as_its_best_citation(citations: list[str], level: str) -> None:
    """One strong citation makes a strong answer, wherever it stands."""
    assert answer_support(citations) == level
