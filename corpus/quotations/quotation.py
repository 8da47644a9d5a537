"""Somebody's words in an article, and who the article says has said them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.span import Span

QuotationKind = Literal["direct", "mixed", "indirect"]


@dataclass(frozen=True, slots=True, order=True)
class Speaker:
    """Somebody who speaks in an article, in the article's own words.

    Equal speakers of one article are one person or body; of two articles, need not be.
    name: the fullest form that the article has, without a title before it ("Paddy Tipping"); None
        where it gives none ("a spokesperson").
    role: "Police and Crime Commissioner". organisation: that they speak for, or that speaks itself
        ("Gwent Police"); then there is neither name nor role.
    """

    name: str | None = None
    role: str | None = None
    organisation: str | None = None

    def __post_init__(self) -> None:
        if not (self.name or self.role or self.organisation):
            raise ValueError("a speaker needs a name, a role or an organisation")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Reported speech, direct or not. All spans are of the article's text.

    span: the words reported, with their quotation marks where they stand in such. A speech over
        several paragraphs is one quotation.
    kind: direct where all of them stand in quotation marks, indirect where none does, else mixed.
    quoted: those that stand in quotation marks, without the marks, in order; of a direct speech
        over several paragraphs, a span for each.
    speaker: None where it is not certain who speaks ("unresolved").
    source: the words that name the speaker here ("he", "Mr Tipping"); of words that continue an
        earlier quotation, those that named its speaker; None where nothing does.
    verb: the reporting verb beside it. attribution: the clause that shows who speaks, from the
        first of source and verb to the last.
    outlets: who is said to have been told, in order ("BBC Wales").
    nested: whether somebody quotes these words inside a quotation.
    """

    span: Span
    kind: QuotationKind
    quoted: tuple[Span, ...]
    speaker: Speaker | None
    source: Span | None
    verb: Span | None
    attribution: Span | None
    outlets: tuple[Span, ...] = ()
    nested: bool = False

    def __post_init__(self) -> None:
        if (self.kind == "indirect") != (not self.quoted):
            raise ValueError(f"{self.kind} quotation with {len(self.quoted)} quoted spans")
        if not all(self.span.contains(words) for words in self.quoted):
            raise ValueError(f"quoted words outside their quotation {self.span}")
        if self.speaker is not None and self.attribution is None:
            raise ValueError(f"nothing shows who speaks at {self.span}")
