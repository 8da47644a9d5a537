"""A small sound file of each format, and the extractors without a process around them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.extraction import Extractor
from corpus.extraction.__main__ import _answer
from corpus.extraction.isolated import _read
from tests.corpus.pdfs import column, pdf

PROSE = (
    "The ferry at Osmer Point ran aground on Tuesday, “slowly”, said the harbour master.",
    "Nobody was hurt – 41 people and a goat were brought ashore by noon, and fed at the inn.",
    "The café stayed open. “We had soup,” Ada Penn said. “We always have soup.”",
)
TITLE = "Ferry aground at Osmer Point"
TEXT = "\n\n".join(PROSE)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, document: str = "") -> bytes:
    """A Word document with this body, or this whole main part."""
    return zipped(
        {
            "word/document.xml": document
            or f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": f"<p><title>{TITLE}</title><creator>Ada Penn</creator></p>",
        }
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def page(body: str, head: str = f"<title>{TITLE}</title>", errors: str = "strict") -> bytes:
    content = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return content.encode("utf-8", errors)


def rss(items: str, errors: str = "strict", before: str = "") -> bytes:
    channel = f"<channel><title>Osmer Post</title>{items}</channel>"
    content = f'<?xml version="1.0"?>{before}<rss version="2.0">{channel}</rss>'
    return content.encode("utf-8", errors)


PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
_LD = json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2018-04-10"})
_HEAD = (
    f'<meta charset="utf-8"><title>{TITLE} | Osmer Post</title>'
    '<meta property="og:site_name" content="Osmer Post"><meta name="author" content="Ada Penn">'
    f'<link rel="canonical" href="https://osmer.example/2018/04/10/ferry">'
    f'<script type="application/ld+json">{_LD}</script>'
)
_RECORD = {"id": "ferry", "title": TITLE, "author": "Ada Penn", "date": "10 April 2018",
           "url": "https://osmer.example/2018/04/10/ferry", "text": TEXT}  # fmt: skip
_OTHER = {"headline": "Goat", "content": PROSE[1], "metadata": {"publisher": "Osmer Post"}}
_LINES = f"{json.dumps(_RECORD)}\n{json.dumps(_OTHER, ensure_ascii=False)}\n".encode()
_ITEM = (
    f"<item><title>{TITLE}</title><guid>ferry</guid><link>https://osmer.example/ferry</link>"
    f"<pubDate>Tue, 10 Apr 2018 08:00:00 GMT</pubDate><description>&lt;p&gt;{PROSE[0]}&lt;/p&gt;"
    f"&lt;p&gt;{PROSE[1]}</description></item>"
)
_ENTRY = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Osmer '
    f"Post</title><entry><id>ferry</id><title>{TITLE}</title><published>2018-04-10</published>"
    f'<content type="html"><![CDATA[{PARAGRAPHS}]]></content></entry></feed>'
)
_FRONT = (
    f'---\ntitle: "{TITLE}"\nauthor: [Ada Penn, Bo Quay]\ndate: 2018-04-10\nkind: article\n---\n'
)
_TABLE = [("id", "title", "date", "text"), ("ferry", TITLE, "2018-04", TEXT.replace("\n", " "))]

SAMPLES: dict[str, bytes] = {
    ".txt": f"{TITLE}\n\nBy Ada Penn\n10 April 2018\n\n{TEXT}\n\nSource: Osmer Post".encode(),
    ".md": f"{_FRONT}# {TITLE}\n\n{TEXT}\n".encode(),
    ".html": page(f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>", _HEAD),
    ".pdf": pdf(column(*PROSE), column(PROSE[2]), info=f"/Title ({TITLE})"),
    ".docx": docx("".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in PROSE)),
    ".csv": "\n".join(",".join(f'"{cell}"' for cell in row) for row in _TABLE).encode(),
    ".tsv": "\n".join("\t".join(row) for row in _TABLE).encode(),
    ".json": json.dumps({"articles": [_RECORD, _OTHER]}).encode(),
    ".jsonl": _LINES,
    ".jsonl.gz": gzip.compress(_LINES, mtime=0),
    ".rss": rss(_ITEM * 2),
    ".atom": _ENTRY.encode(),
}


class Direct(Extractor):
    """Extracts as `corpus.extraction.Extractor` does, in this process and without its limits."""

    def extract(self, kind, data):
        answer = _answer(kind, data)
        if (reason := answer.get("unreadable")) is not None:
            raise UnreadableFile(reason)
        return [_read(item) for item in answer["held"]]


@st.composite
def damaged(draw: st.DrawFn, *sound: bytes) -> bytes:
    """One of these files with some bytes flipped, a piece taken out or its end lost."""
    data = bytearray(draw(st.sampled_from(sound)))
    for _ in range(draw(st.integers(0, 6))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    start = draw(st.integers(0, len(data)))
    del data[start : start + draw(st.integers(0, 40))]
    return bytes(data)
