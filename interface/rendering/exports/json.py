"""A conversation as JSON, which `onrecord verify` reads."""

from __future__ import annotations

import json
from collections.abc import Sequence

from interface.rendering.exports.exchange import Exchange
from retrieval import answer_as_json

_FORMAT = 1


def conversation_json(exchanges: Sequence[Exchange]) -> str:
    """Of one exchange the answer, as docs/answer.md has it; of several `format` and `answers`."""
    answers = [answer_as_json(exchange.answer) for exchange in exchanges]
    written = answers[0] if len(answers) == 1 else {"format": _FORMAT, "answers": answers}
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"
