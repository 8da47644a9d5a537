"""PDF: the text layer, page by page."""

from __future__ import annotations

from corpus.errors import UnreadableFile
from corpus.extraction.extracted import Extracted
from corpus.extraction.properties import stated
from corpus.text import LARGEST_TEXT_BYTES, checked

# A PDF may have something in front of its head, and most that are cut off lack their last line.
_HEAD_WITHIN = 1024
_TAIL_WITHIN = 2048
# The share of glyphs without a meaning above which a text is soup. Chosen, not measured: an odd
# sign now and then leaves a text readable, and a font without meanings loses all of its glyphs.
_MOST_LOST = 0.1


def extract_pdf(data: bytes) -> Extracted:
    """The text of a PDF, its pages ended by form feeds, without running heads and page numbers.

    A glyph that stands for no character is U+FFFD. Raises UnreadableFile with the reason for
    what is no PDF, is damaged or cut off, needs a password, has no text or none that can be read.
    """
    if b"%PDF-" not in data[:_HEAD_WITHIN]:
        raise UnreadableFile("is not a PDF, whatever its name says")
    if b"%%EOF" not in data[-_TAIL_WITHIN:]:
        raise UnreadableFile("is a PDF that was cut off; get the file again")
    from corpus.extraction.pdf.lines import read_lines
    from corpus.extraction.pdf.text import running_text

    found = read_lines(data)
    letters = "".join(line.text for page in found.pages for line in page.lines)
    if letters.count("\ufffd") > _MOST_LOST * len(letters):
        raise UnreadableFile(
            "is a PDF whose fonts do not tell which letters they print; run it through OCR and "
            "add it again"
        )
    text = running_text(found.pages)
    if not text.strip():
        raise UnreadableFile(
            "is a scanned PDF without a text layer; run it through OCR and add it again"
        )
    if len(text.encode()) > LARGEST_TEXT_BYTES:
        raise UnreadableFile(f"has more than {LARGEST_TEXT_BYTES / 1e6:.0f} MB of text; split it")
    return Extracted(checked(text), stated(found.title, found.author, "PDF document information"))
