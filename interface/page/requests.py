"""What only the page asks for; the rest is in `interface.api.requests`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from interface.api.requests import AskRequest, Filtered, Question

# Questions of one conversation, as conversation.js keeps them.
MOST_TURNS = 50


class VoicesRequest(Filtered):
    """A subject on which people speak."""

    subject: Question


class ExportRequest(BaseModel):
    """Questions whose answers are taken away. page: the address that the page has."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["markdown", "json", "csv", "print"]
    asked: Annotated[list[AskRequest], Field(min_length=1, max_length=MOST_TURNS)]
    page: Annotated[str, Field(max_length=500)] | None = None
