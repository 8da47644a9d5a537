"""The lines of a PDF's pages, as they are printed: words with their place and size.

pdfminer.six reads the file and places every glyph; this module puts glyphs together in the order
in which the file draws them. That is the reading order in what word processors and layout
programs write, columns included, where pdfminer's own layout analysis guesses from distances: it
tore justified lines in two and moved the pieces. Of 30 paragraphs that Chromium printed justified,
in two columns and in one, 29 come out whole this way and 16 that way, in the same time.
"""

from __future__ import annotations

import io
import logging
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from corpus.errors import UnreadableFile
from corpus.text import LARGEST_TEXT_BYTES

# A bound, not a measurement: at 20 to 130 ms a page, some minutes of work.
MOST_PAGES = 5000
# Forms that draw forms can multiply a small file: 2 kB drew a million, and this many take 4 s.
_MOST_FORMS = 100_000

# In ems. Letters of a word stand closer than the first, words than the second: a space is usually
# about 0.25 wide and is squeezed and stretched around that, the gap between two columns is wider
# than a letter is high.
_SPACE = 0.15
_WIDE = 1.0
# Bold that is faked by printing twice is shifted by less, the narrowest letters are wider.
_OVERPRINT = 0.1
# A gap that parts prose from prose in so many lines of a page lies between two columns.
_COLUMN_LINES = 3
_COLUMN_WORDS = 3
_WIDEST_GUTTER = 200

_BULLETS = dict.fromkeys([0xF0B7, 0xF0A7, 0xF076, 0xF0D8, 0xF0FC], "•")
_LIGATURES = dict(
    zip(range(0xFB00, 0xFB07), ["ff", "fi", "fl", "ffi", "ffl", "st", "st"], strict=True)
)
_LOST = "\ufffd"
# The PDF standard prints a hyphen there, and pdfminer reads a space.
_WIN_ANSI_HYPHEN = 0xAD


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, in points. Along the direction of writing they go from left to right
    and lie at `baseline` above the page's foot, whatever way the page is turned.

    size: of the letters. turned: degrees between the writing and the horizontal.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    turned: int


@dataclass(frozen=True, slots=True)
class Page:
    """lines: in the order in which they are drawn. height: in points."""

    lines: tuple[Line, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of a file, and the title and author of its document information."""

    pages: tuple[Page, ...]
    title: str
    author: str


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    turned: int


class _Glyphs(PDFLayoutAnalyzer):
    """Collects the glyphs of a page and nothing else that is drawn."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.glyphs: list[_Glyph] = []
        self.height = 0.0
        self._forms = 0
        self._characters = 0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self.glyphs, self.height = [], self.cur_item.height

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._forms += 1
        if self._forms > _MOST_FORMS:
            raise UnreadableFile(f"draws more than {_MOST_FORMS:,} forms, which no article does")

    def end_figure(self, _: str) -> None:
        pass

    def render_image(self, name: str, stream: object) -> None:
        self._forms -= 1  # begin_figure was called, but an image draws nothing else

    def paint_path(self, *_: object) -> None:
        pass

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: object,
        graphicstate: object,
    ) -> float:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = _LOST
        if text == " " and cid == _WIN_ANSI_HYPHEN and not font.is_multibyte():
            text = "-"
        advance: float = font.char_width(cid) * fontsize * scaling
        a, b, c, d, x, y = matrix
        along, size = math.hypot(a, b), math.hypot(c, d) * abs(fontsize)
        if not along or not size:
            return advance
        rightward, upward = a / along, b / along
        left, baseline = x * rightward + y * upward, y * rightward - x * upward
        right = left + abs(advance) * along
        if not all(map(math.isfinite, (left, right, baseline, size))):
            return advance
        self._characters += len(text)
        if self._characters > LARGEST_TEXT_BYTES:
            raise UnreadableFile(
                f"has more than {LARGEST_TEXT_BYTES // 1024**2} million characters; split it"
            )
        self.glyphs.append(
            _Glyph(
                text=_plain(text),
                left=left,
                right=right,
                baseline=baseline,
                size=size,
                turned=round(math.degrees(math.atan2(b, a))),
            )
        )
        return advance


def read_lines(data: bytes) -> Pages:
    """The pages of a PDF.

    Raises UnreadableFile for a file that needs a password, is too long or damaged.
    """
    # pdfminer reports every oddity of a file there, and without a handler that is stderr.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[Page] = []
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        for page in _pages(document):
            pages.append(page)  # noqa: PERF402 - how many there were is told when one fails
        title, author = (_information(document, name) for name in ("Title", "Author"))
    except (UnreadableFile, MemoryError):
        raise
    except PDFPasswordIncorrect as error:
        raise UnreadableFile(
            "is protected by a password; save it without one and add it again"
        ) from error
    except PDFEncryptionError as error:
        raise UnreadableFile(
            "is encrypted in a way that cannot be read; save it without protection"
        ) from error
    except Exception as error:  # pdfminer fails in any way on a damaged file
        where = f" behind page {len(pages)}" if pages else ""
        raise UnreadableFile(
            f"is a damaged PDF that cannot be read{where}; get the file again"
        ) from error
    if not pages:
        raise UnreadableFile("is a damaged PDF without a page; get the file again")
    return Pages(tuple(pages), title, author)


def _pages(document: PDFDocument) -> Iterator[Page]:
    resources = PDFResourceManager()
    device = _Glyphs(resources)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number == MOST_PAGES:
            raise UnreadableFile(f"has more than {MOST_PAGES:,} pages; split it")
        interpreter.process_page(page)
        yield Page(tuple(_lines(device.glyphs)), device.height)


def _information(document: PDFDocument, name: str) -> str:
    for entries in document.info:
        value = resolve1(entries.get(name))
        if isinstance(value, bytes):
            return decode_text(value)
    return ""


def _plain(text: str) -> str:
    """What a glyph stands for: ligatures as their letters, Symbol's bullets as bullets, white
    space as a space; what is no character for anybody is U+FFFD."""
    return "".join(
        " "
        if character.isspace()
        else _BULLETS.get(code)
        or _LIGATURES.get(code)
        or (_LOST if _says_nothing(code) else character)
        for character in text
        for code in (ord(character),)
    )


def _says_nothing(code: int) -> bool:
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xF900  # surrogates and private use
        or code >= 0xF0000
    )


def _lines(glyphs: Sequence[_Glyph]) -> list[Line]:
    """Glyphs as lines. Pieces that a wide gap parts are one line, as a label and its text or the
    cells of a row are, unless the gap lies between two columns."""
    pieces = list(_pieces(glyphs))
    gutters = _gutters(pieces)
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last is not None and (gap := _gap(last, piece)) and not _crosses(gap, gutters):
            lines[-1] = replace(
                last,
                text=f"{last.text} {piece.text}",
                right=piece.right,
                size=max(last.size, piece.size),
            )
        else:
            lines.append(piece)
    return lines


def _pieces(glyphs: Sequence[_Glyph]) -> Iterator[Line]:
    """Runs of glyphs on one baseline without a wide gap."""
    drawn: dict[str, Line] = {}
    for run in _runs(glyphs):
        largest = max(run, key=lambda glyph: glyph.size)
        inked = [glyph for glyph in run if not glyph.text.isspace()]
        piece = Line(
            text=" ".join(_spelt(run).split()),
            left=inked[0].left,
            right=inked[-1].right,
            baseline=largest.baseline,
            size=largest.size,
            turned=largest.turned,
        )
        twin = drawn.get(piece.text)
        if twin is None or not _same_place(twin, piece):
            drawn[piece.text] = piece
            yield piece


def _runs(glyphs: Sequence[_Glyph]) -> Iterator[list[_Glyph]]:
    run: list[_Glyph] = []
    largest: _Glyph | None = None
    for glyph in glyphs:
        blank = not glyph.text.strip()
        if run and _same_place(run[-1], glyph):
            continue
        if largest is not None and _follows(run[-1], largest, glyph):
            run.append(glyph)
            largest = max(largest, glyph, key=lambda one: one.size)
        elif not blank:
            if run:
                yield run
            run, largest = [glyph], glyph
    if run:
        yield run


def _follows(last: _Glyph, largest: _Glyph, glyph: _Glyph) -> bool:
    # A raised figure belongs to its line, and a line starts half an em or more below another.
    size = max(largest.size, glyph.size)
    return (
        glyph.turned == largest.turned
        and abs(glyph.baseline - largest.baseline) < 0.5 * size
        and -0.5 * size < glyph.left - last.right < _WIDE * size
    )


def _spelt(run: Sequence[_Glyph]) -> str:
    parts = [run[0].text]
    for last, glyph in pairwise(run):
        if glyph.left - last.right > _SPACE * max(last.size, glyph.size):
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts)


def _same_place(first: _Glyph | Line, second: _Glyph | Line) -> bool:
    near = _OVERPRINT * second.size
    return (
        first.text == second.text
        and first.turned == second.turned
        and abs(first.left - second.left) < near
        and abs(first.baseline - second.baseline) < near
    )


def _gap(left: Line, right: Line) -> tuple[float, float] | None:
    """From where to where the gap between two pieces of one baseline goes."""
    level = abs(left.baseline - right.baseline) < 0.3 * max(left.size, right.size)
    beside = left.turned == right.turned and right.left > left.right
    return (left.right, right.left) if level and beside else None


def _gutters(pieces: Sequence[Line]) -> set[int]:
    """The whole points across the page at which prose is parted from prose in several lines."""
    parted: Counter[int] = Counter()
    for left, right in pairwise(pieces):
        prose = min(len(left.text.split()), len(right.text.split())) >= _COLUMN_WORDS
        if prose and (gap := _gap(left, right)):
            parted.update(_points(gap))
    return {point for point, lines in parted.items() if lines >= _COLUMN_LINES}


def _crosses(gap: tuple[float, float], gutters: set[int]) -> bool:
    return any(point in gutters for point in _points(gap))


def _points(gap: tuple[float, float]) -> range:
    start, end = gap
    return range(int(start), int(min(end, start + _WIDEST_GUTTER)) + 1)
