"""From ranked passages to an answer made of citations, its JSON, and whether it still holds."""
