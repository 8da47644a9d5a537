"""Questions as they are asked: their words, phrases, and what they take over from earlier ones."""
