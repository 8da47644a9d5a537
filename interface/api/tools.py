"""The tools that a language model may call: they quote, and write nothing of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from interface.api.answering import answer, check, mentions
from interface.api.requests import AskRequest, CheckRequest, FindRequest
from interface.live import LiveIndex

# What every tool says of itself, since a model may read one description only.
_LIMITS = (
    "It returns quotations with their sources as JSON and writes nothing itself. It shows where "
    "words come from, not whether they are true; a brief is this project's own text about an "
    "article that it names. Offsets count characters (code points) in the article's text."
)
INSTRUCTIONS = (
    "On the Record answers from one collection of articles, and only with passages quoted from "
    "them, each with its source. Quote them as they stand, with title, publisher and date; where "
    "support is “none”, the collection has no answer. It shows where words come from; it does not "
    "say whether they are true."
)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool: what it is called and says of itself, what may be asked, and what answers.

    asked: the model of what may be asked; nothing else is let through. answer: from a request of
    this model to a JSON object.
    """

    name: str
    title: str
    description: str
    asked: type[BaseModel]
    answer: Callable[[Any, LiveIndex], dict[str, Any]]

    def schema(self) -> dict[str, Any]:
        """Of the arguments, as JSON Schema."""
        return self.asked.model_json_schema(by_alias=True)

    def __call__(self, arguments: Mapping[str, Any], live: LiveIndex) -> dict[str, Any]:
        """The answer. Raises pydantic's ValidationError, and what `answer` does."""
        return self.answer(self.asked.model_validate(arguments), live)


TOOLS = (
    ToolCall(
        "ask",
        "Ask the articles",
        "Answers a question with passages quoted from the collection, character for character, "
        "each with its article, date, publisher and link. support says how likely they answer: "
        "strong, related (near the subject only), or none (nothing here answers, and citations "
        f"are empty). {_LIMITS}",
        AskRequest,
        answer,
    ),
    ToolCall(
        "find",
        "Find every mention",
        "Lists and counts every sentence that holds all of the terms, by article and date, one "
        "page at a time. It finds words, not meanings; headlines and captions are not counted. "
        f"{_LIMITS}",
        FindRequest,
        mentions,
    ),
    ToolCall(
        "check",
        "Check a quotation",
        "Says of each quotation in a text whether it stands in the collection: exactly, altered, "
        "or not found, with the source's own words beside it. That it is not found says nothing "
        f"of what is outside the collection. {_LIMITS}",
        CheckRequest,
        check,
    ),
)
