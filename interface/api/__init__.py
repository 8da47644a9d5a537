"""For programs: questions, mentions, checks and articles as JSON over HTTP."""
