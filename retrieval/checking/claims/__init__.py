"""Sentences in plain words: their numbers, dates and names, and the passages nearest to them."""
