"""Calibrate and measure support, every figure on a set that the model was not fitted on.

`ONRECORD_EVAL=DIR python -m tests.benchmarks.calibrating INDEXES [--write]`

INDEXES: a folder where the sets' indexes are kept. --write stores the models in
retrieval/choosing/support.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index import SentenceEncoder
from retrieval.choosing.candidates import candidate_signals
from retrieval.choosing.support import _NAMES_HELD, Signals
from retrieval.ranking.hybrid import rank_hybrid
from tests.benchmarks.judged_sets import SEED, SETS, Asked, JudgedSet, load, queries
from tests.benchmarks.shared import print_table

SUBJECT = ("cosine", "late", "in_context", "length")
ANSWERS = ("cosine", "sentence", "numbers", "names")
# Questions of each set that have an answer, that have none, and that are asked of each other set.
ANSWERABLE, UNANSWERABLE, FOREIGN = 300, 600, 200
# Too alike to tell apart: both are news of the same years.
APART = {"multihop_rag_500", "realtimeqa_evidence_dev"}
# What is shown first decides; the support of an answer is that of the best of its first five.
FIRST = 5
# The stated costs. An answerable question that gets nothing costs as much as five questions on
# something else that get passages "near the subject", which a person sees through at once: at
# most this share of the answerable ones is lost, over all sets together.
MOST_LOST = 0.02
# "Likely answer" is said of this share of SQuAD 2's answerable questions.
LEAST_STRONG = 0.75

Features = NDArray[np.float64]  # shape (passages, signals): those of the first five


def signals(asked: Sequence[Asked], judged: JudgedSet, encoder: SentenceEncoder) -> list[Features]:
    """For each question the signals of the passages that come first, best first."""
    found = []
    for query in queries(list(asked), judged.index, encoder):
        ranked = rank_hybrid(query, judged.index)
        rows = [
            list(asdict(signal).values())
            for signal in candidate_signals(ranked, query, judged.index).values()
        ]
        found.append(np.array(rows[:FIRST], dtype=np.float64).reshape(-1, len(Signals.__slots__)))
    return found


def columns(names: Sequence[str]) -> list[int]:
    return [list(Signals.__slots__).index(name) for name in names]


def fitted(
    yes: Sequence[Features], no: Sequence[Features], names: Sequence[str]
) -> tuple[NDArray[np.float64], float]:
    """Weights and intercept of a model of the first passages; both sides weigh the same."""
    use = columns(names)
    first = np.array([one[0, use] for one in [*yes, *no] if len(one)])
    is_yes = np.array([True for one in yes if len(one)] + [False for one in no if len(one)])
    centre, spread = first.mean(axis=0), first.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)  # CLAP NQ's questions have no capitals
    model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=1000)
    model.fit((first - centre) / scale, is_yes)
    weights = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - weights @ centre)


def best(one: Features, model: tuple[NDArray[np.float64], float], names: Sequence[str]) -> float:
    """The log odds of the best of the first passages."""
    weights, intercept = model
    return float((one[:, columns(names)] @ weights).max() + intercept) if len(one) else -99.0


def main(indexes: Path, *, write: bool) -> None:
    encoder = SentenceEncoder()
    sets = {name: load(name, encoder, indexes) for name in SETS}
    own = {n: signals(one.answerable(ANSWERABLE), one, encoder) for n, one in sets.items()}
    none = {
        name: signals(sets[name].unanswerable(UNANSWERABLE), sets[name], encoder)
        for name in ("squad2_half", "clapnq_dev")
    }
    foreign = {
        (asked, of): signals(sets[asked].questions[:FOREIGN], sets[of], encoder)
        for asked in SETS
        for of in SETS
        if asked != of and {asked, of} != APART
    }
    report: dict[str, Any] = {}
    subject = fitted(
        [one for found in own.values() for one in found],
        [one for found in foreign.values() for one in found],
        SUBJECT,
    )
    report["subject"] = _subject(own, foreign)
    threshold = float(
        np.quantile([best(o, subject, SUBJECT) for f in own.values() for o in f], MOST_LOST)
    )
    answers = fitted(
        [one for name in none for one in own[name]],
        [one for found in none.values() for one in found],
        ANSWERS,
    )
    strong = float(
        np.quantile([best(one, answers, ANSWERS) for one in own["squad2_half"]], 1 - LEAST_STRONG)
    )
    report["answers"] = _answers(own, none)
    _levels(own, none, foreign, (subject, threshold), (answers, strong))
    if write:
        models = {
            "subject": _stored(SUBJECT, subject, threshold),
            "answers": _stored(ANSWERS, answers, strong),
        }
        content = {"models": models, "measured": report}
        path = Path(__file__).parents[2] / "retrieval" / "answers" / "support.json"
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _stored(
    names: Sequence[str], model: tuple[NDArray[np.float64], float], threshold: float
) -> dict[str, Any]:
    return {
        "intercept": round(model[1], 4),
        "weights": {name: round(float(w), 4) for name, w in zip(names, model[0], strict=True)},
        "threshold": round(float(1 / (1 + np.exp(-threshold))), 4),
    }


def _subject(
    own: dict[str, list[Features]], foreign: dict[tuple[str, str], list[Features]]
) -> dict[str, Any]:
    """Each collection by a model that was fitted without it: without its own questions, without
    those that others asked of it, and without those that its own asked of others."""
    models = {
        left_out: fitted(
            [one for name, found in own.items() if name != left_out for one in found],
            [one for pair, found in foreign.items() if left_out not in pair for one in found],
            SUBJECT,
        )
        for left_out in SETS
    }
    mine = {n: [best(o, models[n], SUBJECT) for o in found] for n, found in own.items()}
    others = {
        pair: [best(one, models[pair[1]], SUBJECT) for one in found]
        for pair, found in foreign.items()
    }
    areas = {pair: _auroc(mine[pair[1]], scores) for pair, scores in others.items()}
    worst = min(areas, key=lambda pair: areas[pair])
    kept = np.concatenate(list(mine.values()))
    refused = np.concatenate(list(others.values()))
    curve = [
        (lost, float(np.mean(refused < np.quantile(kept, lost))))
        for lost in (0.005, 0.01, 0.02, 0.03, 0.05, 0.08)
    ]
    print_table(
        f"questions of another collection, {FOREIGN} of each pair, seed {SEED}, left out by set",
        ["answerable lost", "refused"],
        [(f"{lost:.1%}", f"{share:.1%}") for lost, share in curve],
    )
    cut = np.quantile(kept, MOST_LOST)
    print_table(
        "lost of each set at that threshold",
        ["set", "lost", "refused by it"],
        [
            (
                name,
                f"{np.mean(np.array(mine[name]) < cut):.1%}",
                f"{np.mean([s < cut for p, f in others.items() if p[1] == name for s in f]):.1%}",
            )
            for name in SETS
        ],
    )
    macro = float(np.mean(list(areas.values())))
    print(f"AUROC: macro {macro:.4f}, worst {areas[worst]:.4f} ({worst[0]} asked of {worst[1]})")
    return {
        "auroc_macro": round(macro, 4),
        "auroc_worst": round(areas[worst], 4),
        "refused_by_lost": {f"{lost}": round(share, 4) for lost, share in curve},
    }


def _answers(own: dict[str, list[Features]], none: dict[str, list[Features]]) -> dict[str, Any]:
    """Each of the two sets with questions that have no answer, by the other one's model."""
    report = {}
    for name, other in (("squad2_half", "clapnq_dev"), ("clapnq_dev", "squad2_half")):
        model = fitted(own[other], none[other], ANSWERS)
        use = columns(ANSWERS)
        score = [float(one[0, use] @ model[0]) for one in own[name]]
        empty = [float(one[0, use] @ model[0]) for one in none[name]]
        report[name] = round(_auroc(score, empty), 4)
        print(f"AUROC of no answer: {name} {report[name]:.4f} (model of {other})")
    return {"auroc": report}


def _levels(
    own: dict[str, list[Features]],
    none: dict[str, list[Features]],
    foreign: dict[tuple[str, str], list[Features]],
    subject: tuple[tuple[NDArray[np.float64], float], float],
    answers: tuple[tuple[NDArray[np.float64], float], float],
) -> None:
    """How often each level is said, by the models that are stored."""

    def shares(found: Sequence[Features]) -> tuple[str, str]:
        strong = related = 0
        for one in found:
            on = one[:, columns(SUBJECT)] @ subject[0][0] + subject[0][1] >= subject[1]
            like = one[:, columns(ANSWERS)] @ answers[0][0] + answers[0][1] >= answers[1]
            like &= one[:, columns(["names"])[0]] >= _NAMES_HELD
            strong += bool((on & like).any())
            related += bool(on.any())
        return f"{strong / len(found):.1%}", f"{1 - related / len(found):.1%}"

    rows = [(f"{name}, answerable", *shares(found)) for name, found in own.items()]
    rows += [(f"{name}, no answer", *shares(found)) for name, found in none.items()]
    rows.append(("another collection", *shares([o for f in foreign.values() for o in f])))
    print_table("levels", ["questions", "strong", "none"], rows)


def _auroc(yes: Sequence[float], no: Sequence[float]) -> float:
    return float(roc_auc_score([True] * len(yes) + [False] * len(no), [*yes, *no]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("indexes", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    main(given.indexes, write=given.write)
