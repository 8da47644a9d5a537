"""What a check finds. Like an answer it has no prose: spans of the draft, spans of articles, and
which of a few fixed outcomes holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus import Article, Quotation, Span, Speaker
from retrieval.answers.answer import Elsewhere, Scope
from retrieval.checking.claims.facts import Fact
from retrieval.checking.words.differences import Cut, Difference

# exact: the words stand so, and are the named speaker's where the draft names one.
# other speaker: they stand so, and the article gives them to somebody else, or has them as its own.
# speaker not shown: they stand so in quotation marks, and the article does not show who speaks.
# our words: they stand so, but in the prose of a brief of this project, so nobody said them.
# shortened: they stand so in one speech, with words cut between them or a negation in front.
# joined: each piece stands so, in several places or speeches.
# altered: they stand so but for some differences. not found: nothing is near enough.
# not compared: only words too common to look for, or more than are compared.
Verdict = Literal[
    "exact",
    "other speaker",
    "speaker not shown",
    "our words",
    "shortened",
    "joined",
    "altered",
    "not found",
    "not compared",
]
# speaker: they stand in quotation marks. article, brief: they are its own prose.
WordsOf = Literal["speaker", "article", "brief"]


# Of the speaker that the draft names: the one that the article shows; not the one; the article
# shows none; the article has the words as its own; the draft names nobody.
Attribution = Literal["same", "other", "not shown", "own words", "not given"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where words stand in an article.

    span: from the first to the last of them. pieces: those that the draft has, in order.
    context: the sentences that they stand in.
    words_of: whose they are. quotation: the one that they stand in; of an article's own words,
        one that reports them without quotation marks, else None.
    """

    article: Article
    span: Span
    pieces: tuple[Span, ...]
    context: Span
    words_of: WordsOf
    quotation: Quotation | None

    def __post_init__(self) -> None:
        if not all(self.span.contains(piece) for piece in self.pieces):
            raise ValueError(f"a piece lies outside {self.span}")


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """One quotation of the draft.

    span: its words in the draft, without quotation marks. speaker: whom the draft names.
    attribution: whether the first of the places bears that out; "not given" without a place.
    places: where it stands: one, several for one that is joined, none for one that is not
        compared; of one that is not found, the nearest there is.
    differences: of one that is altered. cuts: what was left out between its pieces, or in front;
        both as far as they are in the article of the first place.
    elsewhere: other places where the same words stand, the earliest first.
    articles, texts: how many hold the words, and how many these are when near-copies count once;
        0 where it is altered or not found.
    """

    span: Span
    speaker: Speaker | None
    verdict: Verdict
    attribution: Attribution = "not given"
    places: tuple[Occurrence, ...] = ()
    differences: tuple[Difference, ...] = ()
    cuts: tuple[Cut, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    articles: int = 0
    texts: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """A passage near a claim.

    highlights: its sentences that are nearest, best first.
    found: for each fact of the claim, where it stands in the passage; none where it does not.
    """

    article: Article
    span: Span
    highlights: tuple[Span, ...]
    found: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A sentence of the draft in plain words. near: the nearest passages, best first."""

    span: Span
    facts: tuple[Fact, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """All that was checked in a draft, in its order.

    has_marks: whether it has quotation marks; without any, all of a text that was given is
        checked as one quotation and as a claim.
    """

    draft: str
    has_marks: bool
    quotations: tuple[CheckedQuotation, ...]
    claims: tuple[CheckedClaim, ...]
    scope: Scope
    generation: str
    built: str

    @property
    def is_exact(self) -> bool:
        """Whether every quotation is exact, with its speaker if one is given."""
        return all(quotation.verdict == "exact" for quotation in self.quotations)
