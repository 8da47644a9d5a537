"""What a program or the page may ask for: bounded, checked, and nothing else.

Keys that nobody knows are refused, so that a misspelt filter is never silently no filter.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from index import Filter, SearchIndex
from interface.filters import FilterEffect, filter_effects, read_filter
from retrieval import DEFAULT_LIMIT, LONGEST_QUESTION, MENTIONS_ON_A_PAGE

# Citations in an answer, and sentences on a page of mentions, at most.
MOST_CITATIONS = 50
MOST_MENTIONS = 500
# Articles on a page of the list: 500 are about 300 kB of JSON.
MOST_ARTICLES = 500
_ARTICLES_ON_A_PAGE = 100
# Characters of a text to check: some pages of a newspaper; more would keep others waiting.
LONGEST_DRAFT = 20_000
# Earlier questions that are looked at; see retrieval.questions.follow_up.
MOST_EARLIER = 10
# Far beyond what there is, and no number that a database cannot hold.
_LAST_PAGE = 1_000_000
# Characters of a name or a date in a filter.
_LONGEST_NAME = 200

Question = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]
_Name = Annotated[str, Field(max_length=_LONGEST_NAME)]


def _example(**body: Any) -> ConfigDict:
    """Beside what models inherit, a body for the description of the routes."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [body]})


class Filtered(BaseModel):
    """The filters that a request may have. `from` and `to` are `2018`, `2018-04` or `2018-04-10`,
    both included."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, strict=True)

    first: _Name | None = Field(
        None, alias="from", description="Articles from this date on: 2018, 2018-04 or 2018-04-10."
    )
    last: _Name | None = Field(
        None, alias="to", description="Articles up to this date, which is included."
    )
    publisher: _Name | None = Field(
        None, description="Articles of this publisher, or briefs about it."
    )
    speaker: _Name | None = Field(
        None, description="Passages in which somebody of this name speaks."
    )

    def chosen(self) -> Filter:
        """The filter; raises UnusableFilter. An empty string is no filter: that is what an empty
        field of a form sends."""
        return read_filter(*self._given())

    def effects(self, index: SearchIndex) -> tuple[FilterEffect, ...]:
        """What each filter cuts; raises UnusableFilter and UnknownSpeaker."""
        return filter_effects(*self._given(), index)

    def _given(self) -> tuple[str | None, str | None, str | None, str | None]:
        return (
            self.first or None,
            self.last or None,
            (self.publisher or "").strip() or None,
            (self.speaker or "").strip() or None,
        )


class AskRequest(Filtered):
    """A question."""

    model_config = _example(question="How many arrests came from hunter groups?", limit=3)

    question: Question = Field(description="What to ask, in a few words or a sentence.")
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MOST_CITATIONS, description="Citations at most.")
    order: Literal["relevance", "newest", "oldest"] = Field(
        "relevance", description="Of the citations: best first, or by the articles' dates."
    )
    after: list[Question] = Field(
        default_factory=list,
        max_length=MOST_EARLIER,
        description="Questions asked before this one, oldest first, for a follow-up to lean on.",
    )
    as_asked: bool = Field(
        default=False,
        description="Search for the question itself: nothing taken over, nothing left out.",
    )


class FindRequest(Filtered):
    """Words of which every mention is listed."""

    model_config = _example(terms='"hunter groups" arrests', order="oldest")

    terms: Question = Field(description='Words, and "phrases" in double quotation marks.')
    order: Literal["newest", "oldest"] = Field("newest", description="Of the articles, by date.")
    page: int = Field(1, ge=1, le=_LAST_PAGE, description="From 1.")
    on_a_page: int = Field(
        MENTIONS_ON_A_PAGE, ge=1, le=MOST_MENTIONS, description="Sentences on a page."
    )


class CheckRequest(BaseModel):
    """A quotation or a draft."""

    model_config = _example(text="“We cannot keep lorries on it,” said Mira Holt.")

    text: str = Field(
        min_length=1, max_length=LONGEST_DRAFT, description="A quotation, or a whole draft."
    )
    draft: bool = Field(
        default=False, description="A draft: words without quotation marks are no quotation."
    )


class ListRequest(BaseModel):
    """A page of the list of articles."""

    model_config = ConfigDict(extra="forbid")

    page: int = Field(1, ge=1, le=_LAST_PAGE, description="From 1.")
    on_a_page: int = Field(
        _ARTICLES_ON_A_PAGE, ge=1, le=MOST_ARTICLES, description="Articles on a page."
    )
