"""Timings. Each module prints a table: `python -m tests.benchmarks.asking` and so on.

They need the evaluation data that ONRECORD_EVAL names, and no test asserts what they print:
machines differ, so figures that are compared are measured in one run.
"""
