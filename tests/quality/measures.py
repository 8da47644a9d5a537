"""What is measured of the answers: for each measure a score of each question, from 0 to 1."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean

from index import Encoder, SearchIndex, SentenceEncoder, build_index
from retrieval import Answer, Citation, answer_as_json, ask
from tests.quality.questions import BRIEFS, Answerable, Pair, Unanswerable, read_briefs

# As many citations are asked for as nDCG@10 looks at.
LIMIT = 10
FIDELITY = "citation fidelity"
# Those that have a floor in floors.json.
MEASURES = (
    "nDCG@10",
    "first citation answers",
    "one of three citations answers",
    "answer highlighted",
    "answered as strong",
    "other subjects refused",
    "near subjects not strong",
    "same citations from both sides",
)
BALANCE = MEASURES[-1]

# Measure to question to score. A question counts only for the measures that it has a score in.
Scores = Mapping[str, Mapping[str, float]]


def float32_encoder() -> SentenceEncoder:
    """The real encoder, in the arithmetic that every processor has.

    Floors are exact, so they must not depend on the processor: where it computes in bfloat16,
    two passages of one question change places, and nDCG@10 is .928 for .923.
    """
    encoder = SentenceEncoder()
    encoder.identity = replace(encoder.identity, precision="float32")
    return encoder


def answers_to(questions: Sequence[str], encoder: Encoder) -> list[Answer]:
    """The answers from a new index of the starter collection, in the order of the questions."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        build_index(BRIEFS, folder, encoder)
        index = SearchIndex(folder)
        try:
            return [ask(question, index, encoder, limit=LIMIT) for question in questions]
        finally:
            index.close()


def measured(
    asked: Sequence[Answerable | Unanswerable], pairs: Sequence[Pair], encoder: Encoder
) -> tuple[list[Answer], Scores]:
    """The answers to `asked`, in this order, and the scores of these and of the pairs."""
    questions = [each.question for each in asked]
    questions += [question for pair in pairs for question in (pair.in_favour, pair.against)]
    answers = answers_to(questions, encoder)
    scores = dict(scores_of(asked, answers[: len(asked)], read_briefs()))
    of_pairs = answers[len(asked) :]
    scores[BALANCE] = {
        f"{pair.in_favour} | {pair.against}": jaccard(in_favour, against)
        for pair, in_favour, against in zip(pairs, of_pairs[::2], of_pairs[1::2], strict=True)
    }
    return answers[: len(asked)], scores


def jaccard(first: Answer, second: Answer) -> float:
    """The share of the passages that one of two answers cites which both cite; 0 where neither
    cites any, since two refusals are no balance."""
    one, other = (
        {(citation.article.article_id, citation.passage.span) for citation in answer.citations}
        for answer in (first, second)
    )
    return len(one & other) / max(len(one | other), 1)


def scores_of(
    asked: Sequence[Answerable | Unanswerable],
    answers: Sequence[Answer],
    briefs: Mapping[str, str],
) -> Scores:
    """briefs: article id to text, which citations must be slices of."""
    scores: dict[str, dict[str, float]] = {
        measure: {} for measure in (*MEASURES, FIDELITY) if measure != BALANCE
    }
    for each, answer in zip(asked, answers, strict=True):
        if isinstance(each, Answerable):
            found = _answerable_scores(each, answer)
        elif each.is_near:
            found = {"near subjects not strong": float(answer.support != "strong")}
        else:
            found = {"other subjects refused": float(answer.support == "none")}
        if answer.citations:
            found[FIDELITY] = float(is_faithful(answer, briefs))
        for measure, score in found.items():
            scores[measure][each.question] = score
    return scores


def means(scores: Scores) -> dict[str, float]:
    """Measure to the mean over its questions."""
    return {measure: mean(of.values()) for measure, of in scores.items()}


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    """nDCG@10 of distinct article ids, best first, with the grade itself as gain (trec_eval's)."""
    gains = [relevant.get(article, 0) for article in ranking]
    ideal = sorted(relevant.values(), reverse=True)
    return _discounted(gains) / _discounted(ideal)


def is_faithful(answer: Answer, briefs: Mapping[str, str]) -> bool:
    """Whether each citation, as it is exported, is the slice of its brief that it says it is,
    with its highlights inside."""
    for citation in answer_as_json(answer)["citations"]:
        start, end = citation["start"], citation["end"]
        if briefs.get(citation["article"]["article_id"], "")[start:end] != citation["text"]:
            return False
        if any(not start <= first < last <= end for first, last in citation["highlights"]):
            return False
    return True


def holds_answer(citation: Citation, asked: Answerable) -> bool:
    """Whether it is of an article that answers, and holds the answer."""
    is_relevant = asked.relevant.get(citation.article.article_id) == 2
    return is_relevant and any(words in citation.passage.text for words in asked.answers)


def _answerable_scores(asked: Answerable, answer: Answer) -> dict[str, float]:
    # An article stands where its best citation stands.
    ranking = list(dict.fromkeys(citation.article.article_id for citation in answer.citations))
    right = [holds_answer(citation, asked) for citation in answer.citations]
    return {
        "nDCG@10": ndcg(ranking, asked.relevant),
        "first citation answers": float(any(right[:1])),
        "one of three citations answers": float(any(right[:3])),
        "answer highlighted": float(_is_highlighted(asked, answer)),
        "answered as strong": float(answer.support == "strong"),
    }


def _is_highlighted(asked: Answerable, answer: Answer) -> bool:
    """Whether the first highlight of the first citation from an article that answers lies on a
    sentence that answers."""
    for citation in answer.citations:
        if words := asked.answering_words(citation.article):
            first = citation.highlights[:1]
            return any(highlight.overlaps(span) for highlight in first for span in words)
    return False


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:LIMIT], start=1))
