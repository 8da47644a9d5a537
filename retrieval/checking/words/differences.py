"""What differs between a quotation and the words that it was aligned with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus import Span
from retrieval.checking.words.alignment import Alignment
from retrieval.checking.words.folding import Folded

# What turns a sentence round. Not "few" or "hardly", which only weaken.
_NEGATIONS = frozenset(
    "no not never none nobody nothing nowhere neither nor without cannot".split()
)
_NUMBER_WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion trillion dozen half third quarter twice first second
    fourth fifth""".split()
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quotation that stand otherwise in the source: replaced, added (source is
    None), or left out (drafted is None).

    drafted: in the draft. drafted_at: where it begins, or where words were left out.
    source: in the article's text. source_at: where it begins, or where words were added.
    numbers: whether a figure or a number word is among them on one side only.
    negation: whether a negation is.
    """

    drafted: Span | None
    drafted_at: int
    source: Span | None
    source_at: int
    numbers: bool
    negation: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of the source between two that the quotation has side by side.

    shown: whether the quotation says so, by an ellipsis. negations: those that are cut.
    """

    span: Span
    shown: bool
    negations: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """pieces: the stretches of the source that the quotation has, without what is cut; in order.
    differences, cuts: in order.
    """

    pieces: tuple[Span, ...]
    differences: tuple[Difference, ...]
    cuts: tuple[Cut, ...]


def compared(
    quoted: Folded,
    source: Folded,
    alignment: Alignment,
    cuts: Collection[int],
    first: int,
    last: int,
) -> Compared:
    """The differences and cuts of an alignment. cuts: as `align` was given them.

    first, last: the words of the source from `first` up to, not including, `last` are compared:
    those of the alignment, or more.
    """
    partners = dict(alignment.pairs)
    differences: list[Difference] = []
    found_cuts: list[Cut] = []
    pieces: list[Span] = []
    began = at = first  # the next word of the source
    run: list[int] = []  # quoted words since the last that is equal
    run_at = at

    def close() -> None:
        if run or run_at < at:
            differences.append(_difference(quoted, source, run, resumed, range(run_at, at)))
        run.clear()

    for number in range(len(quoted)):
        resumed = number
        place = partners.get(number)
        if place is not None and place > at and number in cuts:
            close()
            found_cuts += [cut] if (cut := cut_of(source.part(at, place), shown=True)) else []
            pieces.append(source.span(began, at))
            began = at = run_at = place
        if place is not None and source.words[place] == quoted.words[number]:
            at = place
            close()
            at = run_at = place + 1
            continue
        run.append(number)
        if place is not None:
            at = place + 1
    resumed, at = len(quoted), last
    close()
    pieces.append(source.span(began, at))
    return Compared(tuple(pieces), tuple(differences), tuple(found_cuts))


def cut_of(words: Folded, *, shown: bool) -> Cut | None:
    """These words as a cut; None where there is none, as between two full stops."""
    if not len(words):
        return None
    negations = (
        span for word, span in zip(words.words, words.spans, strict=True) if is_negation(word)
    )
    return Cut(words.span(0, len(words)), shown, tuple(negations))


def is_negation(word: str) -> bool:
    """Whether a folded word denies: not, never, don't …"""
    lower = word.casefold()
    return lower in _NEGATIONS or lower.endswith("n't")


def is_number(word: str) -> bool:
    """Whether a folded word is a figure or a number word."""
    return any(letter.isdigit() for letter in word) or word.casefold() in _NUMBER_WORDS


def _difference(
    quoted: Folded, source: Folded, run: Sequence[int], resumed: int, other: range
) -> Difference:
    """run: numbers of the quoted words. resumed: that of the word behind them. other: those of
    the source's."""
    ours = [quoted.words[number] for number in run]
    theirs = [source.words[number] for number in other]
    if ours:
        drafted: Span | None = quoted.span(run[0], run[-1] + 1)
        drafted_at = quoted.spans[run[0]].start
    else:
        is_end = resumed == len(quoted)
        drafted, drafted_at = None, quoted.spans[-1].end if is_end else quoted.spans[resumed].start
    found = source.span(other.start, other.stop) if other else None
    source_at = (
        source.spans[other.start].start
        if other.start < len(source)
        else source.spans[other.start - 1].end
    )
    return Difference(
        drafted,
        drafted_at,
        found,
        source_at,
        numbers=set(_chosen(ours, is_number)) != set(_chosen(theirs, is_number)),
        negation=len(list(_chosen(ours, is_negation))) != len(list(_chosen(theirs, is_negation))),
    )


def _chosen(words: Sequence[str], wanted: Callable[[str], bool]) -> Iterator[str]:
    return (word.casefold() for word in words if wanted(word))
