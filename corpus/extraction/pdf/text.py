"""From printed lines to running text: paragraphs, words broken at a line's end, page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise, takewhile

from corpus.article import PAGE_END
from corpus.extraction.pdf.lines import Line, Page

# Running heads, feet and page numbers: at the same height of so many pages, so near the edge and
# among so many outermost lines. Two pages are enough for a line that is a page number.
_REPEATED_ON = 3
_EDGE = 0.12
_OUTERMOST = 4
_SAME_HEIGHT = 3.0  # points: a head is set, not placed by hand
_PAGE_NUMBER = re.compile(r"(?:page|p\.|pg\.?)?\s*[-–—|\[(]?\s*\d{1,4}\s*[-–—|\])]?", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_MOST_FIGURES = 10

# Of the usual distance between two lines. Space between paragraphs is half a line or more.
_PARAGRAPH_GAP = 1.25
_USUAL_PITCH = 1.2  # ems, where too few lines show it
_OTHER_SIZE = 1.15  # between a heading and its text; lines of a paragraph differ by rounding
_INDENT = 0.8  # ems
# Blocks that a line may still belong to, for pages that are drawn line by line across columns.
_OPEN_BLOCKS = 4

_BULLET = re.compile(r"[•‣▪◦●○■□\u2043]|[*·–-]\s")
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-z]{1,4}[.)])\s")
_ENDED = re.compile(r"[.!?…:;][\"'’”»)\]]*\d{0,3}$")
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT_HYPHEN)
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010\u00ad]$")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def running_text(pages: Sequence[Page]) -> str:
    """The text of all pages, each with a form feed behind it.

    Lines of a paragraph are joined by a space, paragraphs are separated by an empty line. Where a
    sentence clearly runs over the end of a page, the form feed alone stands behind a space.
    """
    bare = _without_furniture(pages)
    pitch = _usual_pitch(bare)
    known = _words(bare)
    by_page = [
        [_joined(paragraph, known) for paragraph in _paragraphs(page, pitch)] for page in bare
    ]
    text: list[str] = []
    for position, paragraphs in enumerate(by_page):
        following = by_page[position + 1] if position + 1 < len(by_page) else []
        if paragraphs and following and _runs_on(paragraphs[-1], following[0]):
            paragraphs[-1], following[0] = _over_the_page(paragraphs[-1], following[0], known)
            text += ["\n\n".join(paragraphs), f" {PAGE_END}"]
        else:
            text += ["\n\n".join(paragraphs), f"\n{PAGE_END}\n"]
    return "".join(text)


def _without_furniture(pages: Sequence[Page]) -> list[tuple[Line, ...]]:
    """The lines of each page but for running heads and feet and page numbers.

    A line is one where the same words stand at the same height near the edge of other pages too,
    figures aside: those are the same everywhere or count the pages.
    """
    places: dict[str, list[tuple[int, float, Line]]] = {}
    for number, page in enumerate(pages):
        for line in chain(*_edges(page)):
            places.setdefault(_FIGURES.sub("#", line.text), []).append(
                (number, line.baseline, line)
            )
    furniture: set[tuple[int, Line]] = set()
    for repeated in places.values():
        repeated.sort(key=lambda place: (place[1], place[0]))
        level: list[tuple[int, float, Line]] = []
        for place in repeated:
            if level and place[1] - level[0][1] > _SAME_HEIGHT:
                furniture |= _repeated(level)
                level = []
            level.append(place)
        furniture |= _repeated(level)
    bare = []
    for number, page in enumerate(pages):
        # Nothing but furniture stands further out than furniture: a line of prose that happens to
        # be repeated has other prose above it and below.
        outer = {
            line
            for edge in _edges(page)
            for line in takewhile(lambda line: (number, line) in furniture, edge)  # noqa: B023
        }
        bare.append(tuple(line for line in page.lines if line not in outer))
    return bare


def _edges(page: Page) -> tuple[list[Line], list[Line]]:
    """The lines near the foot and near the head, the outermost first."""
    upright = sorted((line for line in page.lines if not line.turned), key=lambda at: at.baseline)
    depth = _EDGE * page.height
    return (
        [line for line in upright[:_OUTERMOST] if line.baseline < depth],
        [line for line in upright[::-1][:_OUTERMOST] if line.baseline > page.height - depth],
    )


def _repeated(level: Sequence[tuple[int, float, Line]]) -> set[tuple[int, Line]]:
    """Those of the lines at one height that are furniture."""
    counting: dict[tuple[object, ...], set[tuple[int, Line]]] = {}
    for number, _, line in level:
        figures = [int(figure[:9]) for figure in _FIGURES.findall(line.text)]
        # One of the figures may count the pages; the others are the same everywhere.
        for at in range(-1, min(len(figures), _MOST_FIGURES)):
            constant = [*figures[: max(at, 0)], *figures[at + 1 :]] if at >= 0 else figures
            offset = figures[at] - number if at >= 0 else None
            counting.setdefault((at, offset, *constant), set()).add((number, line))
    return {
        place
        for (at, *_), places in counting.items()
        for place in places
        if len({number for number, _ in places})
        >= (2 if at == 0 and _PAGE_NUMBER.fullmatch(place[1].text) else _REPEATED_ON)
    }


def _usual_pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The distance between two lines, in ems, that most of the text has."""
    seen: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page):
            if _beneath(above, below, limit=3):
                ratio = (above.baseline - below.baseline) / below.size
                seen[round(ratio, 1)] += min(len(above.text), len(below.text))
    return max(seen, key=lambda ratio: (seen[ratio], -ratio)) if seen else _USUAL_PITCH


def _beneath(above: Line, below: Line, limit: float) -> bool:
    """Whether a line stands under another, at most `limit` ems below it and as large."""
    distance = (above.baseline - below.baseline) / below.size
    sizes = sorted((above.size, below.size))
    return (
        above.turned == below.turned
        and 0.3 < distance <= limit
        and min(above.right, below.right) > max(above.left, below.left)
        and sizes[1] <= _OTHER_SIZE * sizes[0]
    )


def _paragraphs(lines: Sequence[Line], pitch: float) -> list[list[Line]]:
    paragraphs: list[list[Line]] = []
    for block in _blocks(lines, pitch):
        right = max(line.right for line in block)
        left = min(line.left for line in block)
        paragraph = [block[0]]
        for above, below in pairwise(block):
            if _starts_anew(above, below, left, right):
                paragraphs.append(paragraph)
                paragraph = []
            paragraph.append(below)
        paragraphs.append(paragraph)
    flowing: list[list[Line]] = []
    for paragraph in paragraphs:
        last, first = flowing[-1][-1] if flowing else None, paragraph[0]
        # From the foot of a column to the head of the next.
        if last and first.baseline > last.baseline and _runs_on(last.text, first.text):
            flowing[-1] = [*flowing[-1], *paragraph]
        else:
            flowing.append(paragraph)
    return flowing


def _blocks(lines: Sequence[Line], pitch: float) -> list[list[Line]]:
    """Lines that stand close under each other, in the order in which blocks begin."""
    blocks: list[list[Line]] = []
    for line in lines:
        for block in reversed(blocks[-_OPEN_BLOCKS:]):
            if _beneath(block[-1], line, pitch * _PARAGRAPH_GAP):
                block.append(line)
                break
        else:
            blocks.append([line])
    return blocks


def _starts_anew(above: Line, below: Line, left: float, right: float) -> bool:
    """Whether a line of a block begins a paragraph."""
    if _BULLET.match(below.text):
        return True
    if _hyphenated(above.text):
        return False
    ended = _ENDED.search(above.text) is not None
    if below.text[:1].islower() and not ended:
        return False
    if ended and _NUMBERED.match(below.text):
        return True
    word = below.text.split(maxsplit=1)[0]
    share = len(word) / max(1, len(below.text))
    # The line above was left although the next word had room in it.
    forced = above.right + share * (below.right - below.left) + 0.5 * below.size < right
    indented = below.left - left > _INDENT * below.size and above.left - left < below.left - left
    return forced or (indented and below.left - above.left > _INDENT * below.size)


def _runs_on(before: str, after: str) -> bool:
    """Whether the words before a break clearly go on after it."""
    return after[:1].islower() and _ENDED.search(before) is None


def _words(pages: Sequence[Sequence[Line]]) -> Counter[str]:
    """The words of the document that no line's end breaks, in lower case."""
    return Counter(
        word.casefold().replace("\u2010", "-")
        for page in pages
        for line in page
        for word in _WORD.findall(_BROKEN.sub("", line.text))
    )


def _joined(paragraph: Sequence[Line], known: Counter[str]) -> str:
    parts = [paragraph[0].text]
    for line in paragraph[1:]:
        parts[-1:] = [*_mended(parts[-1], line.text, known), line.text]
    return "".join(parts)


def _mended(before: str, after: str, known: Counter[str]) -> tuple[str, str]:
    """What a line becomes in front of the next, and what stands between them.

    A word that a hyphen breaks at the end is put together only where the document has it in one
    piece elsewhere, and oftener than with the hyphen; else the hyphen stays.
    """
    if not _hyphenated(before):
        return before, " "
    broken, begun = _BROKEN.search(before), _LETTERS.match(after)
    if broken and begun and begun[0].islower():
        first, second = broken[1].casefold(), begun[0].casefold()
        whole = known[first + second] > known[f"{first}-{second}"]
        if whole or before.endswith(_SOFT_HYPHEN):
            return before[:-1], ""
    # "1990-" and "95" belong together as well.
    return before, "" if after[:1].isalnum() else " "


def _hyphenated(line: str) -> bool:
    """Whether a line ends in a hyphen that is no dash between spaces."""
    return line[-1:] in _HYPHENS and line[-2:-1].isalnum()


def _over_the_page(before: str, after: str, known: Counter[str]) -> tuple[str, str]:
    """The ends of two pages. A word that is broken between them stands on the first."""
    word, _, rest = after.partition(" ")
    if not _hyphenated(before) or not rest:
        return before, after
    return "".join([*_mended(before, word, known), word]), rest
