"""The quality gate: questions on the starter collection, measures of the answers, and floors.

`python -m tests.quality` prints the measures and what became of each question.
"""
