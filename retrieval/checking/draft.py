"""What a draft quotes, and whom it names as the speaker; the rest of it are claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Article, Quotation, Span, Speaker, quotations_of, sentence_spans
from index import terms
from retrieval.errors import UnusableDraft

# A novel. What is longer is no draft.
LONGEST_DRAFT = 1_000_000
_OPENING, _CLOSING = "“«„‟", "”»"
_MARK = re.compile('["“”„‟«»]')
_SINGLE = re.compile(r"(['‘])(?P<words>.*\w.*)(['’])", re.DOTALL)
_AROUND = ' \t\n\u00a0"“”„‟«»,;:–—'
# A name set under or beside words without a verb: “…” — Ann Lee, harbour master; “…” (Ann Lee).
_NAME = r"(?P<name>[^\W\d_][\w.'’-]*(?:[ \u00a0][^\W\d_][\w.'’-]*){0,5})"
_SIGNED = (
    re.compile(rf"[”\"»’']?[.,]?\s*[—–―-]{{1,2}}[ \u00a0]*{_NAME}(?=,|\.?\s*(?:\n|$))"),
    re.compile(rf"[”\"»’']?[.,]?[ \u00a0]*\({_NAME}[,)]"),
)
_SAYS_MORE = re.compile(r"[,\d]")
# Fewer words of its own ("Ms Brook added that") are no claim beside a quotation.
_CLAIM_TERMS = 4


@dataclass(frozen=True, slots=True)
class Drafted:
    """A quotation of a draft. span: its words, without marks. speaker: None where none is named."""

    span: Span
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class Draft:
    """has_marks: whether what is quoted stands in quotation marks.
    quotations: in order, disjoint. claims: the sentences with words of their own, in order,
    each as the stretches of it that are outside quotations."""

    text: str
    has_marks: bool
    quotations: tuple[Drafted, ...]
    claims: tuple[tuple[Span, ...], ...]


def read_draft(text: str, *, is_whole: bool) -> Draft:
    """The quotations and claims of a draft.

    Everything in double quotation marks is a quotation, whether it is speech or not; so is what
    the rules for articles take for one. Its speaker is the one whom these tell, or whose name
    stands behind it without a verb. is_whole: a text without marks is a quotation as a whole too,
    as one that a shell took the marks from; so is one that stands in single marks from end to end.

    Raises UnusableDraft where there is no word, or more than a draft has.
    """
    if len(text) > LONGEST_DRAFT:
        raise UnusableDraft(
            f"The draft has {len(text):,} characters; at most {LONGEST_DRAFT:,} are read. "
            "Check it in parts."
        )
    if not any(character.isalnum() for character in text):
        raise UnusableDraft("There is no word to check. Give a quotation, a sentence or a draft.")
    article = Article("draft", text)
    spoken = [quotation for quotation in quotations_of(article) if quotation.quoted]
    quotations = _spoken(spoken)
    quotations += [
        Drafted(span, None)
        for span in _in_marks(text)
        if not any(span.overlaps(known.span) for known in quotations)
    ]
    if not quotations and (marked := _SINGLE.fullmatch(text.strip())) is not None:
        start = text.index(marked.group()) + marked.start("words")
        quotations = [Drafted(Span(start, start + len(marked["words"])), None)]
    quotations = [
        Drafted(each.span, _signed(text, each.span.end) or each.speaker) for each in quotations
    ]
    quotations.sort(key=lambda drafted: drafted.span)
    claims = tuple(_claims(text, quotations, spoken))
    has_marks = bool(quotations)
    if not has_marks and is_whole:
        end = len(text.rstrip())
        quotations = [Drafted(Span(len(text) - len(text.lstrip()), end), None)]
    return Draft(text, has_marks, tuple(quotations), claims)


def _spoken(spoken: Sequence[Quotation]) -> list[Drafted]:
    found: list[Drafted] = []
    for quotation in spoken:
        for words in quotation.quoted:
            if not any(words.overlaps(known.span) for known in found):
                found.append(Drafted(words, quotation.speaker))
    return found


def _signed(text: str, end: int) -> Speaker | None:
    """The speaker whose name stands behind the words that end at `end`, without a verb. A name
    begins with a capital, as does its last word: “…” — so the council hopes."""
    for pattern in _SIGNED:
        if (found := pattern.match(text, end)) is not None:
            words = found["name"].split()
            if words[0][0].isupper() and words[-1][0].isupper():
                return Speaker(found["name"])
    return None


def _in_marks(text: str) -> Iterator[Span]:
    """The words between double marks, paragraph by paragraph; behind one that is never closed,
    those to the end of its paragraph."""
    for paragraph in re.finditer(r"[^\n]+", text):
        opened: int | None = None
        inside = 0  # marks of quotations in the quotation that are open
        for mark in _MARK.finditer(text, *paragraph.span()):
            at = mark.start()
            if opened is None:
                # A closing mark alone ends what was opened in an earlier paragraph, or nothing.
                opened = None if mark.group() in _CLOSING else mark.end()
            elif mark.group() in _OPENING:
                inside += 1
            elif inside and mark.group() in _CLOSING:
                inside -= 1
            else:
                yield from _words_between(text, opened, at)
                opened, inside = None, 0
        if opened is not None:
            yield from _words_between(text, opened, paragraph.end())


def _words_between(text: str, start: int, end: int) -> Iterator[Span]:
    if any(character.isalnum() for character in text[start:end]):
        yield Span(start, end)


def _claims(
    text: str, quotations: Sequence[Drafted], spoken: Sequence[Quotation]
) -> Iterator[tuple[Span, ...]]:
    told = [drafted.span for drafted in quotations]
    told += [each.verb for each in spoken if each.verb is not None]
    # What stands between commas or with a figure says more of the speaker than who it is.
    told += [
        each.source
        for each in spoken
        if each.source is not None and not _SAYS_MORE.search(each.source.of(text))
    ]
    told.sort()
    for sentence in sentence_spans(text, 0, len(text)):
        own: list[Span] = []
        at = sentence.start
        for span in told:
            if not span.overlaps(sentence):
                continue
            own += _stretch(text, at, span.start)
            at = max(at, span.end)
        own += _stretch(text, at, sentence.end)
        held = sum(len(terms(stretch.of(text))) for stretch in own)
        if held >= _CLAIM_TERMS or (held and at == sentence.start):
            yield tuple(own)


def _stretch(text: str, start: int, end: int) -> Iterator[Span]:
    """The words between two places, without marks and commas around them."""
    words = text[start:end]
    first = len(words) - len(words.lstrip(_AROUND))
    last = len(words.rstrip(_AROUND))
    if first < last:
        yield Span(start + first, start + last)
