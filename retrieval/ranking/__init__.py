"""From a question to the passages that match it, best first."""
