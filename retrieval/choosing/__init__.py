"""Which of the passages that were found are cited, and how well each supports an answer."""
