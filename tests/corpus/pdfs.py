"""PDF files made by hand: pages of lines in Courier, where every letter is 0.6 ems wide."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEIGHT = 792
SIZE = 10.0
LEADING = 12.0
LEFT = 72.0
TOP = 700.0


@dataclass(frozen=True)
class Words:
    """Words on one line, in points from the left and the foot of the page."""

    text: str
    x: float = LEFT
    y: float = TOP
    size: float = SIZE


def column(
    *paragraphs: str,
    width: int = 60,
    x: float = LEFT,
    top: float = TOP,
    indent: bool = False,
    size: float = SIZE,
    leading: float = LEADING,
) -> list[Words]:
    """Paragraphs wrapped to `width` letters. indent: they follow each other without a gap, with
    their first lines moved in; else half a line stands between them. A vertical bar ends a line."""
    lines, y = [], top
    for paragraph in paragraphs:
        first = True
        for part in paragraph.split("|"):
            for line in textwrap.wrap(part, width, break_on_hyphens=False) or [""]:
                lines.append(Words(line, x + (15 if indent and first else 0), y, size))
                y -= leading
                first = False
        y -= 0 if indent else leading / 2
    return lines


def drawn(words: Iterable[Words]) -> bytes:
    """The content of a page that draws words in this order."""
    return b"\n".join(
        b"BT /F1 %.1f Tf 1 0 0 1 %.2f %.2f Tm (%s) Tj ET"
        % (one.size, one.x, one.y, _escaped(one.text))
        for one in words
    )


def _escaped(text: str) -> bytes:
    data = text.replace("ﬁ", "\x01").replace("\u00ad", "\x02").encode("cp1252")
    return data.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def pdf(*pages: Sequence[Words] | bytes, info: str = "", font: str = "", extra: str = "") -> bytes:
    """A PDF of pages, each words or its content as bytes. font: the entries of its font, for
    another than Courier. extra: entries of the trailer."""
    font = font or (
        "/Subtype /Type1 /BaseFont /Courier /Encoding << /Type /Encoding "
        "/BaseEncoding /WinAnsiEncoding /Differences [1 /fi /uni00AD] >>"
    )
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] /MediaBox [0 0 612 {HEIGHT}] "
        "/Resources << /Font << /F1 3 0 R >> >> >>".encode(),
        f"<< /Type /Font {font} >>".encode(),
    ]
    for number, page in enumerate(pages):
        content = zlib.compress(page if isinstance(page, bytes) else drawn(page))
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
            % (len(content), content)
        )
    if info:
        objects.append(f"<< {info} >>".encode("latin-1"))
        extra += f" /Info {len(objects)} 0 R"
    return written(objects, extra)


def written(objects: Sequence[bytes], extra: str = "") -> bytes:
    """A file of numbered objects with its table of places and trailer."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R%s >>\n" % (
        size, table, size, f" {extra}".encode("latin-1"),
    ) + b"startxref\n%d\n%%%%EOF\n" % len(data)  # fmt: skip
