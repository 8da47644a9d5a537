"""How well the ranking finds what people have judged relevant, on data that others have made."""

from retrieval.evaluation.evaluate import Evaluation, evaluate
from retrieval.evaluation.judged import JudgedCollection, read_beir

__all__ = ["Evaluation", "JudgedCollection", "evaluate", "read_beir"]
