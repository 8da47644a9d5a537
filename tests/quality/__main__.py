"""`python -m tests.quality [--write [--lower]]`: the measures, and what became of each question.

--write stores the measured values as floors, with the hash of the data. Where that would lower
one, it is refused unless --lower is given.
"""

from __future__ import annotations

import argparse
import sys

from retrieval import Answer
from tests.quality.floors import FLOORS, LoweringRefused, raised, read_floors, write_floors
from tests.quality.measures import BALANCE, FIDELITY, float32_encoder, means, measured
from tests.quality.questions import Answerable, Unanswerable, data_hash, read_pairs, read_questions


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--write", action="store_true", help="store the measured values as floors")
    parser.add_argument("--lower", action="store_true", help="even where that lowers a floor")
    options = parser.parse_args()
    if options.lower and not options.write:
        parser.error("--lower means something only with --write")

    data = data_hash()
    asked = read_questions()
    encoder = float32_encoder()
    answers, scores = measured(asked, read_pairs(), encoder)
    values = means(scores)
    for each, answer in zip(asked, answers, strict=True):
        found = {name: of[each.question] for name, of in scores.items() if each.question in of}
        print(_outcome(each, answer, found))
    stored = read_floors() if FLOORS.exists() else None
    for pair, score in scores[BALANCE].items():
        print(f"{'ok' if score == 1 else f'{score:.2f}':5}{pair}")
    print(f"\nencoder {encoder.identity.name}, {encoder.identity.precision}; data {data[:12]}")
    for measure, value in values.items():
        floor = (
            stored.floor(measure)
            if stored and (measure == FIDELITY or measure in stored.floors)
            else None
        )
        beside = "none yet" if floor is None else f"{floor:.3f}"
        print(f"{measure:32}{value:.4f}  floor {beside}, {len(scores[measure])} questions")
    if options.write:
        try:
            write_floors(raised(stored, values, data, may_lower=options.lower))
        except LoweringRefused as refused:
            sys.exit(f"{refused} Nothing was written.")
        print(f"Written to {FLOORS}.")


def _outcome(asked: Answerable | Unanswerable, answer: Answer, found: dict[str, float]) -> str:
    """The question with its failing measures and, for these, what was cited."""
    failing = [f"{name} {score:.2f}" for name, score in found.items() if score < 1]
    lines = [f"{'FAIL' if failing else 'ok':5}{answer.support:8} {asked.question}"]
    if failing:
        lines.append(f"       {'; '.join(failing)}")
        lines += [f"       {line}" for line in _cited(asked, answer)]
    return "\n".join(lines)


def _cited(asked: Answerable | Unanswerable, answer: Answer) -> list[str]:
    """The first three citations with their first highlight, and what was expected."""
    lines = []
    for citation in answer.citations[:3]:
        text = citation.article.text
        marked = citation.highlights[0].of(text) if citation.highlights else "(no highlight)"
        lines.append(
            f"{citation.number}. {citation.article.article_id} [{citation.support}] {marked}"
        )
    if isinstance(asked, Answerable):
        lines.append(f"expected: {dict(asked.relevant)} {list(asked.answers)}")
    return lines


if __name__ == "__main__":
    main()
