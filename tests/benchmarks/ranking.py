"""What each stage of the ranking adds, and how often the highlights hold the answer.

`ONRECORD_EVAL=DIR python -m tests.benchmarks.ranking INDEXES`

INDEXES: a folder where the sets' indexes are kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from index import Ranking, SearchIndex, SentenceEncoder
from retrieval.evaluation.evaluate import documents, measured
from retrieval.ranking import hybrid as ranking
from retrieval.ranking.hybrid import METHODS, rank
from retrieval.ranking.query import Query
from retrieval.ranking.reading import read_closely
from tests.benchmarks.judged_sets import SETS, JudgedSet, evaluation_folder, load, queries
from tests.benchmarks.shared import print_table

QUESTIONS = 500
_OTHER_WEIGHTS = ("_BEST_SENTENCE", "_EXPECTED", "_TITLE", "_PUBLISHER", "_SENTENCE_WORDS")


@contextmanager
def weightless(*names: str) -> Iterator[None]:
    """The weights of these names at zero."""
    before = {name: getattr(ranking, name) for name in names}
    for name in names:
        setattr(ranking, name, 0.0)
    yield
    for name, weight in before.items():
        setattr(ranking, name, weight)


def hybrid(query: Query, index: SearchIndex, k: int) -> Ranking:
    return rank(query, index, "hybrid", k)


def only_fused(query: Query, index: SearchIndex, k: int) -> Ranking:
    with weightless("_LATE", *_OTHER_WEIGHTS):
        return rank(query, index, "hybrid", k)


def with_late(query: Query, index: SearchIndex, k: int) -> Ranking:
    with weightless(*_OTHER_WEIGHTS):
        return rank(query, index, "hybrid", k)


def without_words(query: Query, index: SearchIndex, k: int) -> Ranking:
    return rank(replace(query, words=None), index, "hybrid", k)


WAYS: dict[str, Callable[[Query, SearchIndex, int], Ranking]] = {
    **{
        method: partial(
            lambda query, index, k, method: rank(query, index, method, k), method=method
        )
        for method in METHODS
        if method != "hybrid"
    },
    "fused": only_fused,
    "fused + late": with_late,
    "hybrid, no word vectors": without_words,
    "hybrid": hybrid,
}


def gains(judged: JudgedSet, encoder: SentenceEncoder) -> dict[str, float]:
    """nDCG@10 of every way, over the answerable questions."""
    asked = judged.answerable(QUESTIONS)
    ready = list(queries(asked, judged.index, encoder))
    of_row = [entry.article_id for entry in judged.index.catalogue.entries() for _ in entry.rows]
    judgements = {one.id: judged.judgements[one.id] for one in asked}
    found = {}
    for way, ranked in WAYS.items():
        rankings = {
            one.id: documents(lambda k, r=ranked, q=query: r(q, judged.index, k), of_row, 10)  # type: ignore[misc]
            for one, query in zip(asked, ready, strict=True)
        }
        found[way] = measured(rankings, judgements)["nDCG@10"]
    return found


def holding(
    judged: JudgedSet, encoder: SentenceEncoder, *, late: bool
) -> tuple[float, float, float]:
    """Right paragraph given: how often the first highlight, and all of them, hold an answer, and
    how many there are on average."""
    selected = _selected_sentences() if judged.name == "clapnq_dev" else {}
    rows_of = {entry.article_id: entry.rows for entry in judged.index.catalogue.entries()}
    asked = judged.answerable(1000)
    first = together = number = counted = 0
    for one, query in zip(asked, queries(asked, judged.index, encoder), strict=True):
        (document,) = one.relevant
        wanted = selected.get(one.id) or [_packed(a) for a in one.metadata["answers"]]
        if not wanted:
            continue
        use = query if late else replace(query, words=None)
        readings = [
            read_closely(judged.index.passage(row), row, use, judged.index.words)
            for row in rows_of[document]
        ]
        best = max(readings, key=lambda reading: reading.match)
        marked = [_packed(span.of(best.passage.article.text)) for span in best.highlights]
        held = [any(words in sentence for words in wanted) for sentence in marked]
        counted += 1
        first += bool(held and held[0])
        together += any(held)
        number += len(marked)
    return first / counted, together / counted, number / counted


def _selected_sentences() -> dict[str, list[str]]:
    selected = {}
    path = evaluation_folder() / "clapnq_dev" / "sentences.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        sentences = [_packed(record["sentences"][number]) for number in record["selected"]]
        selected[record["query-id"]] = sentences
    return selected


def _packed(text: str) -> str:
    """Without white space, which the sets do not keep."""
    return "".join(text.split())


def main(indexes: Path) -> None:
    encoder = SentenceEncoder()
    table: dict[str, list[float]] = {way: [] for way in WAYS}
    marks = []
    for name in SETS:
        judged = load(name, encoder, indexes)
        for way, gain in gains(judged, encoder).items():
            table[way].append(gain)
        if name in ("squad2_half", "clapnq_dev"):
            for late in (True, False):
                shares = holding(judged, encoder, late=late)
                way = "word vectors" if late else "words alone"
                marks.append((name, way, *(f"{share:.3f}" for share in shares)))
    rows = [
        (way, *(f"{gain:.3f}" for gain in found), f"{sum(found) / len(found):.4f}")
        for way, found in table.items()
    ]
    print_table(f"nDCG@10, at most {QUESTIONS} questions", ["", *SETS, "mean"], rows)
    print_table("highlights", ["set", "by", "first", "together", "number"], marks)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
